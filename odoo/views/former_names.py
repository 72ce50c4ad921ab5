"""Names that view types had in former versions: what comes in under them is kept under those of today."""

import re

__all__ = ["arch_of_today", "type_of_today", "types_of_today"]

_TAG = re.compile(r"(</?)tree(?=[\s/>])")
_EXPRESSION = re.compile(r"""(?<=\bexpr=)("[^"]*"|'[^']*')""")
#: a step of a path: no name of a class, nor of a field
_STEP = re.compile(r"""(?:(?<=[/:|(\[\s])|(?<=^["']))tree(?=[/\[|)\]\s]|["']$)""")


def type_of_today(name: str) -> str:
    """Return the name of a view type: ``list`` for what was called ``tree``, others as they are."""
    return "list" if name == "tree" else name


def types_of_today(names: str) -> str:
    """Return view types separated by commas, each under its name of today."""
    return ",".join(map(type_of_today, names.split(","))) if names and "tree" in names else names


def arch_of_today(arch: str) -> str:
    """Return an architecture in which lists, and the paths that lead to them, have their name of today.

    :param arch: an architecture, or what changes one; otherwise it stays as it is written
    """
    if not arch or "tree" not in arch:
        return arch
    arch = _TAG.sub(r"\1list", arch)
    return _EXPRESSION.sub(lambda expression: _STEP.sub("list", expression[0]), arch)
