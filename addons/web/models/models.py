"""Reading for the web client: nested reads by specification, pages with a count, grouped pages."""

import itertools

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.models import NewId


class Base(models.AbstractModel):
    """Data methods of views."""

    _inherit = "base"

    @api.model
    @api.readonly
    def web_search_read(self, domain, specification, offset=0, limit=None, order=None, count_limit=None):
        """Return a page of records and how many there are.

        :param specification: what to read, see :meth:`web_read`
        :param count_limit: count no further than this
        :return: ``{"length": count, "records": [...]}``
        """
        window = {"offset": offset, "limit": limit}
        transaction = self.env.transaction
        transaction.named = self._web_named(specification)
        try:
            page = self.search_fetch(domain, list(specification), order=order, **window)
        finally:
            transaction.named = frozenset()
        values_list = page.web_read(specification)
        return self._format_web_search_read_results(domain, values_list, count_limit=count_limit, **window)

    def _format_web_search_read_results(self, domain, records, offset=0, limit=None, count_limit=None):
        """Return the page with its count, which takes a query only when there may be more records."""
        if not records:
            return {"length": 0, "records": []}
        # fast path of search_count(): the page tells how many there are
        length = len(records) + offset
        full = limit and len(records) == limit
        if (full or self.env.context.get("force_search_count")) and not (count_limit and count_limit <= length):
            length = self.search_count(domain, limit=count_limit)
        return {"length": length, "records": records}

    @api.readonly
    def web_read(self, specification: dict[str, dict]) -> list[dict]:
        """Return the values of fields, and of the fields of related records.

        :param specification: ``{field: {"fields": specification, "context": dict, "limit": int, "order": str}}``,
            all of the inner keys optional
        :return: one dict for each record; ids for relations without ``fields``, dicts for others
        """
        names = [name for name in specification if name in self._fields or self._is_virtual_field(name)]
        transaction = self.env.transaction
        transaction.named = self._web_named(specification)
        try:
            values_list = self._web_read_values(names)
        finally:
            transaction.named = frozenset()
        for name in names:
            field, spec = self._fields.get(name), specification[name]
            if field is None:
                continue
            if field.type == "many2one":
                self._web_read_many2one(values_list, name, spec)
            elif field.type in ("one2many", "many2many"):
                self._web_read_x2many(values_list, name, spec)
            elif field.type in ("reference", "many2one_reference") and spec:
                self._web_read_reference(values_list, field, spec)
        return values_list

    def _web_named(self, specification) -> frozenset:
        """Return the many2one fields of a specification that are read with the names of their records and no more."""
        fields = self._fields
        return frozenset(
            [
                fields[name]
                for name, spec in specification.items()
                if name in fields
                and fields[name].type == "many2one"
                and spec.keys() == {"fields"}
                and spec["fields"].keys() == {"display_name"}
            ]
        )

    def _web_read_values(self, names) -> list[dict]:
        """Return the plain values of the records, in the database or in memory."""
        if all(self._ids):
            return self.read(names, load=None) if names else [{"id": id_} for id_ in self._ids]
        self.check_field_access_rights("read", names)
        values_list = []
        for record in self:
            values = {"id": record._ids[0]}
            for name in names:
                if name != "id" and name in self._fields:
                    values[name] = self._fields[name].convert_to_read(record[name], record, False)
            values_list.append(values)
        return values_list

    def _web_read_many2one(self, values_list, name, spec):
        if "fields" not in spec:
            for values in values_list:
                values[name] = _real_id(values[name])
            return
        fields_spec = dict(spec["fields"])
        named = fields_spec.pop("display_name", None) is not None
        related = self._web_related(values_list, name, spec.get("context"))
        if named and not (related._ids or fields_spec):
            # nobody, who has no name
            return
        if fields_spec and not all(related._ids):
            # what mirrors have may have been fetched with all rights
            related._origin.check_access("read")
        # whoever may see the record may see the names of what it refers to
        if named and not fields_spec and all(related._ids):
            data = {id_: {"id": id_, "display_name": name} for id_, name in related.sudo()._display_names().items()}
            named = False
        else:
            data_list = related.web_read(fields_spec) if fields_spec else [{"id": id_} for id_ in related._ids]
            data = {found["id"]: found for found in data_list}
        for id_, found in data.items():
            found["id"] = id_ or _real_id(id_)
        if named:
            for record in related.sudo():
                data[record._ids[0]]["display_name"] = record.display_name
        for values in values_list:
            found = data.get(values[name]) if values[name] is not False else None
            # the client knows nothing of records in memory
            values[name] = dict(found) if found and found["id"] else False

    def _web_related(self, values_list, name, context):
        """Return the records that a many2one field leads to, with more in their context."""
        if all(self._ids):
            ids = tuple(dict.fromkeys(filter(None, [values[name] for values in values_list])))
            related = self.env[self._fields[name].comodel_name].browse(ids)
        else:
            related = self[name]
        return related.with_context(**context) if context else related

    def _web_read_x2many(self, values_list, name, spec):
        if not spec:
            return
        related = self[name]
        if spec.get("order"):
            related = (
                related.with_context(active_test=False)
                .search([("id", "in", related.ids)], order=spec["order"])
                .with_context(related.env.context)
            )
            rank = {id_: index for index, id_ in enumerate(related._ids)}
            for values in values_list:
                values[name] = sorted((id_ for id_ in values[name] if id_ in rank), key=rank.__getitem__)
        related = related.with_context(**spec.get("context", {}))
        if "fields" not in spec:
            return
        limit = spec.get("limit")
        wanted = dict.fromkeys(itertools.chain.from_iterable(values[name][:limit] for values in values_list))
        lines = related.browse(tuple(wanted))
        data = {values["id"]: values for values in lines.web_read(spec["fields"])}
        for values in values_list:
            values[name] = [data.get(_real_id(id_)) or {"id": _real_id(id_)} for id_ in values[name]]

    def _web_read_reference(self, values_list, field, spec):
        for record, values in zip(self, values_list, strict=True):
            if not record[field.name]:
                continue
            related = self._web_referred(record, field).exists()
            if not related:
                values[field.name] = False
                if field.type == "many2one_reference":
                    values[field.model_field] = False
                continue
            if field.type == "reference":
                values[field.name] = {"id": {"id": related.id, "model": related._name}}
            if "fields" in spec:
                data = self._web_read_referred(related.with_context(**spec.get("context", {})), spec["fields"])
                values[field.name] = {**data, **values[field.name]} if field.type == "reference" else data

    @staticmethod
    def _web_referred(record, field):
        """Return the record that a reference points to, an empty recordset when there is no such model any more."""
        if field.type == "reference":
            return record[field.name]
        model_name = record[field.model_field]
        if not model_name or model_name not in record.env or record.env[model_name]._abstract:
            return record.browse()
        return record.env[model_name].browse(record[field.name])

    @staticmethod
    def _web_read_referred(related, fields_spec) -> dict:
        """Return the values of the record that a reference points to."""
        try:
            return related.web_read(fields_spec)[0]
        except AccessError:
            # the id is data of the record that refers to it, nothing else is
            if "display_name" not in fields_spec:
                return {"id": related.id}
            return {"id": related.id, "display_name": related.env._("(a record that you may not read)")}

    @api.model
    @api.readonly
    def web_read_group(self, domain, fields, groupby, limit=None, offset=0, orderby=False, lazy=True):
        """Return a page of groups (see ``read_group``) and how many groups there are.

        :return: ``{"groups": [...], "length": count}``
        """
        window = {"limit": limit, "offset": offset}
        groups = self._web_read_group(domain, fields, groupby, orderby=orderby, lazy=lazy, **window)
        if groups and len(groups) == limit:
            length = self._web_count_groups(domain, groupby, lazy)
        else:
            length = len(groups) + offset if groups else 0
        return {"groups": groups, "length": length}

    def _web_count_groups(self, domain, groupby, lazy):
        """Return how many groups there are on all pages."""
        specs = [groupby] if isinstance(groupby, str) else list(groupby)
        annotated = self._read_group_get_annotated_groupby(specs[:1] if lazy else specs, lazy)
        return len(self._read_group(domain, groupby=tuple(annotated.values())))

    @api.model
    def _web_read_group(self, domain, fields, groupby, limit=None, offset=0, orderby=False, lazy=True):
        """Return the groups of a page; addons override it to add to them."""
        return self.read_group(domain, fields, groupby, offset=offset, limit=limit, orderby=orderby, lazy=lazy)

    def web_override_translations(self, values):
        """Replace the values of translated fields in every language.

        :param values: ``{field name: value}``; nothing is no value that a text could have in every language
        """
        self.ensure_one()
        for name, value in values.items():
            field = self._fields[name]
            if field.translate is not True or not isinstance(value, str):
                continue
            langs = [code for code, _label in self.env["res.lang"].get_installed()]
            self.update_field_translations(name, {code: False for code in langs if code != "en_US"})
            self.with_context(lang="en_US")[name] = value


def _real_id(id_):
    """Return the database id behind an id, ``False`` for none."""
    if isinstance(id_, NewId):
        return id_.origin or False
    return id_
