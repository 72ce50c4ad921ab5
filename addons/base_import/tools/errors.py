"""What is wrong with a file."""

from typing import Any


class ImportValidationError(Exception):
    """Nothing can be imported: a column, or the file as a whole, is not as it has to be.

    The attributes of the exception are the message that the client gets.

    :param message: what is wrong
    :param field: path of the field whose column it is
    :param field_type: type of that field
    :param extra: further entries of the message
    """

    def __init__(self, message: str, field: str | None = None, field_type: str | None = None, **extra: Any) -> None:
        super().__init__(message)
        self.type = "error"
        self.message = message
        self.record = False
        self.not_matching_error = True
        self.field_path = [field] if field else False
        self.field_type = field_type
        self.__dict__.update(extra)
