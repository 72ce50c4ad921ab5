"""Contacts as vCards."""

from __future__ import annotations

import base64

from odoo import models


def _escape(text):
    return (text or "").replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


class ResPartner(models.Model):
    """Partners as vCards."""

    _inherit = "res.partner"

    def _vcard_lines(self):
        """Yield the properties of a contact's vCard 3.0."""
        self.ensure_one()
        yield "BEGIN:VCARD"
        yield "VERSION:3.0"
        yield f"UID:{self.id}@{self.env.cr.dbname}"
        # which part of a name is the family's cannot be known
        yield f"N:{_escape(self.name or self.complete_name)};;;;"
        yield f"FN:{_escape(self.name or self.email)}"
        if self.street or self.street2 or self.city or self.zip or self.state_id or self.country_id:
            parts = ["", self.street2, self.street, self.city, self.state_id.name, self.zip, self.country_id.name]
            yield "ADR;TYPE=work:" + ";".join(map(_escape, parts))
        if self.email:
            yield f"EMAIL;TYPE=INTERNET:{_escape(self.email)}"
        if self.phone:
            yield f"TEL;TYPE=work:{_escape(self.phone)}"
        if self.mobile:
            yield f"TEL;TYPE=cell:{_escape(self.mobile)}"
        if self.website:
            yield f"URL:{_escape(self.website)}"
        if self.commercial_company_name:
            yield f"ORG:{_escape(self.commercial_company_name)}"
        if self.function:
            yield f"TITLE:{_escape(self.function)}"
        if self.image_512:
            image = self.image_512.decode() if isinstance(self.image_512, bytes) else self.image_512
            kind = "PNG" if base64.b64decode(image[:16])[1:4] == b"PNG" else "JPEG"
            yield f"PHOTO;ENCODING=b;TYPE={kind}:{image}"
        yield "END:VCARD"

    def _get_vcard_file(self) -> bytes:
        """Return the contacts as the content of a vCard file."""
        return "".join(f"{line}\r\n" for partner in self for line in partner._vcard_lines()).encode()
