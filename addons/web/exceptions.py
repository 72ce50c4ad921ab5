"""What the client handles in a way of its own."""

from odoo.exceptions import UserError


class SaveConflict(UserError):
    """Somebody else has changed what a save changes, too; nothing is written.

    ``context`` tells the client what is stored: ``values``, by field as ``web_read`` gives them, ``lines``, by field
    and id of the line ``{"values": ..., "name": ...}``, or ``False`` for a line that is gone, and ``write_uid`` and
    ``write_date`` of the record where it has them.
    """

    def __init__(self, message, stored):
        super().__init__(message)
        self.context = stored
