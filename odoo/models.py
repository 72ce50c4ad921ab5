"""Names for addons: the base classes of models, and helpers around them."""

from odoo import api, tools
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.orm.base_model import GC_UNLINK_LIMIT, AbstractModel, BaseModel, Model, TransientModel
from odoo.orm.commands import Command
from odoo.orm.features.companies import (
    check_companies_domain_parent_of,
    check_company_domain_parent_of,
    to_company_ids,
)
from odoo.orm.features.import_export import fix_import_export_id_paths
from odoo.orm.fields.base import PREFETCH_MAX
from odoo.orm.grouping.terms import (
    READ_GROUP_AGGREGATE,
    READ_GROUP_ALL_TIME_GRANULARITY,
    READ_GROUP_DISPLAY_FORMAT,
    READ_GROUP_NUMBER_GRANULARITY,
    READ_GROUP_TIME_GRANULARITY,
    parse_read_group_spec,
    regex_read_group_spec,
)
from odoo.orm.identifiers import NewId, OriginIds, expand_ids, origin_ids
from odoo.orm.model_class import MetaModel, is_definition_class, is_registry_class
from odoo.orm.names import (
    LOG_ACCESS_COLUMNS,
    MAGIC_COLUMNS,
    SUPERUSER_ID,
    check_object_name,
    check_pg_name,
    raise_on_invalid_object_name,
)
from odoo.orm.property_checks import check_property_field_value_name
from odoo.orm.query import Query
from odoo.orm.records.recordset import RecordCache
from odoo.orm.rpc import get_public_method
from odoo.sql import SQL

__all__ = [
    "GC_UNLINK_LIMIT",
    "LOG_ACCESS_COLUMNS",
    "MAGIC_COLUMNS",
    "PREFETCH_MAX",
    "READ_GROUP_AGGREGATE",
    "READ_GROUP_ALL_TIME_GRANULARITY",
    "READ_GROUP_DISPLAY_FORMAT",
    "READ_GROUP_NUMBER_GRANULARITY",
    "READ_GROUP_TIME_GRANULARITY",
    "SQL",
    "SUPERUSER_ID",
    "AbstractModel",
    "AccessError",
    "BaseModel",
    "Command",
    "MetaModel",
    "MissingError",
    "Model",
    "NewId",
    "OriginIds",
    "Query",
    "RecordCache",
    "TransientModel",
    "UserError",
    "ValidationError",
    "api",
    "check_companies_domain_parent_of",
    "check_company_domain_parent_of",
    "check_object_name",
    "check_pg_name",
    "check_property_field_value_name",
    "expand_ids",
    "fix_import_export_id_paths",
    "get_public_method",
    "is_definition_class",
    "is_registry_class",
    "origin_ids",
    "parse_read_group_spec",
    "raise_on_invalid_object_name",
    "regex_read_group_spec",
    "to_company_ids",
    "tools",
]
