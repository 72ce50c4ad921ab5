"""Tracking: what fields were when the transaction began, and the message that tells of the changes at its end."""

from markupsafe import escape

from odoo import api, models, tools
from odoo.exceptions import MissingError
from odoo.tools import clean_context

#: per model: ``{id: {field: value before}}``; ``None`` instead of the values is for records that are not tracked
_VALUES = "mail.tracking."
#: per model: a function waits for the end of the transaction
_WAITING = "mail.tracking.waiting."
_AUTHORS = "mail.tracking.author."
_LOGS = "mail.tracking.message."


class MailThreadTracking(models.AbstractModel):
    """The tracking of threads."""

    _inherit = "mail.thread"

    @api.model
    @tools.ormcache("self.env.uid", "self.env.su")
    def _track_get_fields(self):
        """Return the names of the tracked fields that the user may see."""
        names = [name for name, field in self._fields.items() if getattr(field, "tracking", None)]
        return frozenset(self.fields_get(names, ["type"])) if names else frozenset()

    def _track_data(self, kind):
        """Return what the transaction keeps about records of the model, a dict."""
        return self.env.cr.precommit.data.setdefault(f"{kind}{self._name}", {})

    def _track_prepare(self, fields_iter):
        """Keep what tracked fields are now; what they were before that in the transaction stays.

        :param fields_iter: names of fields
        """
        names = self._track_get_fields().intersection(fields_iter)
        if not names:
            return
        kept = self._track_data(_VALUES)
        waits = False
        for record in self:
            if not record.id:
                continue
            values = kept.setdefault(record.id, {})
            if values is None:
                continue
            waits = True
            for name in names - values.keys():
                values[name] = record[name]
        if waits and not self.env.cr.precommit.data.get(f"{_WAITING}{self._name}"):
            self.env.cr.precommit.data[f"{_WAITING}{self._name}"] = True
            self.env.cr.precommit.add(self.browse()._track_finalize)

    def _track_discard(self):
        """Have no changes of these records told in this transaction."""
        if self:
            self._track_data(_VALUES).update(dict.fromkeys(self.ids))

    def _track_finalize(self):
        """Tell of all changes of records of the model."""
        before = self._take_initial_values()
        records = self.browse(before).sudo().with_context(clean_context(self.env.context))
        if not records:
            return
        told = records._message_track(records._track_descriptions(), before)
        for record in records:
            names = told[record.id][0] if record.id in told else None
            record._message_track_post_template(names)
        # posting may have changed stored values
        self.env.flush_all()

    def _take_initial_values(self):
        """Return ``{id: {field: value}}`` of what was kept in the transaction, and forget it."""
        data = self.env.cr.precommit.data
        data.pop(f"{_WAITING}{self._name}", None)
        return {id_: values for id_, values in data.pop(f"{_VALUES}{self._name}", {}).items() if values}

    def _track_descriptions(self):
        """Return the descriptions of the tracked fields."""
        return self.fields_get(list(self._track_get_fields()))

    def _track_set_author(self, author):
        """Have a partner tell of the changes of these records."""
        if self._track_get_fields():
            self._track_data(_AUTHORS).update(dict.fromkeys(self.ids, author))

    def _track_set_log_message(self, message):
        """Have the message about the changes of these records say something.

        :param message: text, or HTML as ``Markup``
        """
        if self._track_get_fields():
            self._track_data(_LOGS).update(dict.fromkeys(self.ids, message))

    def _track_get_default_log_message(self, tracked_fields):
        """Return what a message about changes says; nothing by default.

        :param tracked_fields: names of the changed fields
        """
        return ""

    def _track_filter_for_display(self, tracking_values):
        """Return which changes are shown; all by default."""
        return tracking_values

    def _track_subtype(self, initial_values):
        """Return the kind of the message that tells of changes; none makes it a note that nobody is told of.

        :param initial_values: ``{changed field: what it was}``
        """
        self.ensure_one()
        return False

    def _message_track(self, fields_iter, initial_values_dict):
        """Tell of the changes of these records.

        :param fields_iter: descriptions of the tracked fields, or their names
        :param initial_values_dict: ``{record id: {field: what it was}}``
        :return: ``{record id: (set of changed fields, commands that keep the changes)}``
        """
        if not fields_iter:
            return {}
        descriptions = fields_iter if isinstance(fields_iter, dict) else self.fields_get(list(fields_iter))
        result = {}
        for record in self:
            try:
                changes = record._mail_track(descriptions, initial_values_dict.get(record.id) or {})
            except MissingError:
                continue
            result[record.id] = changes
            if changes[0]:
                record._track_tell(changes, initial_values_dict[record.id])
        return result

    def _track_tell(self, changes, initial_values):
        """Post or log the message about changes of the record."""
        changed, commands = changes
        subtype = self._track_subtype({name: initial_values[name] for name in changed if name in initial_values})
        author = self._track_data(_AUTHORS).get(self.id)
        logs = self._track_data(_LOGS)
        body = logs[self.id] if self.id in logs else self._track_get_default_log_message(changed)
        values = {"author_id": author.id if author else None, "tracking_value_ids": commands}
        if subtype:
            if subtype.exists():
                self.message_post(body=body or "", subtype_id=subtype.id, **values)
        elif commands:
            self._message_log(body=escape(body or ""), **values)

    # templates that changes send

    def _track_created(self, values):
        """Send, at the end of the transaction, what values of a new record call for."""
        given = [name for name in self._track_get_fields() if values.get(name)]
        if not given:
            return
        key = f"mail.tracking.create.{self._name}.{self.id}"
        if key not in self.env.cr.precommit.data:
            self.env.cr.precommit.data[key] = given

            @self.env.cr.precommit.add
            def send():
                self.with_context(clean_context(self.env.context))._message_track_post_template(given)

    def _track_template(self, changes):
        """Return which templates changes send.

        :param changes: names of the changed fields
        :return: ``{field: (template or view or its external id, values of the composer)}``
        """
        return {}

    def _message_track_post_template(self, changes):
        """Send the templates that changes call for.

        :param changes: names of the changed fields
        """
        if not changes:
            return
        try:
            templates = self._track_template(changes)
        except MissingError:
            return
        records = self._fallback_lang()._with_plain_context()
        for source, kwargs in (templates or {}).values():
            if not source:
                continue
            values = {"message_type": "auto_comment", **kwargs}
            mode = values.pop("composition_mode", "comment" if len(records) == 1 else "mass_mail")
            if mode == "mass_mail":
                records.message_mail_with_source(source, **values)
            else:
                records.message_post_with_source(source, **values)
