"""What links say is kept in cookies."""

from odoo import models
from odoo.http import request

#: how long, in seconds, and how much of it
LIFETIME, LONGEST = 31 * 24 * 60 * 60, 255


class IrHttp(models.AbstractModel):
    """Requests by links of campaigns."""

    _inherit = "ir.http"

    @classmethod
    def get_utm_domain_cookies(cls):
        """Return the host whose pages get to know where visitors come from."""
        return request.httprequest.host

    @classmethod
    def _set_utm(cls):
        """Keep what the link said that led here."""
        for param, _field, cookie in request.env["utm.mixin"].tracking_fields():
            said = request.params.get(param)
            if isinstance(said, str) and said and request.cookies.get(cookie) != said[:LONGEST]:
                request.future_response.set_cookie(
                    cookie,
                    said[:LONGEST],
                    max_age=LIFETIME,
                    domain=cls.get_utm_domain_cookies(),
                    cookie_type="optional",
                )

    @classmethod
    def _post_dispatch(cls, response):
        """Keep where the visitor comes from."""
        cls._set_utm()
        super()._post_dispatch(response)
