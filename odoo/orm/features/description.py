"""What a model tells of itself and its records: fields, properties, who changed a record when, links."""

from .. import decorators as api
from ..names import LOG_ACCESS_COLUMNS
from ..property_checks import check_property_field_value_name
from .external_ids import known_external_ids

__all__ = ["DescriptionMixin"]


class DescriptionMixin:
    """Descriptions of fields and records."""

    __slots__ = ()

    @api.model
    @api.readonly
    def fields_get(self, allfields=None, attributes=None) -> dict:
        """Return ``{field name: description}`` of the fields the user may read.

        :param allfields: names of the fields, all by default
        :param attributes: names of the attributes to describe, all by default
        """
        result = {}
        writeable = self.env.su or self.browse().has_access("write") or self.browse().has_access("create")
        names = self._fields if not allfields else [name for name in allfields if name in self._fields]
        for name in names:
            field = self._fields[name]
            if field.groups and not self.env.su and not self.env.user.has_groups(field.groups):
                continue
            description = field.get_description(self.env, attributes=attributes)
            if not writeable and "readonly" in description:
                description["readonly"] = True
            result[name] = description
        return result

    @api.model
    def get_property_definition(self, full_name) -> dict:
        """Return the definition of the property ``"field.property"``; ``{}`` when no record defines it.

        :raise AccessError: when the user may not read the field, or any record that defines the property
        :raise ValueError: for an unknown field or the wrong name of a property
        """
        self.browse().check_access("read")
        field_name, _dot, property_name = full_name.partition(".")
        check_property_field_value_name(property_name)
        field = self._fields.get(field_name)
        if field is None or field.type != "properties":
            raise ValueError(f"{self._name!r} has no field {field_name!r} with properties")
        self.check_field_access_rights("read", [field_name])
        return field.find_definition(self, property_name)

    @api.readonly
    def get_metadata(self) -> list:
        """Return, for each record, who created and changed it when, and its external ids.

        :raise AccessError: when the user may not read one of the records
        """
        self.check_access("read")
        known = known_external_ids(self)
        result = []
        for record in self:
            # the newest one first
            ids = known[record.id][::-1]
            values = {
                "id": record.id,
                "xmlids": ids,
                "xmlid": ids[0]["xmlid"] if ids else False,
                "noupdate": ids[0]["noupdate"] if ids else False,
            }
            if self._log_access:
                values.update(self.sudo().browse(record.id).read(LOG_ACCESS_COLUMNS)[0])
            result.append(values)
        return result

    def get_base_url(self) -> str:
        """Return the root URL of the server for links to these records."""
        if self:
            # addons may have a URL for each record
            self.ensure_one()
        return self.pool.services.parameters.get(self.env, "web.base.url")
