"""Names of columns: paths of fields."""

import re

__all__ = ["fix_import_export_id_paths"]


def fix_import_export_id_paths(fieldname: str) -> list:
    """Return a column name as a list of field names; ``.id`` and ``:id`` at the end of a field name make a name too.

    :param fieldname: ``field/subfield``, ``field/id`` or ``field:id`` (external id), ``field/.id`` or ``field.id`` (id)
    """
    # not within the name of a property
    path = re.sub(r"([^/])\.id(?=/|$)", r"\1/.id", fieldname)
    return re.sub(r"([^/]):id(?=/|$)", r"\1/id", path).split("/")
