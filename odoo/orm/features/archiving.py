"""Archiving: records that are no longer in use, and are kept."""

__all__ = ["ArchivingMixin"]


class ArchivingMixin:
    """Records with a field that tells whether they are in use."""

    __slots__ = ()

    def toggle_active(self):
        """Archive active records and unarchive archived ones."""
        active = self.filtered(self._active_name)
        active.action_archive()
        (self - active).action_unarchive()

    def action_archive(self):
        """Archive the records that are active."""
        return self.filtered(lambda record: record[self._active_name]).write({self._active_name: False})

    def action_unarchive(self):
        """Make archived records active again."""
        return self.filtered(lambda record: not record[self._active_name]).write({self._active_name: True})
