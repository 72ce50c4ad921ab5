"""Text messages about many records."""

from markupsafe import Markup

from odoo import models

from ..tools.sms_tools import sms_content_to_rendered_html


class SendSMSMass(models.TransientModel):
    """Messages that are put into the queue for many records."""

    _inherit = "sms.composer"

    def _action_send_sms_mass(self, records):
        """Put a message for each record into the queue.

        :return: the messages
        """
        records.check_access(self.env["mail.thread"]._get_mail_message_access(records.ids, "create", records._name))
        values = self._prepare_mass_sms_values(records)
        queue = self._prepare_mass_sms(records, values)
        if self.mass_keep_log:
            self._log_on_records(records, values)
        if self.mass_force_send:
            queue.filtered(lambda sms: sms.state == "outgoing")._send_after_commit()
        return queue

    def _get_optout_record_ids(self, records, recipients_info):
        """Return the ids of records that want no such messages; for modules that know."""
        return []

    def _get_done_record_ids(self, records, recipients_info):
        """Return the ids of records whose number gets the message for another record, or has got it."""
        numbers = {id_: recipients_info[id_]["sanitized"] for id_ in records._ids}
        first = {}
        for id_, number in numbers.items():
            first.setdefault(number, id_)
        return [id_ for id_, number in numbers.items() if number and first[number] != id_]

    def _get_blacklist_record_ids(self, records, recipients_info):
        """Return the ids of records whose number is blocked."""
        if not self.mass_use_blacklist:
            return []
        numbers = [row["sanitized"] for row in recipients_info.values() if row["sanitized"]]
        blocked = set(self.env["phone.blacklist"].sudo().search([("number", "in", numbers)]).mapped("number"))
        return [record.id for record in records if recipients_info[record.id]["sanitized"] in blocked]

    def _prepare_mass_sms_values(self, records):
        """Return ``{record id: values of its message}``; some are kept as not sent, with the reason."""
        info, bodies = self._recipients_info(records), self._prepare_body_values(records)
        canceled = {
            "sms_duplicate": set(self._get_done_record_ids(records, info)),
            "sms_optout": set(self._get_optout_record_ids(records, info)),
            "sms_blacklist": set(self._get_blacklist_record_ids(records, info)),
        }
        prepared = {}
        for record in records:
            row, reason = info[record.id], False
            for failure, ids in canceled.items():
                reason = failure if record.id in ids else reason
            if not reason and not row["sanitized"]:
                reason = "sms_number_format" if row["number"] else "sms_number_missing"
            prepared[record.id] = {
                "body": bodies[record.id],
                "failure_type": reason,
                "number": row["sanitized"] or row["number"],
                "partner_id": row["partner"].id,
                "state": "canceled" if reason else "outgoing",
            }
        return prepared

    def _prepare_mass_sms(self, records, sms_record_values):
        """Create the messages of records.

        :param sms_record_values: see :meth:`_prepare_mass_sms_values`
        """
        # the queue is the administrators', writing about records that one may write on is for all
        queue, ordered = self.env["sms.sms"].sudo(), map(sms_record_values.get, records._ids)
        return queue.create(list(ordered))

    def _log_on_records(self, records, sms_record_values):
        """Keep the text of messages that are sent on their records."""
        sent = {id_: values for id_, values in sms_record_values.items() if values["state"] == "outgoing"}
        bodies = {id_: Markup(sms_content_to_rendered_html(values["body"])) for id_, values in sent.items()}
        records.browse(sent)._message_log_batch(bodies, message_type="sms")
