"""Archiving: records that are no longer in use, and are kept."""

__all__ = ["ArchivingMixin"]


class ArchivingMixin:
    """Records with a field that tells whether they are in use."""

    __slots__ = ()

    def toggle_active(self):
        """Archive active records and unarchive archived ones; whatever archives calls this, so addons extend it."""
        active = self.filtered(self._active_name)
        active.write({self._active_name: False})
        (self - active).write({self._active_name: True})

    def action_archive(self):
        """Archive the records that are active."""
        return self.filtered(lambda record: record[self._active_name]).toggle_active()

    def action_unarchive(self):
        """Make archived records active again."""
        return self.filtered(lambda record: not record[self._active_name]).toggle_active()
