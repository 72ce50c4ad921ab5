"""What clients are told about a field."""

from functools import lru_cache

__all__ = ["FieldDescription"]


class FieldDescription:
    """The describing side of a field: labels, help and attributes for ``fields_get``."""

    def get_description(self, env, attributes=None) -> dict:
        """Return what ``fields_get`` tells of the field, for all or the given ``attributes``; ``None`` is left out."""
        description = {}
        for attribute, name, is_flag, getter in _described(None if attributes is None else tuple(attributes)):
            value = getattr(self, name, None) if getter is None else getter(self, env)
            if is_flag:
                description[attribute] = bool(value)
            elif value is not None:
                description[attribute] = value
        extra = self._describe(env)
        for attribute, value in extra.items():
            if value is not None and (attributes is None or attribute in attributes):
                description[attribute] = value
        return description

    @property
    def group_operator(self):
        """The aggregate function, under the name of older editions."""
        return self.aggregator

    def _describe(self, env) -> dict:
        """Return the attributes that only this family of fields has."""
        return {}

    @property
    def _description_sortable(self):
        return bool(self.column_type and self.store) or bool(
            self.inherited and self.related_field and self.related_field._description_sortable
        )

    def _description_groupable(self, env):
        target = self if self.store else self.joined_target(env[self.model_name], env.su)
        return target is not None and bool(target.column_type or target.type == "many2many")

    def _description_aggregator(self, env):
        if self.store or self.joined_target(env[self.model_name], env.su) is not None:
            return self.aggregator
        return None

    @property
    def _description_searchable(self):
        return bool(self.store or self.search)

    def _description_string(self, env):
        if self.string and env.lang:
            return env.registry.services.texts.label(env, self) or self.string
        return self.string

    def _description_help(self, env):
        if self.help and env.lang:
            return env.registry.services.texts.help(env, self) or self.help
        return self.help

    def is_editable(self) -> bool:
        """Tell whether the client may let the user edit the field."""
        return not self.readonly

    def is_accessible(self, env) -> bool:
        """Tell whether the user of ``env`` may use the field (its ``groups``)."""
        return (
            not self.groups
            or (self.groups == "." and env.is_superuser())
            or (self.groups != "." and (env.su or env.user.has_groups(self.groups)))
        )


#: what ``fields_get`` describes: attribute -> attribute name of the field, ``bool`` for one of the same name that is
#: true or false, or function of field and environment
_DESCRIPTIONS = {
    "name": "name",
    "type": "type",
    "store": bool,
    "manual": bool,
    "related": "related",
    "company_dependent": bool,
    "readonly": bool,
    "required": bool,
    "groups": "groups",
    "change_default": bool,
    "default_export_compatible": bool,
    "exportable": bool,
    "depends": lambda field, env: list(env.registry.field_depends[field]),
    "searchable": "_description_searchable",
    "sortable": "_description_sortable",
    "groupable": lambda field, env: field._description_groupable(env),
    "aggregator": lambda field, env: field._description_aggregator(env),
    "string": lambda field, env: field._description_string(env),
    "help": lambda field, env: field._description_help(env),
}


@lru_cache(64)
def _described(attributes):
    """Return the wanted attributes in order: name, that of the field's attribute, whether it is a flag, function."""
    return [
        (
            attribute,
            getter if isinstance(getter, str) else attribute,
            getter is bool,
            getter if _is_made(getter) else None,
        )
        for attribute, getter in _DESCRIPTIONS.items()
        if attributes is None or attribute in attributes
    ]


def _is_made(getter):
    return getter is not bool and callable(getter)
