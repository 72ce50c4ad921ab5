"""Where in the world an address is, when the operator installed a GeoIP2 database."""

from __future__ import annotations

import collections.abc
import functools
import logging
import os
from collections.abc import Iterator
from typing import Any

from odoo.tools.config import config

try:
    import geoip2.database
    import geoip2.errors
except ImportError:
    geoip2 = None

_logger = logging.getLogger("odoo.http")


@functools.cache
def open_database(kind: str) -> Any:
    """Return the reader of the `city` or `country` database, None when there is none."""
    path = config.options.get(f"geoip_{kind}_db")
    if geoip2 is None or not path or not os.path.exists(path):
        return None
    return geoip2.database.Reader(path)


class GeoIP(collections.abc.Mapping):
    """What is known of the place of an IP address; empty and falsy when nothing is.

    Attributes not defined here (`city`, `continent`, `location`, ...) are those of the GeoIP2 city record.
    """

    def __init__(self, ip: str | None) -> None:
        self.ip = ip

    @functools.cached_property
    def _city_record(self):
        return self._lookup("city")

    @functools.cached_property
    def _country_record(self):
        return self._lookup("country") or self._city_record

    def _lookup(self, kind):
        reader = open_database(kind)
        if reader is None:
            return None
        try:
            return getattr(reader, kind)(self.ip)
        except (ValueError, geoip2.errors.AddressNotFoundError):
            return None

    @property
    def country_name(self) -> str | None:
        """English name of the country."""
        record = self._country_record
        return record and (record.country.name or record.continent.name)

    @property
    def country_code(self) -> str | None:
        """ISO 3166-1 code of the country."""
        record = self._country_record
        return record and (record.country.iso_code or record.continent.code)

    def _as_dict(self) -> dict:
        record = self._city_record
        if record is None:
            return {"country_code": self.country_code, "country_name": self.country_name} if self else {}
        subdivision = record.subdivisions[0].iso_code if record.subdivisions else None
        return {
            "city": record.city.name,
            "country_code": self.country_code,
            "country_name": self.country_name,
            "latitude": record.location.latitude,
            "longitude": record.location.longitude,
            "region": subdivision,
            "time_zone": record.location.time_zone,
        }

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        record = self._city_record
        return getattr(record, name) if record is not None else _Unknown()

    def __bool__(self) -> bool:
        return self._country_record is not None

    def __getitem__(self, key: str) -> Any:
        return self._as_dict()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._as_dict())

    def __len__(self) -> int:
        return len(self._as_dict())


class _Unknown:
    """An empty part of a record: each of its attributes is None."""

    def __bool__(self) -> bool:
        return False

    def __getattr__(self, name: str) -> None:
        return None
