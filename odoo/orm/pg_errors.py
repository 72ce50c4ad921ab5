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
        reason = model._convert_pgerror(error)
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
