"""Following documents, and becoming a follower by what is written into them."""

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.discuss import Store


class MailThreadFollowers(models.AbstractModel):
    """The followers of threads."""

    _inherit = "mail.thread"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Have partners follow these documents.

        :param partner_ids: list of ids
        :param subtype_ids: ids of the kinds of messages they get; the default ones if empty, which leaves those who
            follow already as they are
        :return: ``False`` when the user cannot follow what they may not read
        :raise AccessError: when the user may not change the documents, and the partners are others
        """
        if not self or not partner_ids:
            return True
        partner_ids = list(dict.fromkeys(partner_ids))
        if partner_ids == self.env.user.partner_id.ids:
            try:
                self.check_access("read")
            except AccessError:
                return False
        else:
            self.check_access("write")
            partners = self.env["res.partner"].sudo()
            active = set(partners.search([("id", "in", partner_ids), ("active", "=", True)])._ids)
            partner_ids = [id_ for id_ in partner_ids if id_ in active]
        return self._message_subscribe(partner_ids, subtype_ids)

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Have partners follow these documents; nothing is checked.

        :param customer_ids: ids of those who get no internal messages; found out if ``None``
        """
        if not self or not partner_ids:
            return True
        chosen = {id_: list(subtype_ids) for id_ in partner_ids} if subtype_ids else None
        self.env["mail.followers"].sudo()._insert_followers(
            self._name,
            self.ids,
            partner_ids,
            subtypes=chosen,
            customer_ids=customer_ids,
            existing_policy="replace" if chosen else "skip",
        )
        return True

    def message_unsubscribe(self, partner_ids=None):
        """Have partners follow these documents no longer.

        :param partner_ids: list of ids
        :raise AccessError: when the user may not change the documents, and the partners are others
        """
        if not partner_ids:
            return True
        user = self.env.user
        if set(partner_ids) != set(user.partner_id.ids):
            self.check_access("write")
        elif not user._is_internal():
            self.check_access("read")
        followers = self.env["mail.followers"].sudo()
        followers.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("partner_id", "in", list(partner_ids)),
            ]
        ).unlink()
        return None

    @api.readonly
    def message_get_followers(self, after=None, limit=100, filter_recipients=False):
        """Return a page of the followers other than the user, for clients.

        :param after: id of the last follower of the page before
        :param filter_recipients: only those who get comments
        """
        self.ensure_one()
        self.check_access("read")
        page = Store()
        self._message_followers_to_store(page, after=after, limit=limit, filter_recipients=filter_recipients)
        return page.get_result()

    def _message_followers_to_store(self, store, after=None, limit=100, filter_recipients=False, reset=False):
        """Put a page of followers into a store.

        :param reset: replace those that clients know
        """
        domain = self._followers_domain(bool(filter_recipients))
        if after:
            domain.append(("id", ">", after))
        followers = self.env["mail.followers"].sudo().search(domain, limit=int(limit or 0) or None, order="id ASC")
        key = "recipients" if filter_recipients else "followers"
        store.add(
            self,
            {key: Store.many(followers.with_env(self.env).sudo(), "REPLACE" if reset else "ADD")},
            as_thread=True,
        )

    def _followers_domain(self, filter_recipients):
        """Return the domain of the followers other than the user."""
        domain = [
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("partner_id", "!=", self.env.user.partner_id.id),
        ]
        if filter_recipients:
            comment = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
            domain += [("subtype_ids", "=", comment), ("partner_id.active", "=", True)]
        return domain

    # by what is written

    def _message_auto_subscribe_followers(self, updated_values, default_subtype_ids):
        """Return who follows because of values: whoever became responsible.

        :param updated_values: what was written
        :param default_subtype_ids: ids of the default kinds of messages
        :return: list of ``(partner id, ids of subtypes or False, external id of a template that tells them or False)``
        """
        field = self._fields.get("user_id")
        value = updated_values.get("user_id")
        if not value or field is None or field.comodel_name != "res.users" or not getattr(field, "tracking", None):
            return []
        user = self.env["res.users"].sudo().browse(int(value))
        if not user.active:
            return []
        template = False if user == self.env.user else "mail.message_user_assigned"
        return [(user.partner_id.id, list(default_subtype_ids), template)]

    def _message_auto_subscribe(self, updated_values, followers_existing_policy="skip"):
        """Have follow these documents who follow those that values lead to, and who became responsible for them.

        :param updated_values: what was written
        :param followers_existing_policy: what happens to those who follow, see ``mail.followers``
        """
        if not self:
            return True
        subtypes = self.env["mail.message.subtype"]
        own, default, internal, parent, relation = subtypes._get_auto_subscription_subtypes(self._name)
        wanted = self._followers_of_relations(updated_values, relation, parent, own, internal)
        told = defaultdict(lambda: self.env["res.partner"])
        for partner_id, subtype_ids, template in self._message_auto_subscribe_followers(updated_values, default):
            wanted.setdefault(partner_id, subtype_ids)
            if template:
                partner = self.env["res.partner"].sudo().browse(int(partner_id))
                told[template, partner.lang] |= partner
        if not wanted:
            return True
        self.env["mail.followers"]._insert_followers(
            self._name,
            self.ids,
            list(wanted),
            subtypes=wanted,
            check_existing=True,
            existing_policy=followers_existing_policy,
        )
        for (template, lang), partners in told.items():
            self.with_context(lang=lang)._message_auto_subscribe_notify(partners.ids, template)
        return True

    def _followers_of_relations(self, updated_values, relation, parent, own, internal):
        """Return ``{partner id: ids of subtypes}`` for the followers of the documents that values lead to."""
        documents = [
            (model_name, [updated_values[name]])
            for model_name, names in relation.items()
            for name in names
            if updated_values.get(name)
        ]
        if not documents:
            return {}
        rows = (
            self.env["mail.followers"]
            .sudo()
            ._get_subscription_data(documents, None, include_pshare=True, include_active=True)
        )
        wanted: dict = {}
        for _follower_id, _res_id, partner_id, followed, is_share, is_active in rows:
            if not is_active:
                continue
            ids = {parent[id_] for id_ in followed if id_ in parent}
            ids.update(id_ for id_ in followed if id_ in own and id_ not in parent)
            if is_share:
                ids.difference_update(internal)
            wanted.setdefault(partner_id, set()).update(ids)
        return {partner_id: sorted(ids) for partner_id, ids in wanted.items()}

    def _message_auto_subscribe_notify(self, partner_ids, template):
        """Tell partners that they are responsible for these documents.

        :param template: external id of the view of the text
        """
        if self.env.context.get("mail_auto_subscribe_no_notify") or not self.env.registry.ready:
            return
        kind = self.env["ir.model"]._get(self._name).display_name
        companies = self.sudo()._mail_get_companies(default=self.env.company)
        parts = {
            "email_layout_xmlid": "mail.mail_notification_layout",
            "model_description": kind,
            "partner_ids": partner_ids,
        }
        for document in self:
            name = document.display_name
            link = document._notify_get_action_link("view")
            names = {
                "access_link": link,
                "company": companies[document.id],
                "model_description": kind,
                "object": document,
            }
            text = self.env["ir.qweb"]._render(template, names, minimal_qcontext=True)
            document.message_notify(
                body=self.env["mail.render.mixin"]._replace_local_links(text),
                record_name=name,
                subject=self.env._("You have been assigned to %s", name),
                **parts,
            )
