"""What a definition of a field names or gives to be called: methods of the model, or functions."""

__all__ = ["determine"]


def determine(needle, records, *args):
    """Call ``needle``, a method name of ``records`` or a function that takes them, with ``args``.

    :raise TypeError: when ``needle`` is neither
    """
    if not isinstance(needle, str):
        if callable(needle):
            return needle(records, *args)
        raise TypeError(f"{needle!r} is neither a function nor the name of a method")
    method = getattr(records, needle, None)
    if method is None:
        raise TypeError(f"Model {records._name!r} has no method {needle!r}")
    return method(*args)
