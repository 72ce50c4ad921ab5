"""``mail.followers``: who is told of what happens to a document."""

from collections import defaultdict

from odoo import Command, api, fields, models

from ..tools.discuss import Store


class Followers(models.Model):
    """A partner who follows a document, with the kinds of messages they get."""

    _name = "mail.followers"
    _description = "Document Followers"
    _rec_name = "partner_id"
    _log_access = False

    res_model = fields.Char("Related Document Model Name", required=True, index=True)
    res_id = fields.Many2oneReference("Related Document ID", index=True, model_field="res_model")
    partner_id = fields.Many2one("res.partner", string="Related Partner", index=True, ondelete="cascade", required=True)
    subtype_ids = fields.Many2many("mail.message.subtype", string="Subtype")
    name = fields.Char(related="partner_id.name")
    email = fields.Char(related="partner_id.email")
    is_active = fields.Boolean("Is Active", related="partner_id.active")

    _sql_constraints = [
        (
            "mail_followers_res_partner_res_model_id_uniq",
            "unique(res_model, res_id, partner_id)",
            "A partner follows a document once.",
        ),
    ]

    # caches of the documents

    @api.model_create_multi
    def create(self, vals_list):
        """Add followers; documents forget theirs."""
        followers = super().create(vals_list)
        followers._invalidate_documents()
        return followers

    def write(self, vals):
        """Change followers; documents forget theirs when these change their document or partner."""
        moved = bool(vals.keys() & {"res_model", "res_id", "partner_id"})
        if moved:
            self._invalidate_documents()
        result = super().write(vals)
        if moved:
            self._invalidate_documents()
        return result

    def unlink(self):
        """Remove followers; documents forget theirs."""
        self._invalidate_documents()
        return super().unlink()

    def _invalidate_documents(self):
        """Make the documents forget who follows them."""
        by_model = defaultdict(list)
        for follower in self:
            if follower.res_id:
                by_model[follower.res_model].append(follower.res_id)
        for model_name, res_ids in by_model.items():
            if model_name in self.env:
                documents = self.env[model_name].browse(res_ids)
                names = {
                    "message_follower_ids",
                    "message_partner_ids",
                    "message_is_follower",
                } & documents._fields.keys()
                documents.invalidate_recordset(names, flush=False)

    # adding

    def _insert_followers(
        self,
        res_model,
        res_ids,
        partner_ids,
        subtypes=None,
        customer_ids=None,
        check_existing=True,
        existing_policy="skip",
    ):
        """Make partners follow documents.

        :param res_ids: ids of the documents
        :param partner_ids: ids of the partners
        :param subtypes: ``{partner id: ids of subtypes}``; the default ones of the model if empty
        :param customer_ids: ids of those partners who get no internal messages; found out if ``None``
        :param check_existing: look who follows already
        :param existing_policy: what happens to those: see :meth:`_add_followers`
        """
        self = self.sudo().with_context(default_partner_id=False)
        if not subtypes:
            subtypes = self._default_subtypes_of(res_model, partner_ids, customer_ids)
        new, changed = self._add_followers(res_model, res_ids, partner_ids, subtypes, check_existing, existing_policy)
        self.create([{"res_model": res_model, "res_id": id_, **vals} for id_, rows in new.items() for vals in rows])
        for follower_id, values in changed.items():
            self.browse(follower_id).write(values)

    def _default_subtypes_of(self, res_model, partner_ids, customer_ids):
        """Return ``{partner id: ids of the default subtypes}``."""
        if customer_ids is None:
            partners = self.env["res.partner"].sudo().browse(partner_ids)
            customer_ids = partners.filtered("partner_share").ids
        every, _internal, external = self.env["mail.message.subtype"].sudo()._default_subtypes(res_model)
        return {id_: external if id_ in customer_ids else every for id_ in partner_ids}

    def _add_followers(self, res_model, res_ids, partner_ids, subtypes, check_existing=False, existing_policy="skip"):
        """Return what is to be written so that partners follow documents.

        :param existing_policy: for those who follow already: ``skip`` leaves them as they are, ``force`` has them
            begin anew, ``replace`` gives them exactly the subtypes, ``update`` adds the missing ones
        :return: ``{document id: list of values of new followers}`` and ``{follower id: values to write}``
        """
        existing = {}
        if check_existing and res_ids:
            found = self.sudo().search_fetch(
                [("res_model", "=", res_model), ("res_id", "in", res_ids), ("partner_id", "in", partner_ids)],
                ["res_id", "partner_id"],
            )
            if existing_policy == "force":
                found.unlink()
            else:
                existing = {(follower.res_id, follower.partner_id.id): follower for follower in found}
        new, changed = defaultdict(list), {}
        for res_id in res_ids:
            for partner_id in dict.fromkeys(partner_ids):
                wanted = subtypes.get(partner_id) or []
                follower = existing.get((res_id, partner_id))
                if follower is None:
                    new[res_id].append({"partner_id": partner_id, "subtype_ids": [Command.set(list(wanted))]})
                elif commands := follower._subtype_commands(set(wanted), existing_policy):
                    changed[follower.id] = {"subtype_ids": commands}
        return new, changed

    def _subtype_commands(self, wanted, policy):
        """Return the commands that bring the subtypes of a follower to ``wanted``."""
        current = set(self.subtype_ids.ids) if policy in ("replace", "update") else wanted
        commands = [Command.link(id_) for id_ in sorted(wanted - current)]
        if policy == "replace":
            commands += [Command.unlink(id_) for id_ in sorted(current - wanted)]
        return commands

    # for clients

    def _to_store(self, store: Store, fields=None):
        """Put followers into a store.

        :param fields: ``{field name: True}``, for ``partner`` those of the partner
        """
        if fields is None:
            fields = dict.fromkeys(("display_name", "email", "is_active", "name", "partner", "thread"), True)
        columns = [name for name in ("display_name", "email", "is_active", "name") if name in fields]
        for follower in self:
            values = {name: follower[name] for name in columns}
            if "partner" in fields:
                wanted = {} if fields["partner"] is True else {"fields": fields["partner"]}
                values["partner"] = Store.one(follower.partner_id, **wanted)
                if "name" in fields:
                    values["partner_id"] = follower.partner_id.id
            if "thread" in fields:
                document = self.env[follower.res_model].browse(follower.res_id)
                values["thread"] = Store.one(document, as_thread=True, only_id=True)
            store.add(follower, values)
