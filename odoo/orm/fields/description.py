"""What clients are told about a field."""

__all__ = ["FieldDescription"]


class FieldDescription:
    """The describing side of a field: labels, help and attributes for ``fields_get``."""

    def get_description(self, env, attributes=None) -> dict:
        """Return what ``fields_get`` tells of the field, for all or the given ``attributes``; ``None`` is left out."""
        description = {}
        for attribute, getter in _DESCRIPTIONS.items():
            if attributes is not None and attribute not in attributes:
                continue
            value = getter(self, env) if callable(getter) else getattr(self, getter, None)
            if value is not None:
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
        target = self.joined_target(env[self.model_name], env.su)
        return target is not None and bool(target.column_type or target.type == "many2many")

    def _description_aggregator(self, env):
        return self.aggregator if self.joined_target(env[self.model_name], env.su) is not None else None

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


#: what ``fields_get`` describes: attribute -> getter or attribute name of the field
_DESCRIPTIONS = {
    "name": "name",
    "type": "type",
    "store": lambda field, env: bool(field.store),
    "manual": lambda field, env: bool(field.manual),
    "related": "related",
    "company_dependent": lambda field, env: bool(field.company_dependent),
    "readonly": lambda field, env: bool(field.readonly),
    "required": lambda field, env: bool(field.required),
    "groups": "groups",
    "change_default": lambda field, env: bool(field.change_default),
    "default_export_compatible": lambda field, env: bool(field.default_export_compatible),
    "exportable": lambda field, env: bool(field.exportable),
    "depends": lambda field, env: list(env.registry.field_depends[field]),
    "searchable": "_description_searchable",
    "sortable": "_description_sortable",
    "groupable": lambda field, env: field._description_groupable(env),
    "aggregator": lambda field, env: field._description_aggregator(env),
    "string": lambda field, env: field._description_string(env),
    "help": lambda field, env: field._description_help(env),
}
