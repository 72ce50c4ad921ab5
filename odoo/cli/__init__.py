"""The commands of ``odoo-bin``."""

from .command import Command, main

__all__ = ["Command", "main"]
