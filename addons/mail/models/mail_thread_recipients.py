"""Partners for addresses, and whom a document would be answered to."""

from odoo import api, models, tools
from odoo.osv import expression
from odoo.tools.mail import email_normalize


class MailThreadRecipients(models.AbstractModel):
    """The recipients of threads."""

    _inherit = "mail.thread"

    def _get_customer_information(self):
        """Return ``{normalized address: values of a partner}`` of people the document knows, for creating them."""
        return {}

    # suggesting

    def _message_add_suggested_recipient(self, result, partner=None, email=None, lang=None, reason=""):
        """Add somebody to the list of those to whom an answer may go.

        :param result: the list, which is changed
        :param partner: who it is, if known
        :param email: their address, by which a partner is looked for otherwise
        :param reason: why they are in the list
        :return: the list
        """
        self.ensure_one()
        partner = partner or self.env["res.partner"]
        full_name = email
        if email and not partner:
            found = self._message_partner_info_from_emails([email])[0]
            full_name = found["full_name"]
            partner = partner.browse(found["partner_id"] or ())
        if email and any(email == other.get("email") for other in result):
            return result
        if partner and partner in self.sudo().message_partner_ids:
            return result
        if partner and any(other.get("partner_id") == partner.id for other in result):
            return result
        entry = {"lang": lang, "reason": reason}
        if partner:
            entry.update(partner_id=partner.id, name=partner.sudo().name or "")
            addresses = tools.email_normalize_all(partner.sudo().email or "")
            if addresses:
                entry["email"] = ",".join(addresses)
        else:
            values = self._get_customer_information().get(email_normalize(email), {}) if email else {}
            entry.update(name=values.get("name") or full_name or email, email=email, create_values=values)
        result.append(entry)
        return result

    def _message_get_suggested_recipients(self):
        """Return to whom an answer on the document may go.

        :return: list of dicts with ``lang``, ``name``, ``reason``, and ``partner_id`` or ``create_values``, ``email``
        """
        self.ensure_one()
        result = []
        if "user_id" in self._fields and self.sudo().user_id.partner_id:
            label = self._fields["user_id"]._description_string(self.env)
            self._message_add_suggested_recipient(result, partner=self.sudo().user_id.partner_id, reason=label)
        return result

    def _message_partner_info_from_emails(self, emails, link_mail=False):
        """Return who addresses belong to.

        :param emails: list of addresses, maybe with names
        :param link_mail: make the partners the authors of messages from there that have none
        :return: list of dicts with ``full_name`` and ``partner_id``
        """
        partners = self._mail_find_partner_from_emails(emails, records=self)
        if link_mail:
            orphans = self.env["mail.message"].sudo().search([("email_from", "in", emails), ("author_id", "=", False)])
            by_email = dict(zip(emails, partners, strict=True))
            for message in orphans:
                message.author_id = by_email.get(message.email_from) or False
        return [
            {"full_name": partner.email_formatted if partner else email, "partner_id": partner.id}
            for email, partner in zip(emails, partners, strict=True)
        ]

    # finding

    @api.model
    def _mail_search_on_user(self, normalized_emails, extra_domain=False):
        """Return the partners of users with these addresses."""
        domain = [("email_normalized", "in", normalized_emails)]
        if extra_domain:
            domain = expression.AND([domain, extra_domain])
        users = self.env["res.users"].sudo()
        partners = self.env["res.partner"].sudo()._search(domain)
        return users.search([("partner_id", "in", partners)]).partner_id

    @api.model
    def _mail_search_on_partner(self, normalized_emails, extra_domain=False):
        """Return the partners with these addresses."""
        conditions = [[("email_normalized", "in", normalized_emails)], extra_domain or []]
        return self.env["res.partner"].search(expression.AND(conditions))

    @api.model
    def _mail_find_partner_from_emails(self, emails, records=None, force_create=False, extra_domain=False):
        """Return the partners that addresses belong to.

        :param emails: list of addresses; of several in one text, the first counts
        :param records: documents whose followers, and whose companies', come first
        :param force_create: create partners for unknown addresses
        :param extra_domain: domain of the partners
        :return: list of partners, empty ones for addresses without
        """
        nobody = self.env["res.partner"]
        normalized = [email_normalize(email, strict=False) for email in emails]
        wanted = self._without_aliases(normalized)
        candidates = self._partner_candidates(wanted, records, extra_domain) if wanted else nobody
        first = {}
        for partner in self._in_order_of_choice(candidates, records):
            first.setdefault(partner.email_normalized, partner)
        result = []
        for email, address in zip(emails, normalized, strict=True):
            partner = first.get(address, nobody)
            if not partner and force_create and address in wanted:
                partner = nobody.browse(nobody.name_create(email)[0])
                first[address] = partner
            result.append(partner.sudo(self.env.su))
        return result

    def _without_aliases(self, addresses):
        """Return those addresses that are not our own aliases."""
        addresses = list(dict.fromkeys(filter(None, addresses)))
        if not addresses:
            return []
        aliases = (
            self.env["mail.alias"].sudo().search_fetch([("alias_full_name", "in", addresses)], ["alias_full_name"])
        )
        taken = set(aliases.mapped("alias_full_name"))
        return [address for address in addresses if address not in taken]

    def _partner_candidates(self, addresses, records, extra_domain):
        """Return the partners with addresses: followers first, then users, then others."""
        candidates = self.env["res.partner"]
        missing = set(addresses)
        if records and "message_partner_ids" in records._fields:
            followers = (
                self.env["mail.followers"]
                .sudo()
                .search(
                    [
                        ("res_model", "=", records._name),
                        ("res_id", "in", records.ids),
                        ("partner_id.email_normalized", "in", addresses),
                    ]
                )
            )
            candidates |= followers.partner_id
            missing -= set(candidates.mapped("email_normalized"))
        for search in (self._mail_search_on_user, self._mail_search_on_partner):
            if missing:
                found = search(list(missing), extra_domain=extra_domain)
                candidates |= found
                missing -= set(found.mapped("email_normalized"))
        return candidates

    def _in_order_of_choice(self, candidates, records):
        """Return partners so that those to be chosen come first."""
        companies = self.env["res.company"]
        if records and (name := records._mail_get_company_field()):
            companies = records.sudo()[name]

        def rank(partner):
            own = partner != self.env.user.partner_id
            fits = partner.company_id not in companies if companies else True
            return own, fits or not partner.company_id, bool(partner.company_id)

        return candidates.sudo().sorted(rank)

    @api.model
    def _mail_find_user_for_gateway(self, email, alias=None):
        """Return the user who sends from an address.

        :param alias: alias that the e-mail went to: those who follow its owner come first
        """
        nobody = self.env["res.users"]
        address = email_normalize(email)
        if not address or not self._without_aliases([address]):
            return nobody
        if alias and alias.alias_parent_model_id and alias.alias_parent_thread_id:
            followers = (
                self.env["mail.followers"]
                .sudo()
                .search(
                    [
                        ("res_model", "=", alias.alias_parent_model_id.model),
                        ("res_id", "=", alias.alias_parent_thread_id),
                        ("partner_id.email_normalized", "=", address),
                    ]
                )
            )
            users = followers.partner_id.user_ids
            if users:
                return users[0]
        return self._mail_search_on_user([address]).user_ids[:1]
