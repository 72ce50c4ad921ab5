"""The base classes of models: everything that a recordset can do, put together."""

import datetime
import logging

from odoo.sql import SQL
from odoo.tools.config import config
from odoo.tools.func import lazy_classproperty

from . import decorators as api
from . import model_class as assembly
from .compute import ComputeMixin
from .features.access import AccessMixin
from .features.archiving import ArchivingMixin
from .features.companies import CompaniesMixin
from .features.constraints import ConstraintsMixin
from .features.data_loading import DataLoadingMixin
from .features.defaults import DefaultsMixin
from .features.description import DescriptionMixin
from .features.display_names import DisplayNamesMixin
from .features.external_ids import ExternalIdsMixin
from .features.import_export import ExportMixin, ImportMixin
from .features.onchange import OnchangeMixin
from .features.translations import TranslationsMixin
from .features.tree import TreeMixin
from .flush import FlushMixin
from .grouping.aggregate import AggregateMixin
from .model_class import MetaModel
from .records.copying import CopyMixin
from .records.create import CreateMixin
from .records.read import ReadMixin
from .records.recordset import RecordsetMixin
from .records.search import SearchMixin
from .records.terms import TermsMixin
from .records.unlink import UnlinkMixin
from .records.write import WriteMixin
from .schema import SchemaMixin

__all__ = ["AbstractModel", "BaseModel", "Model", "TransientModel"]

_logger = logging.getLogger("odoo.models")

#: how many expired transient records one vacuum run deletes
GC_UNLINK_LIMIT = 100_000


class BaseModel(
    # what can be done with records
    RecordsetMixin,
    ReadMixin,
    SearchMixin,
    TermsMixin,
    CreateMixin,
    WriteMixin,
    UnlinkMixin,
    CopyMixin,
    ComputeMixin,
    FlushMixin,
    AggregateMixin,
    # what there is beside
    AccessMixin,
    ArchivingMixin,
    CompaniesMixin,
    ConstraintsMixin,
    DataLoadingMixin,
    DefaultsMixin,
    DescriptionMixin,
    DisplayNamesMixin,
    ExportMixin,
    ExternalIdsMixin,
    ImportMixin,
    OnchangeMixin,
    TranslationsMixin,
    TreeMixin,
    SchemaMixin,
    metaclass=MetaModel,
):
    """Base class of all models; the model reference documents the attributes."""

    __slots__ = ("env", "_ids", "_prefetch_ids")

    _auto = False
    _register = False
    _abstract = True
    _transient = False
    _log_access = False
    _name: str | None = None
    _description: str | None = None
    _module: str | None = None
    _custom = False
    _extends = False

    _inherit: str | list | tuple = ()
    _inherits: dict = {}
    _table: str | None = None
    _table_query = None
    _sql_constraints: list = []

    _rec_name: str | None = None
    _rec_names_search: list | None = None
    _order = "id"
    _parent_name = "parent_id"
    _parent_store = False
    _active_name: str | None = None
    _fold_name = "fold"
    #: names of the model in older editions, under which environments still give it
    _former_names: tuple = ()
    _translate = True
    _check_company_auto = False
    _allow_sudo_commands = True
    _depends: dict = {}

    _original_module: str | None = None
    _inherit_module: dict = {}
    _inherit_children = ()
    _inherits_children = ()
    __base_classes: tuple = ()
    _fields: dict = {}

    def _valid_field_parameter(self, field, name) -> bool:
        """Tell whether fields of this model may have the parameter ``name``; addons override it."""
        return name == "related_sudo"

    @classmethod
    def _build_model(cls, pool, cr):
        """Create or extend the registry class that this definition class is for; addons override it."""
        # who overrides it looks at the class at once; all others are settled together before they are set up
        overridden = cls._build_model.__func__ is not BaseModel._build_model.__func__
        return assembly.build_model(cls, pool, settled=overridden)

    def _setup_base(self):
        """Give the model its fields, merged from all definitions; addons override it and change or add some."""
        assembly.setup_base(type(self))

    @api.private
    @classmethod
    def is_transient(cls) -> bool:
        """Tell whether the records are temporary."""
        return cls._transient

    @api.private
    @classmethod
    def clear_caches(cls):
        """Clear the registry's method caches (the older name of ``registry.clear_cache``)."""
        cls.pool.clear_all_caches()

    @api.model
    def _add_field(self, name, field):
        """Put ``field`` on the model's registry class, also one as addons write it; return what is there."""
        model_class = type(self)
        if field.is_definition:
            field.name, field.model_name = name, self._name
            field = type(field).assembled([field], model_class, name)
        assembly.add_field(model_class, name, field)
        return field

    @api.model
    def _pop_field(self, name):
        """Take the field ``name`` off the model's registry class."""
        return assembly.pop_field(type(self), name)

    def _add_inherited_fields(self):
        """Add the fields of delegated parents."""
        assembly.add_inherited_fields(type(self))

    def _setup_complete(self):
        """Called when all models have their fields; addons override it."""

    def _register_hook(self):
        """Called when the registry is complete; addons override it."""

    def _unregister_hook(self):
        """Undo what :meth:`_register_hook` did; addons override it."""

    def _get_placeholder_filename(self, field):
        """Return the path of the image that stands for an empty image field."""
        return "web/static/img/placeholder.png"

    def _transient_vacuum(self):
        """Delete temporary records that are old or too many (only what is older than five minutes)."""
        if not self._transient:
            return
        hours = self._transient_max_hours
        if hours:
            self._transient_clean_rows_older_than(hours * 3600)
        if self._transient_max_count:
            self._transient_clean_old_rows(self._transient_max_count)

    def _transient_clean_old_rows(self, max_count):
        """Delete records, when there are more than ``max_count``."""
        self._cr.execute(SQL("SELECT 1 FROM %s OFFSET %s LIMIT 1", SQL.identifier(self._table), max_count))
        if self._cr.rowcount:
            self._transient_clean_rows_older_than(300)

    def _transient_clean_rows_older_than(self, seconds):
        limit = self._cr.now() - datetime.timedelta(seconds=max(seconds, 300))
        self._cr.execute(
            SQL(
                "SELECT id FROM %s WHERE COALESCE(write_date, create_date, (now() AT TIME ZONE 'UTC')) < %s LIMIT %s",
                SQL.identifier(self._table),
                limit,
                GC_UNLINK_LIMIT,
            )
        )
        self.sudo().browse(tuple(row[0] for row in self._cr.fetchall())).unlink()


AbstractModel = BaseModel


class Model(AbstractModel):
    """Base class of models whose records are in the database."""

    _auto = True
    _register = False
    _abstract = False
    _transient = False


class TransientModel(Model):
    """Base class of models with temporary records, seen by the user who made them only."""

    _auto = True
    _register = False
    _abstract = False
    _transient = True

    @lazy_classproperty
    def _transient_max_count(cls):
        return config.get("osv_memory_count_limit") or 0

    @lazy_classproperty
    def _transient_max_hours(cls):
        return config.get("transient_age_limit") or 0

    @api.autovacuum
    def _transient_vacuum(self):
        return super()._transient_vacuum()

    def _rule_forbidden(self, operation):
        """Return the records of other users."""
        if self._log_access and operation != "create":
            real = self.sudo().browse(tuple(id_ for id_ in self._ids if id_))
            foreign = real.filtered(lambda record: record.create_uid.id != self.env.uid)
            if foreign:
                return self.browse(foreign._ids)
        return super()._rule_forbidden(operation)

    def _apply_ir_rules(self, query, mode="read"):
        super()._apply_ir_rules(query, mode)
        if not self.env.su and self._log_access:
            query.add_where(SQL("%s = %s", SQL.identifier(self._table, "create_uid"), self.env.uid))
