"""Partners: threads that are the recipients of messages."""

from odoo import api, fields, models, tools
from odoo.osv import expression
from odoo.tools.translate import _

from ..tools.discuss import Store

#: how clients are told of partners, by default
_FIELDS = ("active", "email", "im_status", "is_company", "name", "user", "write_date")


class Partner(models.Model):
    """Contacts with a chatter."""

    _name = "res.partner"
    _inherit = ["res.partner", "mail.activity.mixin", "mail.thread.blacklist"]
    _mail_flat_thread = False

    name = fields.Char(tracking=1)
    email = fields.Char(tracking=1)
    phone = fields.Char(tracking=2)
    parent_id = fields.Many2one(tracking=3)
    user_id = fields.Many2one(tracking=4)
    vat = fields.Char(tracking=5)
    contact_address_inline = fields.Char(
        compute="_compute_contact_address_inline", string="Inlined Complete Address", tracking=True
    )
    starred_message_ids = fields.Many2many(
        "mail.message", "mail_message_res_partner_starred_rel", string="Starred Message"
    )

    @api.depends("contact_address")
    def _compute_contact_address_inline(self):
        """Put the address on one line."""
        for partner in self:
            lines = (line.strip() for line in (partner.contact_address or "").splitlines())
            partner.contact_address_inline = ", ".join(filter(None, lines))

    @api.model
    def _get_address_tracked_fields(self):
        """Return the fields of addresses, of which one line is tracked."""
        return self._address_fields()

    def _get_needaction_count(self):
        """Return how many messages the partner has to read."""
        self.ensure_one()
        return (
            self.env["mail.notification"]
            .sudo()
            .search_count([("res_partner_id", "=", self.id), ("is_read", "=", False)])
        )

    # recipients

    def _mail_get_partners(self, introspect_fields=False):
        """A contact concerns itself."""
        return {partner.id: partner for partner in self}

    def _message_get_suggested_recipients(self):
        """Suggest the contact itself too."""
        return self._message_add_suggested_recipient(
            super()._message_get_suggested_recipients(), partner=self, reason=_("Partner Profile")
        )

    def _message_get_default_recipients(self):
        """E-mails about a contact go to the contact."""
        return {partner.id: {"partner_ids": partner.ids, "email_to": False, "email_cc": False} for partner in self}

    @api.model
    @api.returns("self", lambda value: value.id)
    def find_or_create(self, email, assert_valid_email=False):
        """Return the contact with an address, created when there is none.

        :param email: address, maybe with a name
        :raise ValueError: for no address, or if ``assert_valid_email`` one that is none
        """
        if not email:
            raise ValueError(_("An e-mail address is needed to find a contact."))
        name, address = tools.parse_contact_from_email(email)
        if assert_valid_email and not address:
            raise ValueError(_("%(email)s is no e-mail address.", email=email))
        found = self.search([("email_normalized", "=", address)], limit=1) if address else self.browse()
        if found:
            return found
        return self.create({"name": name or address, "email": address} if address else {"name": name})

    @api.model
    def _find_or_create_from_emails(self, emails, additional_values=None):
        """Return the contacts with addresses, created where there are none.

        :param emails: list of addresses
        :param additional_values: ``{normalized address: values of a new contact}``; under ``False`` for what is none
        :return: list of contacts in the same order, empty ones for empty addresses
        """
        additional_values = additional_values or {}
        parsed = [tools.parse_contact_from_email(email) if email else ("", "") for email in emails]
        keys = [address or (email or "").strip() for (_name, address), email in zip(parsed, emails, strict=True)]
        addresses = {address for _name, address in parsed if address}
        texts = set(keys) - addresses - {""}
        found: dict = {}
        if addresses or texts:
            domain = ["|", ("email_normalized", "in", list(addresses)), ("email", "in", list(texts))]
            for partner in self.search(domain):
                found.setdefault(partner.email_normalized or partner.email, partner)
        missing: dict = {}
        for (name, address), key in zip(parsed, keys, strict=True):
            if not key or key in found or key in missing:
                continue
            values = {"name": name or key, "email": address or key}
            if self.env.context.get("lang"):
                values["lang"] = self.env.lang
            extra = additional_values.get(address or False) or {}
            missing[key] = {**values, **{field: value for field, value in extra.items() if value}}
        for key, partner in zip(missing, self.create(list(missing.values())), strict=True):
            found[key] = partner
        return [found.get(key, self.browse()) for key in keys]

    # for clients

    def _to_store(self, store: Store, /, *, fields=None, main_user_by_partner=None):
        """Put contacts into a store.

        :param fields: names of what is told; ``user`` is about the main user of the contact
        :param main_user_by_partner: ``{contact: its main user}``
        """
        names = list(_FIELDS if fields is None else fields)
        if "email" in names and not self.env.user._is_internal():
            names.remove("email")
        columns = [name for name in names if name in self._fields and name != "im_status"]
        for partner in self.sudo():
            values = {name: partner[name] for name in columns}
            if "im_status" in names and "im_status" in self._fields:
                values["im_status"] = partner.im_status
            if "country" in names:
                country = partner.country_id
                values["country"] = {"id": country.id, "code": country.code, "name": country.name} if country else False
            if "display_name" in names:
                values["displayName"] = values.pop("display_name")
            if "user" in names:
                user = (main_user_by_partner or {}).get(partner) or partner._main_user()
                values["userId"] = user.id
                values["isInternalUser"] = bool(user) and not user.share
                if "isAdmin" in names:
                    values["isAdmin"] = user._is_admin()
                if "notification_type" in names:
                    values["notification_preference"] = user.notification_type
            store.add(partner.with_env(self.env), values)

    def _main_user(self):
        """Return the user that counts for the contact: one of the house first."""
        users = self.with_context(active_test=False).user_ids
        inside = users.filtered(lambda user: not user.share)
        return (inside or users)[:1]

    @api.model
    def _get_mention_suggestions_domain(self, search):
        """Return the domain of contacts to mention, by a part of their name or address."""
        return ["&", ("active", "=", True), "|", ("name", "ilike", search), ("email", "ilike", search)]

    @api.model
    @api.readonly
    def get_mention_suggestions(self, search, limit=8):
        """Return contacts to mention, users of the house first, for clients.

        :param search: part of a name or an address
        """
        domain = self._get_mention_suggestions_domain(search)
        return Store(self._search_mention_suggestions(domain, limit)).get_result()

    @api.model
    def _search_mention_suggestions(self, domain, limit):
        """Return contacts of a domain: users of the house, then other users, then others."""
        kinds = (
            [("user_ids", "!=", False), ("user_ids.active", "=", True), ("partner_share", "=", False)],
            [("user_ids", "!=", False), ("partner_share", "=", True)],
            [],
        )
        found = self.browse()
        for kind in kinds:
            if len(found) < limit:
                wanted = expression.AND([domain, kind, [("id", "not in", found.ids)]])
                found |= self.search(wanted, limit=limit - len(found))
        return found
