"""Contacts as vCard files."""

from __future__ import annotations

import io
import zipfile

from werkzeug.exceptions import NotFound

from odoo.http import Controller, content_disposition, request, route
from odoo.tools.text import natural_number


class Partner(Controller):
    """Doors to vCards."""

    @route(
        ['/web_enterprise/partner/<model("res.partner"):partner>/vcard', "/web/partner/vcard"], type="http", auth="user"
    )
    def download_vcard(self, partner_ids=None, partner=None, **kwargs):
        """Return the vCard of one contact, or an archive with those of several.

        :param partner_ids: comma-separated ids
        """
        if partner_ids:
            numbers = map(natural_number, partner_ids.split(","))
            ids = [number for number in numbers if number is not None]
            partners = request.env["res.partner"].browse(ids).exists()
            if len(partners) > 1:
                return self._archive(partners)
            partner = partners
        if not partner:
            raise NotFound()
        name = partner.name or partner.email or str(partner.id)
        return self._send(f"{name}.vcf", partner._get_vcard_file(), "text/vcard")

    def _archive(self, partners):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for partner in partners:
                name = (partner.name or partner.email or "").replace("/", "_")
                archive.writestr(f"{name}_{partner.id}.vcf", partner._get_vcard_file())
        return self._send("Contacts.zip", buffer.getvalue(), "application/zip")

    def _send(self, filename, content, mimetype):
        return request.make_response(
            content,
            [
                ("Content-Type", mimetype),
                ("Content-Length", str(len(content))),
                ("Content-Disposition", content_disposition(filename)),
            ],
        )
