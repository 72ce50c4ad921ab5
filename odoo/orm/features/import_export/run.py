"""One run of an import: batches of converted records, saved together, or one by one to find what is wrong."""

import psycopg2

from odoo.exceptions import UserError
from odoo.tools.lru import LRU

from ...pg_errors import constraint_message
from .properties import with_other_properties

__all__ = ["ImportRun"]

#: after this many errors, and when errors are at least a tenth of the records, an import stops
MAX_ERRORS = 10
#: references to records that are remembered
MAX_FOUND = 2048


class ImportRun:
    """Collects the records of an import and saves them.

    :param model: the records' model
    :param paths: the columns, as lists of field names
    :param messages: list that the problems are added to
    """

    def __init__(self, model, paths, messages):
        self.paths = paths
        self.messages = messages
        self.ids: list = []
        self.last_row = -1
        self._batch: list = []
        self._xml_ids: set = set()
        context = model.env.context
        self._module = context.get("module", "__import__")
        self._noupdate = context.get("noupdate", False)
        self._update = context.get("mode", "init") == "update"
        #: what converters found, as long as nothing was saved
        self._found: LRU = LRU(MAX_FOUND)
        self.model = model.with_context(
            _import_current_module=self._module, import_flush=self.flush, import_cache=self._found
        )
        self._has_properties = any("." in path[0].lstrip(".") for path in paths)
        #: models that the import may create records of, which names may refer to
        self._models = {model._name, *self._line_models(model, paths)}

    @staticmethod
    def _line_models(model, paths):
        for path in paths:
            current = model
            for name in path:
                field = current._fields.get(name)
                if field is None or field.type not in ("one2many", "many2many", "many2one"):
                    break
                current = current.env[field.comodel_name]
                if field.type == "one2many":
                    yield current._name

    def run(self, data, limit):
        """Import the rows ``data``, about ``limit`` of them."""
        model = self.model
        extracted = model._extract_records(self.paths, data, log=self.messages.append, limit=limit)
        for db_id, xml_id, values, info in model._convert_records(extracted, log=self.messages.append):
            self.last_row = info["rows"]["to"]
            if self._skips(values):
                continue
            if xml_id:
                xml_id = xml_id if "." in xml_id else f"{self._module}.{xml_id}"
                self._xml_ids.add(xml_id)
            elif db_id:
                values["id"] = db_id
            if self._has_properties:
                values = self._with_properties(values, xml_id, db_id)
            self._batch.append({"xml_id": xml_id, "values": values, "info": info, "noupdate": self._noupdate})
        self.flush()

    def _with_properties(self, values, xml_id, db_id) -> dict:
        """Add to the properties of a record that exists those that no column has."""
        record = self.model.browse(db_id or ())
        if xml_id:
            named = self.model.pool.services.external_ids.look_up(self.model, [xml_id]).get(xml_id)
            if named is not None and named.exists and named.model_name == self.model._name:
                record = self.model.browse(named.id)
        return with_other_properties(record, values) if record else values

    def has_errors(self) -> bool:
        """Tell whether a problem prevents the import."""
        return any(message["type"] == "error" for message in self.messages)

    def flush(self, *, xml_id=None, model=None):
        """Save the records collected so far, because a later one may refer to them.

        :param xml_id: only when one of them has this external id
        :param model: only when they may be of this model
        """
        if (xml_id and xml_id not in self._xml_ids) or (model and model not in self._models):
            return
        batch, self._batch = self._batch, []
        self._xml_ids.clear()
        if batch and not self.has_errors():
            self._found.clear()
            self._save(batch)

    def _skips(self, values) -> bool:
        """Tell whether the client asked to skip records that lack a value in some field."""
        context = self.model.env.context
        names = context.get("import_skip_records") or ()
        tops = {name.partition("/")[0] for name in names}
        return bool(context.get("import_file")) and any(values.get(name, False) is None for name in tops)

    def _save(self, batch):
        model = self.model
        try:
            with model.env.cr.savepoint():
                self.ids += model._load_records(batch, self._update).ids
        except psycopg2.InternalError as error:
            text = model.env._("Unknown database error: '%s'", error)
            self.messages.append({**batch[0]["info"], "type": "error", "message": text})
        except Exception:
            # whatever it was: importing the records one by one tells for which of them
            self._save_one_by_one(batch)

    def _save_one_by_one(self, batch):
        model = self.model
        errors = 0
        for index, item in enumerate(batch, 1):
            try:
                with model.env.cr.savepoint():
                    self.ids += model._load_records([item], self._update).ids
            except psycopg2.Warning as error:
                self.messages.append({**item["info"], "type": "warning", "message": str(error)})
            except Exception as error:
                self.messages.append({**item["info"], "type": "error", **self._describe(error)})
                errors += 1
            if errors >= MAX_ERRORS and errors >= index / 10:
                self.messages.append(
                    {
                        "type": "warning",
                        "message": model.env._(
                            "The import stops here: more than every tenth record has an error, "
                            "and there are ten of them."
                        ),
                    }
                )
                break

    def _describe(self, error) -> dict:
        """Return the message, and the field where it is known, for an exception raised by saving a record."""
        env = self.model.env
        if isinstance(error, psycopg2.Error):
            return self._describe_database_error(error)
        if isinstance(error, UserError):
            return {"message": str(error)}
        text = env._("The row could not be saved: %(kind)s: %(error)s", kind=type(error), error=error)
        return {"message": text, "moreinfo": env._("It may follow from the errors above")}

    def _describe_database_error(self, error) -> dict:
        model = self.model
        diagnostics = error.diag
        field = model._fields.get(diagnostics.column_name or "")
        if field is not None and isinstance(error, psycopg2.errors.NotNullViolation):
            label = field.get_description(model.env, ["string"])["string"]
            return {
                "field": field.name,
                "message": model.env._(
                    "Field '%(name)s' (%(technical_name)s) needs a value", name=label, technical_name=field.name
                ),
            }
        return {"message": constraint_message(model, error) or str(error).strip()}
