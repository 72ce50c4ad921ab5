"""Images of records in pages."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from markupsafe import Markup

from odoo import api, models
from odoo.tools import html_escape


class IrQwebFieldImage(models.AbstractModel):
    """Images are links to where they are served."""

    _inherit = "ir.qweb.field.image"

    def _get_src_urls(self, record, field_name, options):
        """Return the addresses of the image to show and of the one to zoom into.

        :param options: `preview_image`: field of the image shown; `filename-field`; `zoom`: field of the larger one
        """
        max_size = None
        if options.get("resize"):
            max_size = options["resize"]
        elif options.get("max_width") or options.get("max_height"):
            max_size = f"{options.get('max_width', 0)}x{options.get('max_height', 0)}"
        sha = hashlib.sha512(str(record.sudo().write_date or "").encode()).hexdigest()[:7]
        size = f"/{max_size}" if max_size else ""
        filename = quote(str(_filename(record, options)), safe="")
        shown = options.get("preview_image") or field_name
        base = f"/web/image/{record._name}/{record.id}"
        source = f"{base}/{shown}{size}/{filename}?unique={sha}"
        zoom = options.get("zoom")
        larger = f"{base}/{zoom}{size}/{filename}?unique={sha}" if isinstance(zoom, str) and record[zoom] else None
        return source, larger

    @api.model
    def record_to_html(self, record, field_name, options):
        """Return the `img` element of an image field.

        :param options: `class, style, alt, alt-field, itemprop, width, height` and those of the addresses;
            `qweb_img_raw_data` puts the image itself in the page, for readers that cannot reach the server
        """
        if options.get("tagName") == "img":
            raise ValueError("An image field cannot be on an <img> element: put it on a span or div around it")
        if options.get("qweb_img_raw_data"):
            if not record[field_name]:
                return False
            source, zoom = self._get_src_data_b64(record[field_name], options), None
        else:
            source, zoom = self._get_src_urls(record, field_name, options)
        attributes = {
            "src": source,
            "itemprop": options.get("itemprop", "image"),
            "class": " ".join(["img", "img-fluid", *str(options.get("class") or "").split()]),
            "style": options.get("style"),
            "alt": self._alt(record, options),
            "width": options.get("width"),
            "height": options.get("height"),
            "data-zoom": zoom and "1",
            "data-zoom-image": zoom,
            "data-no-post-process": options.get("data-no-post-process"),
        }
        text = "".join(f' {name}="{html_escape(value)}"' for name, value in attributes.items() if value)
        return Markup(f"<img{text}/>")

    def _alt(self, record, options):
        if options.get("alt-field") and options["alt-field"] in record and record[options["alt-field"]]:
            return record[options["alt-field"]]
        return options.get("alt") or record.display_name


def _filename(record, options):
    name = options.get("filename-field")
    value = record[name] if name and name in record._fields else None
    return (value or record.display_name or "image").replace("/", "-").replace("\\", "-")
