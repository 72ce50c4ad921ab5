"""Texts that several people write at once: who may take part, and what their pages are told of a save.

The pages of those who write one field of one record tell each other what they type. What is saved names the save: its
first element says ``data-last-history-steps``, the ids of the saves that the writer's text contains, oldest first.
"""

import json
import re

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.translate import _

#: type of the messages on the bus, and the beginning of the names of their channels
COLLABORATION = "editor_collaboration"
#: name of the message that a text is saved
SAVED = "html_field_write"
#: characters that one message may have as JSON; pages send long texts in no other way
MAX_MESSAGE = 2**20
#: largest id of a record
_MAX_ID = 2**31 - 1
#: what a save says about the saves before it
_SAVES = re.compile(r'\sdata-last-history-steps="([\w,-]{1,4000})"')


def shared_text(env, model_name, field_name, res_id):
    """Return the record of a text that the user may write together with others.

    :param str model_name: its model
    :param str field_name: field with the text
    :param int res_id: id of the record
    :raise ValidationError: there is no such text
    :raise AccessError: the user may not read or write the record, or the field
    """
    is_id = isinstance(res_id, int) and not isinstance(res_id, bool) and 0 < res_id <= _MAX_ID
    model = env.get(model_name) if isinstance(model_name, str) else None
    field = model._fields.get(field_name) if model is not None and isinstance(field_name, str) else None
    if not is_id or field is None or field.type != "html" or model._abstract:
        raise ValidationError(_("There is no such text."))
    record = model.browse(res_id).exists()
    if not record:
        raise ValidationError(_("There is no such text."))
    for operation in ("read", "write"):
        record.check_access(operation)
        record.check_field_access_rights(operation, [field_name])
    return record


def text_channel(record, field_name):
    """Return the channel of a text, which no page can name: who listens is decided by the server."""
    return record, f"{COLLABORATION}:{field_name}"


def channel_of_text(env, name):
    """Return the channel that a page asks for, None when its user may not write that text.

    :param str name: `editor_collaboration:<model>:<field>:<id>`
    """
    parts = name.split(":")
    if len(parts) != 4 or not parts[3].isdecimal() or len(parts[3]) > len(str(_MAX_ID)):
        return None
    try:
        return text_channel(shared_text(env, parts[1], parts[2], int(parts[3])), parts[2])
    except (AccessError, ValidationError):
        return None


def tell_writers(record, field_name, data):
    """Send a message to all pages that write a text, once the transaction is committed.

    :param record: record whose text it is
    :param str field_name: field with the text
    :param dict data: the message, with its `notificationName`
    :raise UserError: it is too long
    """
    if len(json.dumps(data)) > MAX_MESSAGE:
        raise UserError(_("This text is too long to be written by several people at once."))
    text = {"model_name": record._name, "field_name": field_name, "res_id": record.id}
    record.env["bus.bus"]._sendone(text_channel(record, field_name), COLLABORATION, {**data, **text})


def saves_in(html):
    """Return the ids of the saves that a text contains, oldest first; nothing for a text that one person wrote."""
    found = _SAVES.search(html or "")
    return [each for each in found[1].split(",") if each] if found else []


def handle_history_divergence(record, html_field_name, vals):
    """Keep the last id of a text that is about to be written, and tell those who write it that it is saved.

    :param record: record that is written
    :param str html_field_name: field with the text
    :param dict vals: values to write, which are changed
    """
    if len(record) != 1 or html_field_name not in vals:
        return
    html = str(vals[html_field_name] or "")
    saves = saves_in(html)
    if not saves:
        return
    vals[html_field_name] = _SAVES.sub(f' data-last-history-steps="{saves[-1]}"', html, count=1)
    payload = {"last_step_id": saves[-1]}
    data = {"notificationName": SAVED, "notificationPayload": payload}
    tell_writers(record, html_field_name, data)
