"""Which columns of ``ir.model.fields`` keep which attributes of fields, for describing fields and for making them."""

from typing import Any

from odoo import fields

#: column -> attribute that is true or not, of fields of all types
FLAGS = {
    "company_dependent": "company_dependent",
    "copied": "copy",
    "index": "index",
    "readonly": "readonly",
    "required": "required",
    "store": "store",
}

#: column -> attribute that is text or not set, of fields of all types
TEXTS = {"field_description": "string", "help": "help", "related": "related"}

#: columns, named like the attributes, that tell how HTML is cleaned
HTML_FLAGS = (
    "sanitize",
    "sanitize_overridable",
    "sanitize_tags",
    "sanitize_attributes",
    "sanitize_style",
    "sanitize_form",
    "strip_style",
    "strip_classes",
)

#: type of fields -> column -> attribute, which only means this for fields of the type
TEXTS_OF_TYPE = {
    "many2one": {"on_delete": "ondelete"},
    "one2many": {"relation_field": "inverse_name"},
    "many2many": {"relation_table": "relation", "column1": "column1", "column2": "column2"},
    "monetary": {"currency_field": "currency_field"},
}


def describe(field: fields.Field) -> dict[str, Any]:
    """Return the columns that follow from the attributes of ``field`` alone.

    :param field: a field that has been set up
    """
    columns: dict[str, Any] = {column: getattr(field, name) or None for column, name in TEXTS.items()}
    # every field has a label, that of a custom one may be empty
    columns["field_description"] = field.string or ""
    columns.update((column, bool(getattr(field, name))) for column, name in FLAGS.items())
    for kind, texts in TEXTS_OF_TYPE.items():
        applies = kind == field.type
        columns.update((column, (applies and getattr(field, name)) or None) for column, name in texts.items())
    columns.update((name, bool(getattr(field, name)) if field.type == "html" else None) for name in HTML_FLAGS)
    return columns
