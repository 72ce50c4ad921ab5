"""Processes that serve, and the RPC services."""

from . import common, db, model, security

__all__ = ["common", "db", "model", "security"]
