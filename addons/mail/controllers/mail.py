"""Links in e-mails: to documents and messages, and out of following."""

import hmac
from urllib.parse import urlencode

from werkzeug.exceptions import NotFound, Unauthorized

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request


def _login(path, params):
    """Return the redirection to the login, and back."""
    target = f"{path}?{urlencode(params)}" if params else path
    return request.redirect(f"/web/login?{urlencode({'redirect': target})}")


class MailController(http.Controller):
    """Routes of links."""

    @http.route("/mail/view", type="http", auth="public")
    def mail_action_view(self, model=None, res_id=None, access_token=None, **kwargs):
        """Show a document; the caller logs in before where it takes that."""
        known = model in request.env and str(res_id or "").isdigit()
        document = request.env[model].browse(int(res_id)).exists() if known else None
        home = "/odoo"
        if request.env.user._is_public():
            return _login("/mail/view", {"model": model, "res_id": res_id}) if document else _login(home, {})
        if not document:
            return request.redirect(home)
        mine = document.with_context(allowed_company_ids=request.env.user._get_company_ids())
        if not mine.has_access("read"):
            return request.redirect(home)
        response = request.redirect(f"/odoo/{model}/{document.id}")
        self._allow_company(response, mine.sudo())
        return response

    def _allow_company(self, response, document):
        """Have the client show the company of a document too."""
        company = document._mail_get_companies()[document.id]
        cookie = request.httprequest.cookies.get("cids") or str(request.env.user.company_id.id)
        ids = [int(one) for one in cookie.replace("-", ",").split(",") if one.isdigit()]
        if company and company.id not in ids:
            response.set_cookie("cids", "-".join(map(str, [*ids, company.id])))

    @http.route("/mail/message/<int:message_id>", type="http", auth="public")
    def mail_thread_message_redirect(self, message_id, **kwargs):
        """Show a message on its document."""
        message = request.env["mail.message"].sudo().browse(int(message_id)).exists()
        if not message or message._filter_empty() or not (message.model and message.res_id):
            raise NotFound
        if not request.env["mail.message"]._get_with_access(message_id, "read", **kwargs):
            if request.env.user._is_public():
                return _login(f"/mail/message/{message_id}", {})
            raise Unauthorized
        return self._show_message(message)

    def _show_message(self, message):
        """Return the response to the link of a message that the caller sees; extended by other modules.

        :raise Unauthorized: for people from outside
        """
        if not request.env.user._is_internal():
            raise Unauthorized
        return request.redirect(f"/odoo/{message.model}/{message.res_id}?highlight_message_id={message.id}")

    @http.route("/mail/unfollow", type="http", auth="public", csrf=False)
    def mail_action_unfollow(self, model, res_id, pid, token, **kwargs):
        """Have a partner follow a document no longer, by the link of an e-mail.

        :raise AccessError: for links that are not ours
        """
        threads = request.env["mail.thread"]
        expected = threads._encode_link("/mail/unfollow", {"model": model, "pid": pid, "res_id": res_id})
        if not hmac.compare_digest(expected, str(token)) or model not in request.env:
            raise AccessError(request.env._("This link is not valid."))
        document = request.env[model].browse(int(res_id)).exists()
        if not document:
            raise AccessError(request.env._("This link is not valid."))
        # the link says that it was for this partner and this document
        document.sudo().message_unsubscribe([int(pid)])
        may_read = not request.env.user._is_public() and document.has_access("read")
        names = {
            "access_url": f"/odoo/{model}/{document.id}" if may_read else False,
            "model_name": request.env["ir.model"].sudo()._get(model).display_name,
            "name": document.sudo().display_name,
        }
        return request.render("mail.message_document_unfollowed", names)
