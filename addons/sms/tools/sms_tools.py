"""Texts of messages."""

from odoo.tools.mail import html2plaintext, html_keep_url


def sms_content_to_rendered_html(text):
    """Return the text of a message as HTML: links can be clicked, lines stay lines."""
    return html_keep_url(str(text or "")).replace("\n", "<br>")


def plain_text(html):
    """Return the text of a message from HTML, without what telephones do not show."""
    return html2plaintext(html, include_references=False)
