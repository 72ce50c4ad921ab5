"""The way up: the HTTP layer lies below `odoo.service` and reaches its modules by name, when a request needs them."""

from __future__ import annotations

import importlib
from types import ModuleType

RPC_SERVICES = {"common": "common", "db": "db", "object": "model"}


def service_module(name: str) -> ModuleType:
    """Return the module `odoo.service.<name>`."""
    return importlib.import_module(f"odoo.service.{name}")


def dispatch_rpc(service_name: str, method: str, params) -> object:
    """Call a method of one of the RPC services.

    :param service_name: `common`, `db` or `object`
    :param method: name of the method of that service
    :param params: positional arguments
    :raises ValueError: the service does not exist
    """
    module = RPC_SERVICES.get(service_name)
    if module is None:
        raise ValueError(f"Unknown RPC service {service_name!r}: choose one of {', '.join(sorted(RPC_SERVICES))}")
    return service_module(module).dispatch(method, params)
