"""A model with a method for each exception."""

from odoo import exceptions, fields, models


class TestExceptionsModel(models.Model):
    """Raises what its buttons say."""

    _name = "test_exceptions.model"
    _description = "Exceptions"

    name = fields.Char()

    def raise_user_error(self):
        """Refuse what makes no sense now."""
        raise exceptions.UserError(self.env._("This makes no sense in the state of the record."))

    def raise_validation_error(self):
        """Refuse values."""
        raise exceptions.ValidationError(self.env._("A constraint refuses these values."))

    def raise_access_error(self):
        """Refuse the user."""
        raise exceptions.AccessError(self.env._("You may not do this with the record."))

    def raise_access_denied(self):
        """Refuse the login."""
        raise exceptions.AccessDenied()

    def raise_redirect_warning(self):
        """Refuse, and offer a way out."""
        action = self.env.ref("test_exceptions.action_test_exceptions")
        raise exceptions.RedirectWarning(self.env._("Something is missing."), action.id, self.env._("Go there"))

    def raise_missing_error(self):
        """Write on a record that was deleted."""
        gone = self.create({"name": "gone"})
        gone.unlink()
        gone.write({"name": "written"})
        self.env.flush_all()

    def raise_cache_miss(self):
        """Read from a cache that was emptied."""
        self.invalidate_recordset()
        return self.env.cache.get(self, self._fields["name"])

    def raise_server_error(self):
        """Fail."""
        raise RuntimeError("A fault of the program")
