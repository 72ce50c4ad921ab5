"""Records read from a file that can be created together."""

from __future__ import annotations

from typing import Any

from lxml import etree

from .errors import ParseError
from .importer import Importer

_SIZE = 200

#: their creation depends on the context naming the one record that is created
_ONE_BY_ONE = {"ir.ui.view"}


class RecordBatch:
    """Collects consecutive records of one model, and creates them with one call.

    :param importer: the importer whose `load` takes a single record
    """

    def __init__(self, importer: Importer) -> None:
        self._importer = importer
        self._model: Any = None
        self._noupdate: bool | None = None
        self._items: dict[str, tuple[etree._Element, dict[str, Any]]] = {}

    def __contains__(self, xml_id: str) -> bool:
        return xml_id in self._items

    def add(self, node: etree._Element, model: Any, data: dict[str, Any]) -> None:
        """Add a record; what was collected before is created first when it does not go with it.

        :param node: its element, for messages
        :param model: empty recordset of its model
        :param dict data: as ``_load_records`` takes it
        """
        if model._name in _ONE_BY_ONE:
            self.flush()
            self._importer.load(node, model, data)
            return
        differs = self._model is not None and (model._name != self._model._name or model.env != self._model.env)
        if differs or data["noupdate"] != self._noupdate or data["xml_id"] in self._items or len(self._items) >= _SIZE:
            self.flush()
        self._model, self._noupdate = model, data["noupdate"]
        self._items[data["xml_id"]] = (node, data)

    def flush(self) -> None:
        """Create what was collected.

        :raise ParseError: naming the record that is refused
        """
        if not self._items:
            return
        items, model = list(self._items.values()), self._model
        self._items, self._model = {}, None
        if len(items) == 1:
            self._importer.load(items[0][0], model, items[0][1])
            return
        importer = self._importer
        loading = model.with_context(install_module=importer.module, install_filename=importer.xml_filename)
        try:
            with model.env.cr.savepoint():
                copies = [{**data, "values": dict(data["values"])} for _node, data in items]
                records = loading._load_records(copies, importer.mode == "update")
        except Exception as error:
            self._load_singly(model, items)
            raise ParseError(
                str(error) or repr(error), importer.xml_filename, items[0][0].sourceline, model=model._name
            ) from error
        for (_node, data), record in zip(items, records, strict=True):
            importer.idref[data["xml_id"]] = record.id

    def _load_singly(self, model, items):
        """Repeat a failed batch record by record, so that the message names the one at fault."""
        for node, data in items:
            self._importer.load(node, model, data)
            model.env.flush_all()
