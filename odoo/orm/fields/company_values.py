"""Fields with another value for each company.

The column is a jsonb object ``{company id: value}``. A company without a key has the *fallback*: the default that users
set for the field, or no value. What equals it is not stored, so that the records follow when the default changes;
``null`` stands for a value that was emptied although there is a default.
"""

from psycopg2.extras import Json

__all__ = ["CompanyValues"]


class CompanyValues:
    """The side of a field that falls back on defaults."""

    def get_company_dependent_fallback(self, records):
        """Return the value of a company-dependent field for companies without one, as a record value."""
        return self.convert_to_record(self.fallback_in_cache(records.env), records)

    def fallback_in_cache(self, env):
        """Return the fallback for the company of an environment in cache format."""
        value = self._company_defaults(env).get(self.name)
        return self.convert_to_cache(value, env[self.model_name], validate=False)

    def has_company_default(self, env) -> bool:
        """Tell whether users set a default for the company of an environment."""
        return self.name in self._company_defaults(env)

    def _company_defaults(self, env) -> dict:
        """Return the defaults of the model's fields for the company of an environment, and nobody in particular."""
        return env.registry.services.defaults.of_model(env.company_env[self.model_name])

    def company_columns(self, values: list, model) -> list:
        """Return what the column of new records holds, ``None`` where the value is the fallback.

        :param values: cache values for the company of ``model``
        """
        fallback, key = self.fallback_in_cache(model.env), model.env.cache_key(self)
        return [None if value == fallback else Json(self.key_column({key: value}, new=True)) for value in values]
