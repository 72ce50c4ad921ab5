"""Face: the names addons import from ``odoo.modules.registry``."""

from odoo.orm.names import SUPERUSER_ID
from odoo.orm.registry import Registry
from odoo.orm.triggers import TriggerTree

from .locks import DummyRLock

__all__ = ["SUPERUSER_ID", "DummyRLock", "Registry", "TriggerTree"]
