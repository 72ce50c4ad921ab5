"""What a refusal of the database means to a user, and which refusals are only bad luck."""

import re
from typing import Any, NamedTuple

import psycopg2.errors

from odoo.exceptions import ValidationError
from odoo.sql import cut_identifier

__all__ = ["RETRIABLE", "FailedLink", "constraint_message", "name_failed_link", "validation_error"]

#: a row is referred to, or refers to nothing; PostgreSQL 18 has an error of its own for RESTRICT
_REFERENCE_ERRORS = (psycopg2.errors.ForeignKeyViolation, psycopg2.errors.RestrictViolation)
#: errors that mean: the same transaction, tried again, may succeed
RETRIABLE = (
    psycopg2.errors.LockNotAvailable,
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
)

#: column and value in the details of a violated foreign key, in whatever language they are
_REFUSED_KEY = re.compile(r"\(([^()]+)\)=\((\d+)\)")
#: how many ids of a failed link its message tells
_IDS_TOLD = 20


class FailedLink(NamedTuple):
    """Links that the database refused.

    ``field``: the many2many field; ``pairs``: of the id of a record of the field's model and the id of one that it
    refers to: those that may be at fault; ``missing``: model name and id of the record that does not exist, if known.
    """

    field: Any
    pairs: list[tuple[int, int]]
    missing: tuple[str, int] | None

    def __str__(self):
        ids, others = (
            f"({', '.join(map(str, ids[:_IDS_TOLD]))}{', ...' if len(ids) > _IDS_TOLD else ',' * (len(ids) == 1)})"
            for ids in (list(dict.fromkeys(side)) for side in zip(*self.pairs, strict=True))
        )
        field = self.field
        return f"{field} links {field.model_name}{ids} to {field.comodel_name}{others} in table {field.relation}"


def name_failed_link(error, columns, rows):
    """Add to an error of the database which links it is about: its text tells, and it gets a ``failed_link``.

    :param psycopg2.Error error: the error
    :param columns: the two columns of the relation table
    :param rows: ``{pair of values of the columns: the field that links or unlinks them}``
    """
    pairs, missing = list(rows), None
    refused = _REFUSED_KEY.search(error.diag.message_detail or "")
    column, id_ = (refused[1], int(refused[2])) if refused else (None, None)
    if column in columns:
        index = columns.index(column)
        pairs = [pair for pair in rows if pair[index] == id_] or pairs
    field = rows[pairs[0]]
    if column in columns:
        missing = (field.model_name if column == field.column1 else field.comodel_name), id_
    if columns[0] != field.column1:
        pairs = [pair[::-1] for pair in pairs]
    error.failed_link = FailedLink(field, pairs, missing)
    error.args = (f"{str(error).rstrip()}\nLINK:  {error.failed_link}",)


def validation_error(env, error):
    """Return the exception that tells a user what an integrity error means: that nothing was done, and why.

    :param env: environment, for models and translations
    :param psycopg2.IntegrityError error: the error
    """
    model = model_of_table(env, error.diag.table_name)
    link = getattr(error, "failed_link", None)
    if link is not None and link.missing:
        reason = _missing_record(env, link)
    elif isinstance(error, _REFERENCE_ERRORS):
        reason = env._(
            "a record that is to be deleted is still used by %(model)s"
            " (%(technical)s), or a record that is referred to does not exist. Archive it instead, if possible."
            "\n\nConstraint: %(constraint)s",
            model=model._description,
            technical=model._name,
            constraint=error.diag.constraint_name,
        )
    else:
        reason = _refusal(model, error)
    return ValidationError(env._("The operation cannot be completed: %s", reason))


def _missing_record(env, link) -> str:
    """Return the sentence that tells a user which field refers to a record that does not exist."""
    model, missing_model = env[link.field.model_name], env[link.missing[0]]
    return env._(
        "“%(field)s” (%(technical_field)s) of %(model)s (%(technical_model)s) refers to %(id)s of %(missing)s"
        " (%(technical_missing)s), and there is no such record.",
        field=link.field.get_description(env, ["string"])["string"],
        technical_field=link.field.name,
        model=model._description,
        technical_model=model._name,
        id=link.missing[1],
        missing=missing_model._description,
        technical_missing=missing_model._name,
    )


def model_of_table(env, table):
    """Return the model that owns a table, ``base`` when none does.

    :param env: environment
    :param str table: name of the table
    """
    for name, model_class in env.registry.items():
        if table and model_class._table == table and not model_class._abstract:
            return env[name]
    return env["base"]


def _refusal(model, error) -> str:
    """Return why the database refuses rows of ``model``: the message of the constraint that they violate."""
    _ = model.env._
    diagnostics = error.diag
    field = model._fields.get(diagnostics.column_name or "")
    if isinstance(error, psycopg2.errors.NotNullViolation):
        label = field.get_description(model.env, ["string"])["string"] if field is not None else diagnostics.column_name
        return _(
            "“%(field)s” (%(column)s) of %(model)s (%(name)s) needs a value: fill it in or, "
            "if it is empty because "
            "what it refers to is being deleted, archive that record instead.",
            model=model._description,
            name=model._name,
            field=label,
            column=diagnostics.column_name,
        )
    return constraint_message(model, error) or diagnostics.message_primary or str(error)


def constraint_message(model, error) -> str | None:
    """Return what the violated constraint of a model says, ``None`` when it is none of those that the model declares.

    :param model: model whose row the database refuses
    :param psycopg2.IntegrityError error: the error
    """
    for key, _definition, message in model._sql_constraints:
        name = f"{model._table}_{key}"
        if error.diag.constraint_name == cut_identifier(name):
            if callable(message):
                return message(model, error)
            return (message and model.pool.services.texts.refusal(model, name)) or message or str(error)
    return None
