"""What goes wrong when somebody makes an account."""


class SignupError(Exception):
    """An account cannot be made; the message is for whoever tries."""
