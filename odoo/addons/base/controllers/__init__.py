"""The addresses of remote calls."""

from . import rpc
