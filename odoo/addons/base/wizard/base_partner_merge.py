"""The wizard that makes one partner of several."""

import itertools
import logging
from ast import literal_eval

import psycopg2
from psycopg2.extras import Json

from odoo import Command, _, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

#: how many partners become one at most, so that a mistake does not cost all
MAX_MERGED = 3


class MergePartnerLine(models.TransientModel):
    """Partners that look the same."""

    _name = "base.partner.merge.line"
    _description = "Merge Partner Line"
    _order = "min_id asc"

    wizard_id = fields.Many2one("base.partner.merge.automatic.wizard", "Wizard")
    min_id = fields.Integer("MinID")
    aggr_ids = fields.Char("Ids", required=True)


class MergePartnerAutomatic(models.TransientModel):
    """Finds partners that look the same, and merges those that the user confirms."""

    _name = "base.partner.merge.automatic.wizard"
    _description = "Merge Partner Wizard"

    group_by_email = fields.Boolean("Email")
    group_by_name = fields.Boolean("Name")
    group_by_is_company = fields.Boolean("Is Company")
    group_by_vat = fields.Boolean("VAT")
    group_by_parent_id = fields.Boolean("Parent Company")
    state = fields.Selection(
        [("option", "Option"), ("selection", "Selection"), ("finished", "Finished")],
        readonly=True,
        required=True,
        string="State",
        default="option",
        copy=False,
    )
    number_group = fields.Integer("Group of Contacts", readonly=True)
    current_line_id = fields.Many2one("base.partner.merge.line", string="Current Line")
    line_ids = fields.One2many("base.partner.merge.line", "wizard_id", string="Lines")
    partner_ids = fields.Many2many("res.partner", string="Contacts", context={"active_test": False})
    dst_partner_id = fields.Many2one("res.partner", string="Destination Contact")
    exclude_contact = fields.Boolean("A user associated to the contact")
    exclude_journal_item = fields.Boolean("Journal Items associated to the contact")
    maximum_group = fields.Integer("Maximum of Group of Contacts")

    @api.model
    def default_get(self, fields):
        """Start with the selected partners."""
        values = super().default_get(fields)
        context = self.env.context
        if context.get("active_model") == "res.partner" and context.get("active_ids"):
            group = self._group_values(context["active_ids"])
            values.update((name, group[name]) for name in fields if name in group)
        return values

    def _group_values(self, partner_ids) -> dict:
        """Return the values of a wizard that shows partners which may be one."""
        return {
            "state": "selection",
            "partner_ids": [Command.set(partner_ids)],
            "dst_partner_id": self._get_ordered_partner(partner_ids)[-1].id,
        }

    # moving what refers to records

    def _get_fk_on(self, table):
        """Return (table, column) of the foreign keys that refer to the ids of ``table``."""
        return self.env.execute_query(
            SQL(
                """SELECT cl.relname, att.attname FROM pg_constraint con
                 JOIN pg_class cl ON cl.oid = con.conrelid
                 JOIN pg_class target ON target.oid = con.confrelid
                 JOIN pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
                 JOIN pg_attribute key ON key.attrelid = con.confrelid AND key.attnum = con.confkey[1]
                WHERE con.contype = 'f' AND target.relname = %s AND key.attname = 'id' AND cl.relkind = 'r'""",
                table,
            )
        )

    @api.model
    def _update_foreign_keys_generic(self, model, src_records, dst_record):
        """Let the columns that refer to ``src_records`` refer to ``dst_record``."""
        self.env.flush_all()
        table = self.env[model]._table
        own = {self._table, "base_partner_merge_line", "base_partner_merge_automatic_wizard_res_partner_rel"}
        for name, column in self._get_fk_on(table):
            if name not in own and not (name == table and column == "id"):
                self._redirect_column(name, column, src_records, dst_record)
        for field in self._stored_fields("many2one"):
            if field.company_dependent and field.comodel_name == model:
                self._redirect_company_values(field, src_records, dst_record)
        self.env.invalidate_all(flush=False)

    def _stored_fields(self, field_type):
        """Yield the fields of a type that have a column."""
        for name in self.env.registry:
            model = self.env[name]
            if model._auto and not model._abstract:
                yield from (field for field in model._fields.values() if field.type == field_type and field.store)

    def _redirect_company_values(self, field, src_records, dst_record):
        """Let the values that companies have for a many2one refer to ``dst_record``; they have no foreign key."""
        self.env.cr.execute(
            SQL(
                """UPDATE %(table)s
                  SET %(column)s = (SELECT jsonb_object_agg(key, CASE WHEN value <@ %(src)s THEN %(dst)s ELSE value END)
                                      FROM jsonb_each(%(column)s))
                WHERE EXISTS (SELECT 1 FROM jsonb_each(%(column)s) WHERE value <@ %(src)s)""",
                table=SQL.identifier(self.env[field.model_name]._table),
                column=SQL.identifier(field.name),
                src=Json(src_records.ids),
                dst=Json(dst_record.id),
            )
        )

    def _redirect_column(self, table, column, src_records, dst_record):
        """Let one column refer to ``dst_record``; rows that exist for it already go."""
        others = self.env.execute_query(
            SQL(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
                "AND attname != %s",
                table,
                column,
            )
        )
        target, name = SQL.identifier(table), SQL.identifier(column)
        if len(others) == 1:
            # a table of a many2many: two columns that are unique together
            other = SQL.identifier(others[0][0])
            self.env.cr.execute(
                SQL(
                    """UPDATE %(table)s t SET %(column)s = %(dst)s WHERE %(column)s = ANY(%(src)s)
                      AND NOT EXISTS (SELECT 1 FROM %(table)s x
                                       WHERE x.%(column)s = %(dst)s AND x.%(other)s = t.%(other)s)
                      AND t.ctid = (SELECT min(y.ctid) FROM %(table)s y
                                     WHERE y.%(column)s = ANY(%(src)s) AND y.%(other)s = t.%(other)s)""",
                    table=target,
                    column=name,
                    other=other,
                    dst=dst_record.id,
                    src=list(src_records.ids),
                )
            )
            self.env.cr.execute(SQL("DELETE FROM %s WHERE %s = ANY(%s)", target, name, list(src_records.ids)))
            return
        referring = SQL("%s = ANY(%s)", name, list(src_records.ids))
        if not self._redirect_rows(target, name, dst_record, referring):
            for [place] in self.env.execute_query(SQL("SELECT ctid FROM %s WHERE %s", target, referring)):
                row = SQL("ctid = %s::tid", place)
                if not self._redirect_rows(target, name, dst_record, row):
                    # the row would exist twice: the destination keeps its own one
                    self.env.cr.execute(SQL("DELETE FROM %s WHERE %s", target, row))

    def _redirect_rows(self, table, column, dst_record, condition) -> bool:
        """Let a column of some rows refer to ``dst_record``, of all or of none; tell whether the table permits it."""
        try:
            with self.env.cr.savepoint(flush=False):
                statement = SQL("UPDATE %s SET %s = %s WHERE %s", table, column, dst_record.id, condition)
                self.env.cr.execute(statement, log_exceptions=False)
        except psycopg2.IntegrityError:
            return False
        return True

    @api.model
    def _update_reference_fields_generic(
        self, referenced_model, src_records, dst_record, additional_update_records=None
    ):
        """Let what refers to ``src_records`` by model and id refer to ``dst_record``."""
        pairs = [
            ("ir.attachment", "res_model", "res_id"),
            ("ir.model.data", "model", "res_id"),
            *(additional_update_records or ()),
        ]
        pairs += [
            (field.model_name, field.model_field, field.name) for field in self._stored_fields("many2one_reference")
        ]
        for model_name, model_field, id_field in dict.fromkeys(pairs):
            if model_name not in self.env:
                continue
            model = self.env[model_name].sudo().with_context(active_test=False)
            records = model.search(
                [
                    (model_field, "=", referenced_model),
                    (id_field, "in", src_records.ids),
                    *([("res_field", "=", False)] if model_name == "ir.attachment" else []),
                ]
            )
            self._redirect_records(records, {id_field: dst_record.id})
        references = self.env["ir.model.fields"].sudo().search([("ttype", "=", "reference"), ("store", "=", True)])
        old = [f"{referenced_model},{id_}" for id_ in src_records.ids]
        for field in references:
            model = self.env.get(field.model)
            if model is not None and model._auto and not model._abstract and field.name in model._fields:
                model.sudo().with_context(active_test=False).search([(field.name, "in", old)]).write(
                    {field.name: f"{referenced_model},{dst_record.id}"}
                )
        self.env.flush_all()

    def _redirect_records(self, records, values):
        """Write ``values`` that make records refer to another one; those that it has already go."""
        try:
            with self.env.cr.savepoint():
                records.write(values)
        except psycopg2.IntegrityError:
            if len(records) == 1:
                records.unlink()
            else:
                for record in records:
                    self._redirect_records(record, values)

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Let the columns that refer to ``src_partners`` refer to ``dst_partner``."""
        self._update_foreign_keys_generic("res.partner", src_partners, dst_partner)

    @api.model
    def _update_reference_fields(self, src_partners, dst_partner):
        """Let what refers to ``src_partners`` by model and id refer to ``dst_partner``."""
        self._update_reference_fields_generic("res.partner", src_partners, dst_partner)

    def _get_summable_fields(self):
        """Return the names of fields whose values are added up; extended by other modules."""
        return []

    @api.model
    def _update_values(self, src_partners, dst_partner):
        """Fill the empty fields of ``dst_partner`` with the values of the others, and add up what can be."""
        summable = self._get_summable_fields()
        values: dict = {}
        for name, field in dst_partner._fields.items():
            if field.type in ("many2many", "one2many") or field.compute or not field.store or field.automatic:
                continue
            for partner in itertools.chain(src_partners, [dst_partner]):
                value = partner[name]
                if value:
                    if name in summable and values.get(name):
                        values[name] += value
                    else:
                        values[name] = field.convert_to_write(value, partner)
        parent_id = values.pop("parent_id", None)
        dst_partner.write(values)
        if parent_id and parent_id != dst_partner.id:
            try:
                with self.env.cr.savepoint():
                    dst_partner.write({"parent_id": parent_id})
            except ValidationError:
                _logger.info("partner %s keeps its company: %s is below it", dst_partner.id, parent_id)

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Make one partner of several.

        :param dst_partner: the one that stays, the oldest active one as a rule: :meth:`_get_ordered_partner`
        :param extra_checks: refuse partners with different addresses, and too many
        :raise UserError: when they may not be merged
        """
        if self.env.is_admin():
            extra_checks = False
        partners = self.env["res.partner"].browse(partner_ids).exists()
        if len(partners) < 2:
            return
        if len(partners) > MAX_MERGED and extra_checks:
            raise UserError(_("At most %s contacts can be merged at once.", MAX_MERGED))
        for partner in partners:
            below = self.env["res.partner"].search([("id", "child_of", partner.id)]) - partner
            if below & partners:
                raise UserError(_("A contact cannot be merged with its company."))
        users = self.env["res.users"].sudo().with_context(active_test=False)
        if users.search_count([("partner_id", "in", partners.ids)], limit=2) > 1:
            raise UserError(_("Contacts of several users, archived or not, cannot be merged: each user needs its own."))
        if extra_checks and len({partner.email for partner in partners}) > 1:
            raise UserError(_("Only administrators may merge contacts with different e-mail addresses."))
        if dst_partner and dst_partner in partners:
            sources = partners - dst_partner
        else:
            ordered = self._get_ordered_partner(partners.ids)
            dst_partner, sources = ordered[-1], ordered[:-1]
        if extra_checks and self.env.ref("base.user_root").partner_id in sources:
            raise UserError(_("The contact of the system cannot be merged."))
        self._merge_bank_accounts(sources, dst_partner)
        self._update_foreign_keys(sources, dst_partner)
        self._update_reference_fields(sources, dst_partner)
        self._update_values(sources, dst_partner)
        self.env.add_to_compute(dst_partner._fields["partner_share"], dst_partner)
        self._log_merge_operation(sources, dst_partner)
        sources.unlink()

    def _merge_bank_accounts(self, src_partners, dst_partner):
        """Make one of the bank accounts with the same number; what refers to the others refers to it then."""
        staying: dict = {}
        for partner in (dst_partner, *src_partners):
            for account in partner.with_context(active_test=False).bank_ids:
                staying.setdefault(account.sanitized_acc_number, []).append(account)
        for kept, *others in staying.values():
            if others:
                duplicates = kept.union(*others) - kept
                if not kept.active and any(duplicates.mapped("active")):
                    kept.active = True
                self._update_foreign_keys_generic(kept._name, duplicates, kept)
                self._update_reference_fields_generic(kept._name, duplicates, kept)
                duplicates.unlink()

    def _log_merge_operation(self, src_partners, dst_partner):
        """Log who merged what."""
        _logger.info("user %s merged contacts %s into %s", self.env.uid, src_partners.ids, dst_partner.id)

    # finding partners that look the same

    def _compute_selected_groupby(self):
        """Return the names of the fields that are the same.

        :raise UserError: when none is chosen
        """
        prefix = "group_by_"
        names = [name[len(prefix) :] for name in self._fields if name.startswith(prefix) and self[name]]
        if not names:
            raise UserError(_("Choose what contacts have in common."))
        return names

    def _get_ordered_partner(self, partner_ids):
        """Return partners, the one that others are merged into last: the oldest active one.

        Of several that were created in one go it is the last one.
        """
        return (
            self.env["res.partner"]
            .browse(partner_ids)
            .sorted(
                key=lambda partner: (not partner.active, partner.create_date or fields.Datetime.now(), -partner.id),
                reverse=True,
            )
        )

    def _groups(self, names, maximum):
        """Return (smallest id, ids) of the partners that have the fields ``names`` in common."""

        def term(name):
            column = SQL.identifier("p", name)
            return (
                SQL("lower(%s)", column)
                if name in ("email", "name")
                else (SQL("replace(%s, ' ', '')", column) if name == "vat" else column)
            )

        self.env.flush_all()
        conditions = [
            SQL("%s IS NOT NULL", SQL.identifier("p", name)) for name in names if name in ("email", "name", "vat")
        ]
        return self.env.execute_query(
            SQL(
                "SELECT min(p.id), array_agg(p.id ORDER BY p.id) FROM res_partner p %s GROUP BY %s "
                "HAVING COUNT(*) >= 2 ORDER BY min(p.id) %s",
                SQL("WHERE %s", SQL(" AND ").join(conditions)) if conditions else SQL(),
                SQL(", ").join(map(term, names)),
                SQL("LIMIT %s", maximum) if maximum else SQL(),
            )
        )

    def _excluded_ids(self, ids):
        """Return those of the partners that the options leave out."""
        excluded = set()
        pairs = [("res.users", self.exclude_contact), ("account.move.line", self.exclude_journal_item)]
        for model_name, wanted in pairs:
            if wanted and model_name in self.env:
                records = (
                    self.env[model_name].sudo().with_context(active_test=False).search([("partner_id", "in", ids)])
                )
                excluded.update(records.partner_id.ids)
        return excluded

    def action_start_manual_process(self):
        """Find partners that look the same, and return the action that shows the first ones."""
        self.ensure_one()
        self._find_lines(self._compute_selected_groupby())
        return self._action_next_screen()

    def _find_lines(self, names):
        """Store the groups of partners that look the same."""
        lines = []
        for min_id, ids in self._groups(names, self.maximum_group):
            visible = self.env["res.partner"].search([("id", "in", ids)])
            kept = [id_ for id_ in visible.ids if id_ not in self._excluded_ids(visible.ids)]
            if len(kept) >= 2:
                lines.append({"wizard_id": self.id, "min_id": min_id, "aggr_ids": str(sorted(kept))})
        self.line_ids.unlink()
        self.env["base.partner.merge.line"].create(lines)
        self.write({"state": "selection", "number_group": len(lines)})

    def _action_next_screen(self):
        """Show the next group, or tell that all are done."""
        self.env.invalidate_all()
        line = self.line_ids[:1]
        if line:
            values = self._group_values(literal_eval(line.aggr_ids))
        else:
            values = {"state": "finished", "partner_ids": []}
        self.write({**values, "current_line_id": line.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_skip(self):
        """Leave the group as it is."""
        self.current_line_id.unlink()
        return self._action_next_screen()

    def action_start_automatic_process(self):
        """Merge all partners that look the same."""
        self.ensure_one()
        self.action_start_manual_process()
        for line in self.line_ids:
            self._merge(literal_eval(line.aggr_ids))
            line.unlink()
        return self._action_next_screen()

    def parent_migration_process_cb(self):
        """Merge companies that have the same number with the contacts of their name."""
        self.ensure_one()
        for _min_id, ids in self._groups(["email", "parent_id"], 0):
            partners = self.env["res.partner"].search([("id", "in", ids), ("parent_id", "!=", False)])
            if len(partners) >= 2:
                self._merge(partners.ids)
        return self._action_next_screen()

    def action_update_all_process(self):
        """Merge by tax number, then by e-mail and name."""
        self.ensure_one()
        for names in (["vat"], ["email", "name"]):
            for _min_id, ids in self._groups(names, 0):
                self._merge(self.env["res.partner"].search([("id", "in", ids)]).ids)
        return self._action_next_screen()

    def action_merge(self):
        """Merge the partners of the present group, and show the next one."""
        if self.partner_ids:
            self._merge(self.partner_ids.ids, self.dst_partner_id)
            self.current_line_id.unlink()
        return self._action_next_screen()
