"""Files as clients show them, and as the main file of their document."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import consteq

from ..tools.discuss import Store


class IrAttachment(models.Model):
    """Files of messages."""

    _inherit = "ir.attachment"

    def register_as_main_attachment(self, force=True):
        """Show the files beside their documents, where these have a main file.

        :param force: instead of the one that is shown
        """
        for model_name, files in self.filtered("res_id").grouped("res_model").items():
            model = self.env.get(model_name)
            if model is None or not hasattr(model, "_message_set_main_attachment_id"):
                return
            for res_id, of_document in files.grouped("res_id").items():
                model.browse(res_id)._message_set_main_attachment_id(of_document, force=force)

    def _to_store(self, store: Store, /, *, fields=None, extra_fields=()):
        """Put files into a store."""
        names = fields or ("checksum", "create_date", "mimetype", "name", "res_name", "type", "url")
        for file in self:
            values = {name: file[name] for name in [*names, *extra_fields] if name in file._fields}
            if fields is None:
                values.update(filename=file.name, size=file.file_size, voice=False)
                owned = file.res_id and file.res_model not in (False, "mail.compose.message")
                document = (
                    self.env[file.res_model].browse(file.res_id) if owned and file.res_model in self.env else None
                )
                values["thread"] = Store.one(document, as_thread=True, only_id=True) if document is not None else False
            store.add(file, values)

    def _check_attachments_access(self, attachment_tokens):
        """Check that the user may use files in a message: by right, by token, or as the author of a message with them.

        :param attachment_tokens: list of tokens, in the order of the files
        :raise UserError: otherwise
        """
        tokens = [*(attachment_tokens or ()), *[None] * len(self)]
        for file, token in zip(self, tokens, strict=False):
            known = file.sudo()
            by_token = bool(token and known.access_token) and consteq(known.access_token, token)
            if by_token or file.exists().has_access("write"):
                continue
            own = [("attachment_ids", "in", file.ids), ("author_id", "=", self.env.user.partner_id.id)]
            if not self.env["mail.message"].sudo().search_count(own, limit=1):
                raise UserError(self.env._("The file %s is not yours to send, or is gone.", file.id))

    def _delete_and_notify(self, message=None):
        """Delete files, and tell clients.

        :param message: the message that they were in
        """
        for file in self:
            about = {"message": {"id": message.id, "write_date": str(message.write_date)}} if message else {}
            self.env.user._bus_send("ir.attachment/delete", {"id": file.id, **about})
        self.unlink()
