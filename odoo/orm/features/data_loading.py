"""Records of data files and imports: created, or updated where their external ids name records."""

import logging

__all__ = ["DataLoadingMixin"]

_logger = logging.getLogger("odoo.models.create")


class DataLoadingMixin:
    """Records with external ids, from files."""

    __slots__ = ()

    def _load_records(self, data_list, update=False, ignore_duplicates=False):
        """Create or update the records of a data file.

        :param data_list: dicts with ``values``, and ``xml_id`` and ``noupdate`` or not
        :param update: existing records with ``noupdate`` are left alone
        """
        external_ids = self.pool.services.external_ids
        records: list = [None] * len(data_list)
        xml_ids = [data["xml_id"] for data in data_list if data.get("xml_id")]
        existing = external_ids.look_up(self, xml_ids) if xml_ids else {}
        to_create, to_name = [], []
        for index, data in enumerate(data_list):
            named = existing.get(data.get("xml_id"))
            if named is None:
                _note_new(self, data, index, records, to_create)
                continue
            if self._name != named.model_name:
                _logger.warning(
                    "External id %s should name a record of model %s, but it names one of model %s (%s)",
                    data["xml_id"],
                    self._name,
                    named.model_name,
                    named.id,
                )
            record = self.browse(named.id)
            if named.exists:
                records[index] = record
                # the records it delegates to were named when it was created, and are still in use
                self.pool.loaded_xmlids.update(_parent_xmlid(data["xml_id"], name) for name in self._inherits)
                if not (update and named.noupdate):
                    record._load_records_write(data["values"])
                    to_name.append(data)
                    data["record"] = record
                else:
                    # the record stays as it is, and its external id is still in use
                    self.pool.loaded_xmlids.add(data["xml_id"])
            else:
                external_ids.remove(self, named)
                to_create.append(index)
        _create_loaded(self, data_list, records, to_create, to_name)
        external_ids.assign(
            self,
            [
                {"xml_id": data["xml_id"], "record": data["record"], "noupdate": data.get("noupdate", False)}
                for data in to_name
                if data.get("xml_id")
            ],
            update,
        )
        return self.concat(*records)

    def _load_records_create(self, vals_list):
        """Create the records of a data file; addons override it."""
        return self.create(vals_list)

    def _load_records_write(self, values):
        """Write a record of a data file; addons override it."""
        self.ensure_one()
        return self.write(values)


def _note_new(model, data, index, records, to_create):
    if not data.get("xml_id") and data["values"].get("id"):
        record = model.browse(data["values"]["id"])
        record._load_records_write(data["values"])
        records[index] = record
    else:
        to_create.append(index)


def _create_loaded(model, data_list, records, to_create, to_name):
    if not to_create:
        return
    created = model._load_records_create([data_list[index]["values"] for index in to_create])
    for index, record in zip(to_create, created, strict=True):
        data = data_list[index]
        data["record"] = records[index] = record
        if data.get("xml_id"):
            to_name.append(data)
            to_name.extend(
                {**data, "xml_id": _parent_xmlid(data["xml_id"], parent), "record": record[field_name]}
                for parent, field_name in model._inherits.items()
                if not data["values"].get(field_name)
            )


def _parent_xmlid(xml_id, parent) -> str:
    """Return the external id of the record of model ``parent`` that a new record ``xml_id`` delegates to."""
    return f"{xml_id}_{parent.replace('.', '_')}"
