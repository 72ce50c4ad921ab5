"""``ir.model.data``: the external ids of records."""

import itertools
import logging
from operator import itemgetter

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError
from odoo.tools import SQL, OrderedSet, ormcache, split_every
from odoo.tools.translate import _

from .ir_model_names import MODULE_UNINSTALL_FLAG
from .table_indexes import indexed

_logger = logging.getLogger("odoo.addons.base.models.ir_model")

#: how many external ids one statement writes
BATCH = 5000


@indexed("ir_model_data_module_name_uniq_index", ["module", "name"], unique=True)
@indexed("ir_model_data_model_res_id_index", ["model", "res_id"])
class IrModelData(models.Model):
    """An external id: a module and a name for a record."""

    _name = "ir.model.data"
    _description = "Model Data"
    _order = "module, model, name"
    _allow_sudo_commands = False

    name = fields.Char(string="External Identifier", required=True)
    complete_name = fields.Char(compute="_compute_complete_name", string="Complete ID")
    model = fields.Char(string="Model Name", required=True)
    module = fields.Char(default="", required=True)
    res_id = fields.Many2oneReference(string="Record ID", model_field="model")
    noupdate = fields.Boolean(string="Non Updatable", default=False)
    reference = fields.Char(compute="_compute_reference", readonly=True, store=False)

    _sql_constraints = [
        ("name_nospaces", "CHECK(name NOT LIKE '% %')", "The name of an external id has no spaces."),
    ]

    @api.depends("module", "name")
    def _compute_complete_name(self):
        """Join module and name."""
        for data in self:
            prefix = f"{data.module}." if data.module else ""
            data.complete_name = prefix + (data.name or "")

    @api.depends("model", "res_id")
    def _compute_reference(self):
        """Join model and id, where both are known."""
        for data in self:
            data.reference = f"{data.model},{data.res_id}" if data.model and data.res_id else False

    @api.depends("res_id", "model", "complete_name")
    def _compute_display_name(self):
        """Show the name of the record, if it can be read."""
        for data in self:
            record = self.env[data.model].browse(data.res_id) if data.model in self.env else None
            try:
                data.display_name = (record and record.display_name) or data.complete_name
            except (AccessError, MissingError):
                data.display_name = data.complete_name

    # lookup

    @api.model
    @ormcache("xmlid")
    def _xmlid_lookup(self, xmlid: str) -> tuple:
        """Return (model, id) of the record with the external id ``module.name``.

        :raise ValueError: when there is none
        """
        module, _dot, name = xmlid.partition(".")
        self.env.cr.execute(
            SQL(
                "SELECT model, res_id FROM ir_model_data WHERE module = %s AND name = %s",
                module,
                name,
            )
        )
        row = self.env.cr.fetchone()
        if not row or not row[1]:
            raise ValueError(f"External ID not found in the system: {xmlid}")
        return row

    @api.model
    def _xmlid_to_res_model_res_id(self, xmlid, raise_if_not_found=False):
        """Return (model, id) of an external id, ``(False, False)`` when there is none.

        :raise ValueError: instead, if ``raise_if_not_found``
        """
        try:
            return self._xmlid_lookup(xmlid)
        except ValueError:
            if raise_if_not_found:
                raise
            return (False, False)

    @api.model
    def _xmlid_to_res_id(self, xmlid, raise_if_not_found=False):
        """Return the record id of an external id, ``False`` when there is none.

        :raise ValueError: instead, if ``raise_if_not_found``
        """
        return self._xmlid_to_res_model_res_id(xmlid, raise_if_not_found)[1]

    @api.model
    def check_object_reference(self, module, xml_id, raise_on_access_error=False):
        """Return (model, id) of an external id if the user may read the record, else ``(model, False)``.

        :raise ValueError: when there is no such external id
        :raise AccessError: instead of returning ``False``, if ``raise_on_access_error``
        """
        xmlid = f"{module}.{xml_id}"
        model, res_id = self._xmlid_lookup(xmlid)
        readable = self.env[model].search([("id", "=", res_id)])
        if raise_on_access_error and not readable:
            raise AccessError(_("You may not read the record %s.", xmlid))
        return model, readable.id

    def _lookup_xmlids(self, xml_ids, model):
        """Return rows (id, module, name, model, res_id, noupdate, id of the record if it exists) for ``xml_ids``."""
        if not xml_ids:
            return []
        by_module: dict = {}
        for xml_id in xml_ids:
            module, _dot, name = xml_id.partition(".")
            by_module.setdefault(module, []).append(name)
        rows = []
        for module, names in by_module.items():
            self.env.cr.execute(
                SQL(
                    """SELECT d.id, d.module, d.name, d.model, d.res_id, d.noupdate, r.id
                     FROM ir_model_data d LEFT JOIN %s r ON d.res_id = r.id
                    WHERE d.module = %s AND d.name = ANY(%s)""",
                    SQL.identifier(model._table),
                    module,
                    names,
                )
            )
            rows.extend(self.env.cr.fetchall())
        return rows

    # changes

    def copy_data(self, default=None):
        """Copies get another name."""
        default = dict(default or {})
        return [
            dict(vals, name=default.get("name") or f"{data.name}_copy")
            for data, vals in zip(self, super().copy_data(default=default), strict=True)
        ]

    def _forget(self, model_names, *caches):
        """Empty the named caches, and that of groups when it is about external ids of records of ``model_names``."""
        if "res.groups" in model_names:
            caches += ("groups",)
        if caches:
            self.env.registry.clear_cache(*caches)

    @api.model_create_multi
    def create(self, vals_list):
        """Add external ids."""
        added = super().create(vals_list)
        self._forget(added.mapped("model"))
        return added

    def write(self, values):
        """Update external ids and forget cached ones."""
        concerned = {values.get("model"), *self.mapped("model")}
        done = super().write(values)
        # look-ups read the table
        self.flush_recordset()
        self._forget(concerned, "default")
        return done

    def unlink(self):
        """Delete external ids and forget cached ones."""
        if not self:
            return True
        concerned = self.exists().mapped("model")
        done = super().unlink()
        self._forget(concerned, "default")
        return done

    def _note_deletion(self):
        """Leave no trace: names go along with what they name."""

    @api.model
    def _update_xmlids(self, data_list, update=False):
        """Make external ids point to records.

        :param data_list: dicts with ``xml_id``, ``record`` and maybe ``noupdate``
        :param update: leave alone those that are marked as not updatable
        """
        rows = OrderedSet()
        for data in data_list:
            module, _dot, name = data["xml_id"].partition(".")
            record = data["record"]
            rows.add((module, name, record._name, record.id, bool(data.get("noupdate"))))
        if not rows:
            return
        written: dict = {}
        for batch in split_every(BATCH, rows, list):
            written.update(self._write_xmlids(batch, update))
        if any(written.values()):
            self.env.registry.clear_cache()
        if any(row[2] == "res.groups" for row in rows):
            self.env.registry.clear_cache("groups")
        # an external id that is not to be updated may be another record's
        self._remember([row for row in rows if not update or row[:2] in written])
        self.pool.loaded_xmlids.update(data["xml_id"] for data in data_list)

    def _remember(self, rows):
        """Cache what external ids lead to, given as (module, name, model, res_id, noupdate), unless it is undone."""
        for module, name, model, res_id, _noupdate in rows:
            lookup_cache.add_value(self, f"{module}.{name}", cache_value=(model, res_id))
        cr, forget = self.env.cr, self.env.registry.clear_cache
        cr.when_undone(lookup_cache, forget)
        if not cr.postrollback.data.get(lookup_cache):
            cr.postrollback.data[lookup_cache] = cr.postrollback.add(forget)

    def _write_xmlids(self, rows, update) -> dict[tuple, bool]:
        """Insert or redirect external ids, given as (module, name, model, res_id, noupdate).

        :return: (module, name) of those written -> whether it was redirected
        """
        modules, names, model_names, ids, noupdates = zip(*rows, strict=True)
        self.env.cr.execute(
            SQL(
                """INSERT INTO ir_model_data (module, name, model, res_id, noupdate,
                                          create_uid, create_date, write_uid, write_date)
                    SELECT x.*, %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
                      FROM unnest(%(modules)s, %(names)s, %(models)s, %(ids)s::int[], %(noupdates)s::bool[]) AS x
               ON CONFLICT (module, name)
             DO UPDATE SET (model, res_id, write_date) = (EXCLUDED.model, EXCLUDED.res_id, now() AT TIME ZONE 'UTC')
                     WHERE (ir_model_data.res_id IS DISTINCT FROM EXCLUDED.res_id
                            OR ir_model_data.model != EXCLUDED.model) %(restriction)s
                 RETURNING module, name, xmax != 0""",
                uid=self.env.uid,
                modules=list(modules),
                names=list(names),
                models=list(model_names),
                ids=list(ids),
                noupdates=list(noupdates),
                restriction=SQL("AND NOT ir_model_data.noupdate") if update else SQL(),
            )
        )
        return {(module, name): redirected for module, name, redirected in self.env.cr.fetchall()}

    @api.model
    def _load_xmlid(self, xml_id):
        """Note that a data file of the module being loaded defines ``xml_id``; return its record or ``None``."""
        try:
            record = self.env.ref(xml_id)
        except ValueError:
            return None
        self.pool.loaded_xmlids.add(xml_id)
        return record

    @api.model
    def toggle_noupdate(self, model, res_id):
        """Make the external ids of a record updatable, or not updatable, the opposite of what they are."""
        self.env[model].browse(res_id).check_access("write")
        named = self.search([("model", "=", model), ("res_id", "=", res_id)])
        protected = named.filtered("noupdate")
        protected.write({"noupdate": False})
        (named - protected).write({"noupdate": True})

    # the end of loading and uninstalling modules

    @api.model
    def _process_end_unlink_record(self, record):
        """Delete a record that a module does not define any more."""
        record.unlink()

    @api.model
    def _process_end(self, modules):
        """Delete what updated ``modules`` defined before but not in this loading."""
        if "ir.module.module" not in self.env or not modules or self.env.context.get("import_partial"):
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """SELECT id, module || '.' || name, model, res_id FROM ir_model_data
                WHERE module = ANY(%s) AND res_id IS NOT NULL AND COALESCE(noupdate, false) = false
             ORDER BY id DESC""",
                list(modules),
            )
        )
        loaded = self.pool.loaded_xmlids
        stale, gone_ids = [], []
        for data_id, xmlid, model_name, res_id in self.env.cr.fetchall():
            if xmlid in loaded:
                continue
            if model_name in self.env:
                stale.append((data_id, xmlid, self.env[model_name].browse(res_id)))
            else:
                gone_ids.append(data_id)
        self._unlink_stale(stale)
        self.browse(gone_ids).unlink()

    def _unlink_stale(self, stale):
        """Delete records, given with their external ids, that no other module defines."""
        force = {MODULE_UNINSTALL_FLAG: True}
        kept = self._defined_elsewhere([data_id for data_id, _xmlid, _record in stale])
        doomed_ids = []
        for data_id, xmlid, record in stale:
            doomed_ids.append(data_id)
            if data_id in kept or not record.exists():
                continue
            if record._name == "ir.model.fields" and self._is_inherited_or_alive(record):
                continue
            if record._name == "ir.model" and record.model in self.env:
                continue
            _logger.info("Deleting %s (%s)", record, xmlid)
            try:
                with self.env.cr.savepoint():
                    self._process_end_unlink_record(record.with_context(**force))
            except Exception as error:
                # a record that is still in use stays, with its external id: the next update tries again
                _logger.warning("Could not delete obsolete record %s (%s): %s", record, xmlid, error)
                doomed_ids.pop()
        self.browse(doomed_ids).exists().unlink()

    def _is_inherited_or_alive(self, record) -> bool:
        """Tell whether the field that ``record`` describes exists in the registry."""
        model = self.env.get(record.model)
        return model is not None and record.name in model._fields

    def _defined_elsewhere(self, data_ids) -> set:
        """Return those of the external ids ``data_ids`` whose record has another one that stays."""
        self.env.cr.execute(
            SQL(
                """SELECT d.id FROM ir_model_data d JOIN ir_model_data o ON o.model = d.model AND o.res_id = d.res_id
                WHERE d.id = ANY(%s) AND o.id != ALL(%s)""",
                data_ids,
                data_ids,
            )
        )
        return {data_id for [data_id] in self.env.cr.fetchall()}

    @api.model
    def _module_data_uninstall(self, modules_to_remove):
        """Delete all records that the modules named ``modules_to_remove`` brought, then their part of the schema.

        :raise AccessError: when the user is no administrator
        """
        if not self.env.is_system():
            raise AccessError(_("Only administrators may uninstall modules."))
        self = self.with_context(**{MODULE_UNINSTALL_FLAG: True})
        datas = self.search([("module", "in", modules_to_remove)])
        schema: dict = {
            "ir.model": [],
            "ir.model.fields": [],
            "ir.model.fields.selection": [],
            "ir.model.constraint": [],
        }
        records = []
        for data in datas.sorted("id", reverse=True):
            if data.model in schema:
                schema[data.model].append(data.res_id)
            elif data.model in self.env:
                records.append((data.model, data.res_id))
        shared = self._shared_records(datas)
        for model_name, pairs in itertools.groupby(records, itemgetter(0)):
            ids = [res_id for _model, res_id in pairs if (model_name, res_id) not in shared]
            self._delete_or_split(self.env[model_name].browse(ids), datas)
        self._uninstall_schema(schema, shared, modules_to_remove, datas)
        datas.exists().unlink()

    def _shared_records(self, datas) -> set:
        """Return (model, id) of the records of ``datas`` that other external ids point to as well."""
        self.env.cr.execute(
            SQL(
                """SELECT DISTINCT d.model, d.res_id FROM ir_model_data d
                 JOIN ir_model_data o ON o.model = d.model AND o.res_id = d.res_id
                WHERE d.id = ANY(%s) AND o.id != ALL(%s)""",
                datas.ids,
                datas.ids,
            )
        )
        return set(self.env.cr.fetchall())

    def _delete_or_split(self, records, datas):
        """Delete ``records``; when that fails, halve them until the ones that cannot be deleted stand alone."""
        records = records.exists()
        if not records:
            return
        if records._name == "ir.model.fields":
            records = records.filtered(lambda field: field.name not in models.MAGIC_COLUMNS)
        try:
            with self.env.cr.savepoint():
                records.unlink()
        except Exception as error:
            if len(records) == 1:
                _logger.info("%s is left without external id, it cannot be deleted: %s", records, error)
                return
            half = len(records) // 2
            self._delete_or_split(records[:half], datas)
            self._delete_or_split(records[half:], datas)

    def _uninstall_schema(self, schema, shared, module_names, datas):
        """Remove options, constraints, fields, models and relation tables of the modules, in this order."""

        def own(model_name):
            ids = [res_id for res_id in dict.fromkeys(schema[model_name]) if (model_name, res_id) not in shared]
            return self.env[model_name].browse(ids).exists()

        own("ir.model.fields.selection").unlink()
        modules = self.env["ir.module.module"].search([("name", "in", module_names)])
        self.env["ir.model.constraint"].search([("module", "in", modules.ids)])._module_data_uninstall()
        doomed_models = own("ir.model")
        doomed_names = set(doomed_models.mapped("model"))
        fields_ = own("ir.model.fields")
        fields_.filtered(
            lambda field: field.name not in models.MAGIC_COLUMNS and field.model not in doomed_names
        ).unlink()
        self.env["ir.model.relation"].search([("module", "in", modules.ids)])._module_data_uninstall()
        doomed_models.unlink()


#: the cache of look-ups by external id
lookup_cache = IrModelData._xmlid_lookup.__cache__
