"""The link in e-mails by which recipients stop following a document."""

import re

#: address of the link, until it is made for a recipient
PLACEHOLDER = "/mail/unfollow"
_BLOCK = re.compile(r"""<span\s[^>]*id=["']mail_unfollow["'].*?</span>""", re.DOTALL)
_HREF = re.compile(r"""href=(["'])[^"']*/mail/unfollow[^"']*\1""")


def without_unfollow_link(body: str) -> str:
    """Return a text for somebody who cannot unfollow."""
    return _BLOCK.sub("", body)


def with_unfollow_link(body: str, link: str) -> str:
    """Return a text with the link of a recipient."""
    safe = link.replace("&", "&amp;").replace('"', "&quot;")
    return _HREF.sub(lambda _match: f'href="{safe}"', body)
