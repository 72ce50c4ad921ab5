"""Accounts with a history."""

from . import iap_account
