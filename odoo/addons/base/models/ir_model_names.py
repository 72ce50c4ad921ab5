"""Names that the description of the code goes by: external ids of models, fields and the like."""

#: context key that permits deleting the records of modules being uninstalled
MODULE_UNINSTALL_FLAG = "_force_unlink"


def model_xmlid(module: str, model_name: str) -> str:
    """Return the external id of a model."""
    return f"{module}.model_{model_name.replace('.', '_')}"


def inherit_xmlid(module: str, model_name: str, parent_name: str) -> str:
    """Return the external id of an inheritance link."""
    return f"{module}.model_inherit__{model_name.replace('.', '_')}__{parent_name.replace('.', '_')}"


def field_xmlid(module: str, model_name: str, field_name: str) -> str:
    """Return the external id of a field."""
    return f"{module}.field_{model_name.replace('.', '_')}__{field_name}"


def selection_xmlid(module: str, model_name: str, field_name: str, value: str) -> str:
    """Return the external id of an option of a selection field."""
    option = value.replace(".", "_").replace(" ", "_").lower()
    return f"{module}.selection__{model_name.replace('.', '_')}__{field_name}__{option}"


def constraint_xmlid(module: str, constraint_name: str) -> str:
    """Return the external id of a database constraint."""
    return f"{module}.constraint_{constraint_name}"
