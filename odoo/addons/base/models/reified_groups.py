"""Names of the fields of the user form that stand for groups."""

BOOLEAN, SELECTION = "in_group_", "sel_groups_"


def name_boolean_group(group_id: int) -> str:
    """Return the name of the field for one group."""
    return f"{BOOLEAN}{group_id}"


def name_selection_groups(ids) -> str:
    """Return the name of the field for groups that imply each other."""
    return SELECTION + "_".join(str(id_) for id_ in sorted(ids))


def is_boolean_group(name: str) -> bool:
    """Tell whether ``name`` is that of a field for one group."""
    return name.startswith(BOOLEAN)


def is_selection_groups(name: str) -> bool:
    """Tell whether ``name`` is that of a field for groups that imply each other."""
    return name.startswith(SELECTION)


def is_reified_group(name: str) -> bool:
    """Tell whether ``name`` is that of a field for groups."""
    return is_boolean_group(name) or is_selection_groups(name)


def get_boolean_group(name: str) -> int:
    """Return the id of the group that a field is for."""
    return int(name[len(BOOLEAN) :])


def get_selection_groups(name: str) -> list[int]:
    """Return the ids of the groups that a field is for."""
    return [int(id_) for id_ in name[len(SELECTION) :].split("_")]
