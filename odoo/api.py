"""Names for addons: method decorators, :class:`Environment` and the RPC door."""

from typing import Self

from odoo.orm.cache import NOTHING, Cache
from odoo.orm.decorators import (
    autovacuum,
    constrains,
    depends,
    depends_context,
    downgrade,
    model,
    model_create_multi,
    model_create_single,
    onchange,
    ondelete,
    private,
    readonly,
    returns,
)
from odoo.orm.environment import Environment, Transaction
from odoo.orm.identifiers import NewId
from odoo.orm.model_class import MetaModel as Meta
from odoo.orm.names import SUPERUSER_ID
from odoo.orm.rpc import Params, call_kw, get_public_method, is_readonly

__all__ = [
    "NOTHING",
    "SUPERUSER_ID",
    "Cache",
    "Environment",
    "Meta",
    "NewId",
    "Params",
    "Self",
    "Transaction",
    "autovacuum",
    "call_kw",
    "constrains",
    "depends",
    "depends_context",
    "downgrade",
    "get_public_method",
    "is_readonly",
    "model",
    "model_create_multi",
    "model_create_single",
    "onchange",
    "ondelete",
    "private",
    "readonly",
    "returns",
]
