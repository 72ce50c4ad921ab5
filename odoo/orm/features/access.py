"""Access rights: model ACLs, record rules, field groups."""

import logging

from odoo.exceptions import AccessError
from odoo.sql import SQL

from .. import decorators as api
from ..overrides import original
from ..plans.model_plans import Watched

__all__ = ["AccessMixin"]

_logger = logging.getLogger("odoo.models")


class AccessMixin(metaclass=Watched):
    """Checks of what the user of the environment may do."""

    __slots__ = ()

    def check_access(self, operation: str) -> None:
        """Check that the user may do ``operation`` on these records (on the model, for none).

        :param operation: ``read``, ``write``, ``create`` or ``unlink``
        :raise AccessError: otherwise
        """
        if self.env.su:
            return
        result = self._check_access(operation)
        if result:
            raise result[1]()

    def has_access(self, operation: str) -> bool:
        """Tell whether the user may do ``operation`` on all these records."""
        return self.env.su or not self._check_access(operation)

    def _filtered_access(self, operation: str):
        """Return those records on which the user may do ``operation``."""
        if self.env.su:
            return self
        result = self._check_access(operation)
        return self - result[0] if result else self

    @original
    def _check_access(self, operation: str):
        """Return ``None`` when all is allowed, else ``(forbidden records, function that makes the error)``."""
        access = self.pool.services.access
        if not access.allows(self, operation):
            return self, lambda: access.model_refusal(self, operation)
        # the rules are about what is in the database
        forbidden = any(self._ids) and self._rule_forbidden(operation)
        if not forbidden:
            return None
        return forbidden, lambda: access.records_refusal(forbidden, operation)

    def _rule_forbidden(self, operation):
        """Return the records that the record rules keep from the user."""
        domain = self.pool.services.access.domain(self, operation)
        if not domain:
            return self.browse()
        real = self._origin
        if not real:
            return self.browse()
        if operation == "read" and self.env.transaction.is_found(real):
            return self.browse()
        if operation != "read" and not all(self._ids):
            real = self.browse(tuple(id_ for id_ in self._ids if id_))
        allowed_ids = set(_search_ids_in(real._for_rules(), domain))
        forbidden = tuple(
            id_
            for id_ in self._ids
            if (id_ or getattr(id_, "origin", None)) not in allowed_ids and (id_ or getattr(id_, "origin", None))
        )
        if not forbidden:
            return self.browse()
        records = self.browse(forbidden)
        existing = set(records._origin.exists()._ids)
        gone = tuple(id_ for id_ in forbidden if (id_ or id_.origin) not in existing)
        if gone and operation in ("read", "write", "unlink") and len(gone) == len(forbidden):
            # what does not exist is reported as missing, where it is used
            return self.browse()
        return self.browse(tuple(id_ for id_ in forbidden if id_ not in gone))

    def _check_searched_field(self, field_name: str, value) -> None:
        """Check that the user may search by a field of some groups; addons extend it for values that anybody may name.

        :param value: what the field is compared with
        :raise AccessError: otherwise
        """
        self.check_field_access_rights("read", [field_name])

    # older names

    @api.model
    def check_access_rights(self, operation, raise_exception=True):
        """Check the model ACL alone; return whether it allows ``operation``."""
        if raise_exception:
            self.browse().check_access(operation)
            return True
        return self.browse().has_access(operation)

    @api.private
    def check_access_rule(self, operation):
        """Check the record rules alone."""
        if not self.env.su and self._ids:
            forbidden = self._rule_forbidden(operation)
            if forbidden:
                raise self.pool.services.access.records_refusal(forbidden, operation)

    def _filter_access_rules(self, operation):
        return self._filtered_access(operation)

    def _filter_access_rules_python(self, operation):
        return self._filtered_access(operation)

    # fields

    def check_field_access_rights(self, operation, field_names):
        """Check that the user may use the given fields; return them, or all that are allowed when none are given.

        :raise AccessError: naming the fields that are not allowed
        """
        if self.env.su:
            return field_names or list(self._fields)
        if not field_names:
            return [name for name, field in self._fields.items() if self._may_access_field(operation, field)]
        fields = self._fields
        forbidden = [
            name
            for name in field_names
            if name in fields and fields[name].groups and not self._may_access_field(operation, fields[name])
        ]
        if forbidden:
            _logger.info(
                "No permission to %s for user %s on model %s, fields %s",
                operation,
                self._uid,
                self._name,
                ", ".join(forbidden),
            )
            raise AccessError(_forbidden_fields_message(self, operation, forbidden))
        return field_names

    def _may_access_field(self, operation, field) -> bool:
        return not field.groups or field.is_accessible(self.env)


def _search_ids_in(records, domain) -> tuple:
    """Return those of these records' ids that satisfy ``domain`` in the database."""
    query = records.browse()._where_calc(domain, active_test=False)
    query.add_where(SQL("%s = ANY(%s)", SQL.identifier(records._table, "id"), list(records._ids)))
    query.order = None
    return tuple(row[0] for row in records.env.execute_query(query.select()))


def _forbidden_fields_message(model, operation, names) -> str:
    _ = model.env._
    lines = [
        _(
            "Your access rights do not include these fields of %(document_kind)s (%(document_model)s): %(fields)s. "
            "An administrator can grant them. (Operation: %(operation)s)",
            fields=",".join(names),
            document_kind=model._description,
            document_model=model._name,
            operation=operation,
        )
    ]
    if model.env.user._is_internal():
        for name in names:
            groups = model._fields[name].groups
            lines.append(_("- field “%(field)s”: allowed for %(groups)s", field=name, groups=groups or "-"))
    return "\n".join(lines)
