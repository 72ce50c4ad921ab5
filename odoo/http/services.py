"""RPC services: what `/jsonrpc` and `/xmlrpc` call. The layer above registers them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_services: dict[str, Callable[[str, Sequence], object]] = {}


def register_rpc_service(name: str, dispatch: Callable[[str, Sequence], object]) -> None:
    """Offer an RPC service.

    :param name: what callers know it by
    :param dispatch: function of a method's name and its positional arguments
    """
    _services[name] = dispatch


def dispatch_rpc(service_name: str, method: str, params: Sequence) -> object:
    """Call a method of one of the RPC services.

    :param service_name: `common`, `db` or `object`
    :param method: name of the method of that service
    :param params: positional arguments
    :raises ValueError: the service does not exist
    """
    dispatch = _services.get(service_name)
    if dispatch is None:
        raise ValueError(f"Unknown RPC service {service_name!r}: choose one of {', '.join(sorted(_services))}")
    return dispatch(method, params)
