"""What forms need of a model: which fields have an onchange, and the application of onchange methods."""

__all__ = ["OnchangeMixin"]


class OnchangeMixin:
    """Onchange methods of a record in memory."""

    __slots__ = ()

    @property
    def _onchange_methods(self) -> dict:
        """``{field name: functions}``: what is called when a field changes in a form."""
        return self._plans.onchange

    def onchange(self, values: dict, field_names: list, fields_spec: dict) -> dict:
        """Return what changes in a form after the user changed some of its fields (implemented by module ``web``).

        :raise NotImplementedError: without that module
        """
        raise NotImplementedError("onchange() is implemented by module 'web', which is not installed")

    def _has_onchange(self, field, other_fields) -> bool:
        """Tell whether changing ``field`` in a form may change ``other_fields`` or calls an onchange method."""
        return field.name in self._onchange_methods or any(
            map(other_fields.__contains__, self.pool.get_dependent_fields(field.base_field))
        )

    def _apply_onchange_methods(self, field_name: str, result: dict):
        """Call the onchange methods of a field and collect what they return.

        :param result: its set ``warnings`` gets triples of title, message and type
        """
        for method in self._onchange_methods.get(field_name, ()):
            answer = method(self) or {}
            values = answer.get("value") or {}
            self.update({name: values[name] for name in values if name in self._fields and name != "id"})
            if warning := answer.get("warning"):
                parts = {"title": self.env._("Warning"), "message": "", "type": ""}
                result["warnings"].add(tuple(warning.get(part) or default for part, default in parts.items()))
