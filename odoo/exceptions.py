"""Exceptions that mean something to users and to the clients.

A client shows each of these in a way of its own, so raise the class that says what happened. Every other
exception reaches the user as a server error with its traceback.
"""


class UserError(Exception):
    """The user asked for something that cannot be done in the current state of the data.

    :param message: sentence shown to the user
    """

    http_status = 422

    def __init__(self, message):
        super().__init__(message)

    @property
    def name(self):
        """The message (old name, still read by clients of the RPC interface)."""
        return self.args[0]


class RedirectWarning(Exception):
    """A warning that offers the user a way out: a button that opens an action.

    :param message: sentence shown to the user
    :param action: id of the action the button opens
    :param button_text: label of the button
    :param additional_context: context handed to the action
    """

    def __init__(self, message, action, button_text, additional_context=None):
        super().__init__(message, action, button_text, additional_context)

    @property
    def name(self):
        """The message (old name, still read by clients of the RPC interface)."""
        return self.args[0]


class AccessDenied(UserError):
    """Wrong login or password. Carries no cause and no traceback, so that nothing leaks to the client.

    :param message: sentence shown to the user
    """

    http_status = 403

    def __init__(self, message="Access Denied"):
        super().__init__(message)
        self.suppress_traceback()

    def suppress_traceback(self):
        """Drop what the traceback and the chained exceptions could give away."""
        self.with_traceback(None)
        self.__cause__ = None
        self.traceback = ("", "", "")


class TooManyAttempts(AccessDenied):
    """Somebody who tried passwords, codes or keys too often has to wait; clients see an :class:`AccessDenied`.

    :param message: sentence shown to the user
    :param retry_after: seconds to wait
    """

    http_status = 429
    client_type = AccessDenied

    def __init__(self, message, retry_after):
        super().__init__(message)
        self.retry_after = retry_after
        self.context = {"retry_after": retry_after}


class AccessError(UserError):
    """The user lacks the right to do this with these records."""

    http_status = 403


class CacheMiss(KeyError):
    """The cache holds no value of that field for that record.

    :param record: the record that was asked for
    :param field: the field that was asked for
    """

    def __init__(self, record, field):
        super().__init__(f"{record!r}.{field.name}")


class MissingError(UserError):
    """The records do not exist (any more)."""

    http_status = 404


class ValidationError(UserError):
    """A constraint refuses the values."""
