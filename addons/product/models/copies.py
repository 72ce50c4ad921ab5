"""How copies are called."""


def named_as_copies(records, copies, default):
    """Return the values of copies, with names that say what they are copies of unless ``default`` names them.

    :param records: what is copied, records that have a ``name``
    :param list copies: ``copy_data()`` of each
    :param default: the values that were given for all copies, or ``None``
    """
    if default and "name" in default:
        return copies
    for record, values in zip(records, copies, strict=True):
        values.update(name=record.env._("%s (copy)", record.name))
    return copies
