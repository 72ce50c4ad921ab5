"""Why an address does not take an e-mail."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AliasError:
    """A reason to refuse an e-mail that came to an alias.

    ``code`` names the reason, ``message`` may tell the sender more, and ``is_config_error`` says that nobody's e-mail
    could be taken, because the alias is set up wrongly.
    """

    code: str
    message: str = ""
    is_config_error: bool = False
