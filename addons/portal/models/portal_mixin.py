"""``portal.mixin``: documents with a page for people from outside, and a token that opens it."""

import uuid
from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.exceptions import UserError


class PortalMixin(models.AbstractModel):
    """A document with a page of its own; models say where it is in ``access_url``."""

    _name = "portal.mixin"
    _description = "Portal Mixin"

    access_url = fields.Char("Portal Access URL", compute="_compute_access_url", help="The page of the document.")
    access_token = fields.Char("Security Token", copy=False)
    access_warning = fields.Text("Access warning", compute="_compute_access_warning")

    def _compute_access_url(self):
        """Have no page; models with one extend this."""
        self.access_url = "#"

    def _compute_access_warning(self):
        """Have nothing to warn of; models extend this."""
        self.access_warning = ""

    def _portal_ensure_token(self):
        """Return the token that opens the page, which is made when there is none."""
        self.ensure_one()
        known = self.sudo()
        if not known.access_token:
            # whoever may share a document may not be able to change it
            known.access_token = str(uuid.uuid4())
        return known.access_token

    def _get_share_url(self, redirect=False, signup_partner=False, pid=None, share_token=True):
        """Return an address of the page, without the host.

        :param redirect: by way of ``/mail/view``, which sends users of the house to their form
        :param signup_partner: let the customer log in or make an account on the way
        :param pid: id of the partner whom the address is for, who speaks by it
        :param share_token: let it open the page by itself
        """
        self.ensure_one()
        query = {"model": self._name, "res_id": self.id} if redirect else {}
        if share_token and "access_token" in self._fields:
            query["access_token"] = self._portal_ensure_token()
        if pid:
            query.update(pid=pid, hash=self._sign_token(pid))
        customer = self["partner_id"] if signup_partner and "partner_id" in self._fields else None
        if customer:
            query.update(customer.sudo().signup_get_auth_param()[customer.id])
        place = "/mail/view" if redirect else self.access_url
        return f"{place}{_joint(place)}{urlencode(query)}" if query else place

    def get_portal_url(self, suffix=None, report_type=None, download=None, query_string=None, anchor=None):
        """Return the address of the page, or of what is beside it, with the token.

        :param suffix: what follows the path
        :param report_type: ``pdf``, ``html`` or ``text``: the printed document
        :param download: as a file
        :param query_string: more of the query, as it is in the address
        :param anchor: place on the page
        """
        self.ensure_one()
        parts = [
            self.access_url,
            suffix or "",
            f"?access_token={self._portal_ensure_token()}",
            f"&report_type={report_type}" if report_type else "",
            "&download=true" if download else "",
            query_string or "",
            f"#{anchor}" if anchor else "",
        ]
        return "".join(parts)

    def _get_access_action(self, access_uid=None, force_website=False):
        """Lead people from outside to the page, and others where it is asked for."""
        self.ensure_one()
        reader = self.env.user if not access_uid else self.env["res.users"].sudo().browse(access_uid)
        usual = super()._get_access_action
        if not reader.share and not force_website:
            return usual(access_uid=access_uid, force_website=force_website)
        may_read = self.with_user(reader).sudo(False).has_access("read")
        if not may_read and not force_website:
            return usual(access_uid=access_uid, force_website=False)
        url = self._get_share_url() if may_read else self.access_url
        return {"type": "ir.actions.act_url", "target": "self", "res_id": self.id, "url": url}

    @api.model
    def action_share(self):
        """Return the dialog that shares the document of the context."""
        context = self.env.context
        if not (context.get("active_id") and context.get("active_model")):
            raise UserError(self.env._("Open the document that is to be shared first."))
        action = self.env["ir.actions.act_window"]._for_xml_id("portal.portal_share_action")
        place = {name: context[name] for name in ("active_id", "active_model")}
        return {**action, "context": {**place, "dialog_size": "medium"}}


def _joint(place):
    """Return what stands between an address and its arguments."""
    return "&" if "?" in place else "?"
