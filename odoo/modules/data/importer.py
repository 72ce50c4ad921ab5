"""What those who read parts of an XML data file ask of the one who loads it."""

from __future__ import annotations

from typing import Any, Protocol

from lxml import etree

from odoo.orm.environment import Environment


class Importer(Protocol):
    """The side of :class:`~odoo.modules.data.xml_loader.xml_import` that values, shorthands and batches see."""

    #: module that owns the external ids of the file
    module: str
    #: ``init`` or ``update``
    mode: str
    #: path of the file, for messages
    xml_filename: str
    #: ``{full external id: database id}`` of what was loaded so far
    idref: dict[str, Any]

    @property
    def env(self) -> Environment:
        """The environment at this place of the file."""

    def flush(self) -> None:
        """Create the records that were read but not created yet."""

    def id_get(self, id_str: str, raise_if_not_found: bool = True) -> Any:
        """Return the database id of an external id, ``None`` if there is none and that is allowed."""

    def model_id_get(self, id_str: str, raise_if_not_found: bool = True) -> tuple[Any, Any]:
        """Return ``(model, database id)`` of an external id, ``(None, None)`` if there is none and that is allowed."""

    def load(self, node: etree._Element, model: Any, data: dict[str, Any]) -> Any:
        """Create or update the record described by `data`, and return it."""

    def call_function(self, node: etree._Element, env: Environment) -> Any:
        """Call the method named by a ``<function>`` element and return its result."""
