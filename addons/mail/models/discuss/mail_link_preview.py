"""``mail.link.preview``: cards below the links in messages."""

from datetime import timedelta
from urllib.parse import urlsplit

import lxml.html

from odoo import api, fields, models

from ...tools.discuss import Store
from ...tools.link_preview import get_link_preview_from_url
from ...tools.public_web import public_session

#: previews of one message, and characters of an address
_MAX_PREVIEWS, _MAX_URL = 5, 2000
#: addresses of the application itself that are shown in another way
_OWN_PAGES = ("/odoo", "/web", "/chat", "/discuss", "/mail")


class MailLinkPreview(models.Model):
    """What a page says of itself."""

    _name = "mail.link.preview"
    _inherit = ["bus.listener.mixin"]
    _description = "Store link preview data"

    message_id = fields.Many2one("mail.message", "Message", index=True, ondelete="cascade")
    is_hidden = fields.Boolean(help="The author did not want it.")
    source_url = fields.Char("URL", required=True)
    og_type = fields.Char("Type")
    og_title = fields.Char("Title")
    og_site_name = fields.Char("Site name")
    og_image = fields.Char("Image")
    og_description = fields.Text("Description")
    og_mimetype = fields.Char("MIME type")
    image_mimetype = fields.Char("Image MIME type")
    create_date = fields.Datetime(index=True)

    @api.model
    def _is_link_preview_enabled(self):
        """Tell whether previews are made."""
        limit = self.env["ir.config_parameter"].sudo().get_param("mail.link_preview_throttle", 99)
        return int(limit) > 0

    @api.model
    def _create_from_message_and_notify(self, message, request_url=None):
        """Make the previews of the links in a message, and tell those who see it.

        :param message: a message
        :param str request_url: address of the application, whose own pages need none
        """
        if not message.exists() or not message.body:
            return
        message = message.sudo()
        known = {preview.source_url: preview for preview in message.link_preview_ids}
        kept, values = self.sudo().browse(), []
        session = public_session()
        for url in self._links_of(message.body, request_url):
            if len(kept) + len(values) > _MAX_PREVIEWS:
                break
            if url in known:
                kept |= known[url]
            elif found := get_link_preview_from_url(url, session):
                values.append({**found, "message_id": message.id})
        (message.link_preview_ids - kept).unlink()
        kept |= self.sudo().create(values)
        shown = kept.filtered(lambda preview: not preview.is_hidden).sorted("id")
        if kept or known:
            message._bus_send_store(message, {"linkPreviews": Store.many(shown)})

    def _links_of(self, body, request_url):
        """Return the addresses in a text, in their order, without those of records and of the application."""
        own = urlsplit(request_url or self.get_base_url()).netloc
        found = {}
        for node in lxml.html.fragment_fromstring(str(body), create_parent="div").iter("a"):
            url = (node.get("href") or "").strip()
            parts = urlsplit(url) if len(url) <= _MAX_URL else None
            if not parts or parts.scheme not in ("http", "https") or node.get("data-oe-model"):
                continue
            if parts.netloc == own and parts.path.startswith(_OWN_PAGES):
                continue
            found[url] = None
        return list(found)

    def _hide_and_notify(self):
        """Show previews no more, and tell those who see the messages."""
        for message, previews in self.sudo().grouped("message_id").items():
            previews.is_hidden = True
            message._bus_send_store(message, {"linkPreviews": Store.many(previews, "DELETE", only_id=True)})

    @api.autovacuum
    def _gc_mail_link_preview(self):
        """Delete previews that are old: what pages say changes."""
        get_param = self.env["ir.config_parameter"].sudo().get_param
        days = int(get_param("mail.mail_link_preview_lifetime_days", 3))
        before = fields.Datetime.now() - timedelta(days=days)
        self.search([("create_date", "<", before)], order="create_date ASC", limit=models.GC_UNLINK_LIMIT).unlink()

    def _to_store(self, store: Store, /):
        """Put previews into a store."""
        names = ("image_mimetype", "og_description", "og_image", "og_mimetype", "og_site_name", "og_title", "og_type")
        for preview in self.sudo():
            values = {name: preview[name] for name in (*names, "source_url")}
            store.add(preview, {**values, "message": Store.one(preview.message_id, only_id=True)})
