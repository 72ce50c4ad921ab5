"""What creating records with a given set of fields involves."""

from collections import defaultdict

from odoo.tools.suggestions import nearest

from ..names import LOG_ACCESS_COLUMNS

__all__ = ["CreatePlan"]


class CreatePlan:
    """What creating records with a given set of fields involves, worked out once per model and set."""

    __slots__ = ("names", "columns", "others", "inverses", "protected", "parents")

    def __init__(self, model, names):
        fields = model._fields
        unknown = [name for name in names if name not in fields]
        if unknown:
            raise ValueError(
                f"Invalid field {unknown[0]!r} on model {model._name!r}{nearest(unknown[0], model._fields)}"
            )
        self.names = names
        self.columns, self.others, self.parents = [], [], defaultdict(list)
        self.inverses = defaultdict(list)
        self.protected: dict = {}
        for name in names:
            field = fields[name]
            if name == "id" or (model._log_access and name in LOG_ACCESS_COLUMNS):
                continue
            if field.inherited:
                self.parents[fields[field.related.split(".")[0]].comodel_name].append(field)
            elif field.store:
                (self.columns if field.column_type else self.others).append(field)
            if field.inverse and not field.inherited:
                self.inverses[field.inverse].append(field)
            if field.compute and not field.inherited and (field.precompute or not field.is_sealed):
                self.protected.update(
                    dict.fromkeys(
                        other
                        for other in model.pool.field_computed.get(field, [field])
                        if not other.store or other.name in names
                    )
                )
        # relations get their values as they are declared: commands may look at those before
        declared = {field: index for index, field in enumerate(fields.values())}
        self.others.sort(key=declared.__getitem__)
