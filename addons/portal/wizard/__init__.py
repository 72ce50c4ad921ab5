"""Dialogs that share documents and give access."""

from . import portal_share, portal_wizard
