"""Properties in files: each has a column of its own, and a file has some of them."""

__all__ = ["with_other_properties"]


def with_other_properties(record, values) -> dict:
    """Return values to be written to a record, with those of its properties that they leave out.

    :param values: ``{field name: value}``, properties as ``{name: value}``
    """
    merged = dict(values)
    for name, value in values.items():
        field = record._fields.get(name)
        if field is not None and field.type == "properties" and isinstance(value, dict):
            merged[name] = {**(record[name] or {}), **value}
    return merged
