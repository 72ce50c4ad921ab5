"""What a refusal of the database means to a user, and which refusals are only bad luck."""

import psycopg2.errors

from odoo.exceptions import ValidationError

#: a row is referred to, or refers to nothing; PostgreSQL 18 has an error of its own for RESTRICT
_REFERENCE_ERRORS = (psycopg2.errors.ForeignKeyViolation, psycopg2.errors.RestrictViolation)
#: errors that mean: the same transaction, tried again, may succeed
RETRIABLE = (
    psycopg2.errors.LockNotAvailable,
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
)


def validation_error(env, error):
    """Return the exception that tells a user what an integrity error means: that nothing was done, and why.

    :param env: environment, for models and translations
    :param psycopg2.IntegrityError error: the error
    """
    model = model_of_table(env, error.diag.table_name)
    if isinstance(error, _REFERENCE_ERRORS):
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
        label = field.string if field is not None else diagnostics.column_name
        return _(
            "“%(field)s” (%(column)s) of %(model)s (%(name)s) needs a value: fill it in or, "
            "if it is empty because "
            "what it refers to is being deleted, archive that record instead.",
            model=model._description,
            name=model._name,
            field=label,
            column=diagnostics.column_name,
        )
    name = diagnostics.constraint_name or ""
    for key, _definition, message in model._sql_constraints:
        if name == f"{model._table}_{key}":
            return message(model, error) if callable(message) else _(message) if message else str(error)
    return diagnostics.message_primary or str(error)
