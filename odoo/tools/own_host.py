"""Which hosts are this machine."""

import ipaddress
import socket

import psutil


def is_loopback(address: str | None) -> bool:
    """Tell whether an address, or the name ``localhost``, leads from a machine to itself.

    :param address: an IP address, with or without zone, or a name
    """
    if address == "localhost":
        return True
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def is_own_host(host: str | None) -> bool:
    """Tell whether a host is this machine for sure: a loopback address, one of its interfaces, or its name.

    :param host: name or IP address, without port
    """
    if not host or is_loopback(host):
        return bool(host)
    name = socket.gethostname().lower()
    if host.lower() in (name, f"{name.partition('.')[0]}.local"):
        return True
    addresses = {
        entry.address.partition("%")[0]
        for entries in psutil.net_if_addrs().values()
        for entry in entries
        if entry.family in (socket.AF_INET, socket.AF_INET6)
    }
    return host.lower() in addresses
