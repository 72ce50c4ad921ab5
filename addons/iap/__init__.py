"""Accounts of paid services that other servers offer."""

from . import models, tools
