"""What a write of a one2many field does to the lines: created, changed, linked and unlinked in few batches."""

from collections import defaultdict

from odoo.tools.iteration import unique

from ..commands import Command

__all__ = ["LineWork"]


class LineWork:
    """The pending creations, links and unlinks of a one2many write."""

    def __init__(self, field, model, comodel, create):
        self.field, self.model, self.comodel, self.create = field, model, comodel, create
        self.inverse = field.inverse_name
        self.inverse_field = comodel._fields[self.inverse]
        self.to_create: list = []
        self.to_link: dict = defaultdict(list)
        self.to_delete: list = []
        self.to_unlink: list = []
        #: the lines that commands update one by one, which are read together
        self.to_update: tuple = ()
        if create:
            # the relation of a new record is known to be empty
            column = model.env.cache.field_data(model, field)
            self.column = column
        else:
            self.column = None

    def apply(self, records, command):
        """Carry out or note one command for ``records``."""
        code = command[0]
        if code == Command.CREATE:
            self.to_create += [{**command[2], self.inverse: record.id} for record in records]
        elif code == Command.UPDATE:
            self.flush()
            self.comodel.browse(command[1]).with_prefetch(self.to_update).write(command[2])
        elif code == Command.DELETE:
            self.to_delete.append(command[1])
        elif code == Command.UNLINK:
            self.to_unlink.append(command[1])
        elif code == Command.LINK:
            self.to_link[records[-1:].id].append(command[1])
        else:
            self.replace(records, command[2] if code == Command.SET else ())

    def replace(self, records, ids):
        """Note what makes the lines that ``records`` show be ``ids`` (the last record's, as a line has one parent)."""
        self.flush()
        wanted = [id_ for id_ in ids if id_]
        if not self.create:
            wanted_set = set(wanted)
            for record in records:
                self.to_unlink += [id_ for id_ in record[self.field.name]._ids if id_ not in wanted_set]
        if wanted:
            self.to_link[records[-1:].id].extend(wanted)

    def end_of(self, records):
        """Keep the order of unlink before link and create within one record's commands."""
        if self.to_unlink or self.to_delete or self.to_link:
            self.flush()

    def flush(self):
        """Carry out what is noted."""
        to_delete, to_unlink, to_link, to_create = self.to_delete, self.to_unlink, self.to_link, self.to_create
        self.to_delete, self.to_unlink, self.to_link, self.to_create = [], [], defaultdict(list), []
        # those that are there already may be deleted along with others
        links = [(record_id, self.strangers(record_id, ids, set(to_unlink))) for record_id, ids in to_link.items()]
        if to_delete:
            self.comodel.browse(unique(to_delete)).unlink()
        if to_unlink:
            self.unlink(self.comodel.browse(unique(to_unlink)))
        for record_id, lines in links:
            self.link(record_id, lines)
        if to_create:
            if self.create:
                for values in to_create:
                    self.column.setdefault(values[self.inverse], ())
            if self.inverse_field.type == "many2one_reference":
                for values in to_create:
                    values.setdefault(self.inverse_field.model_field, self.model._name)
            self.create_lines(to_create)

    def create_lines(self, vals_list):
        """Create lines; those of an import may come with external ids."""
        module = self.comodel.env.context.get("_import_current_module")
        if module is None:
            self.comodel.create(vals_list)
            return
        names = [values.pop("id", None) for values in vals_list]
        lines = self.comodel.create(vals_list)
        entries = [
            {"xml_id": name if "." in name else f"{module}.{name}", "record": line}
            for name, line in zip(names, lines, strict=True)
            if isinstance(name, str) and name
        ]
        if entries:
            self.comodel.pool.services.external_ids.assign(self.comodel, entries, False)

    def unlink(self, lines):
        """Take ``lines`` out of their relation: they are deleted where they would be deleted with their parent.

        Others lose their parent; where it is required the database refuses that, and nothing is lost.
        """
        if getattr(self.inverse_field, "ondelete", None) == "cascade":
            lines.unlink()
        else:
            lines[self.inverse] = False

    def strangers(self, record_id, ids, to_unlink):
        """Return those lines among ``ids`` that do not point to the record, or will not when ``to_unlink`` are gone."""
        lines = self.comodel.browse(unique(ids))
        if self.inverse_field.type != "many2one":
            return lines
        record = self.model.browse(record_id)
        return lines.filtered(lambda line: line.id in to_unlink or line.sudo()[self.inverse] != record)

    def link(self, record_id, lines):
        """Point ``lines`` to the record.

        :raise MissingError: when one of them is gone
        """
        if not lines:
            return
        if self.inverse_field.type == "many2one":
            lines.sudo().mapped(self.inverse)
        lines.write({self.inverse: record_id})
        self.model.env.cache.mirrors.join(self.field, record_id, lines._ids)
