"""Addresses of clients on the network."""

from __future__ import annotations

import ipaddress

__all__ = ["client_network"]


def client_network(address: str | None) -> str | None:
    """Return what stands for a client: its address, with IPv6 the network of 64 bits, of which it has all addresses.

    :param address: an IP address; what is none stands for itself
    """
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return address
    if ip.version == 4:
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip.packed, 64), strict=False))
