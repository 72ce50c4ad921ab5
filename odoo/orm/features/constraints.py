"""Constraints in Python: what must hold of records after they changed."""

from ..plans.methods import constraint_methods

__all__ = ["ConstraintsMixin"]


class ConstraintsMixin:
    """The ``@api.constrains`` methods of a model."""

    __slots__ = ()

    @property
    def _constraint_methods(self) -> list:
        """The ``(method name, field names)`` of the model's ``@api.constrains`` methods."""
        plans = self._plans
        try:
            return plans.constraints
        except AttributeError:
            # worked out below, so that an error of a function that gives the names is shown for itself
            pass
        plans.constraints = found = constraint_methods(self)
        return found

    def _validate_fields(self, field_names, excluded_names=()):
        """Call the constraints on the given fields, but for those on excluded ones.

        :raise ValidationError: from a constraint
        """
        methods = self._constraint_methods
        if not methods:
            return
        names, excluded = set(field_names), set(excluded_names)
        for name, constrained in methods:
            if not names.isdisjoint(constrained) and excluded.isdisjoint(constrained):
                getattr(self, name)()
