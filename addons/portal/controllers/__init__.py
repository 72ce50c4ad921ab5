"""Pages for people from outside, and what their scripts ask for."""

from . import attachment, mail, pagers, portal, portal_account, thread, web
