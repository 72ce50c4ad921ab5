"""How deep values go that somebody has sent."""

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["nesting"]

#: what separates the steps of a path of fields, in domains and orders as in imports and exports
_STEP = re.compile(r"[./]")


def nesting(value: Any) -> int:
    """Return how many lists and dictionaries a value has one in the other, or how many steps its longest path has.

    :param value: what JSON can stand for; not looked at by recursion, however deep it goes
    """
    depth, steps = 0, 0
    layer = [value]
    while layer:
        depth += 1
        inside: list = []
        for item in layer:
            if isinstance(item, str):
                steps = max(steps, len(_STEP.findall(item)))
            elif isinstance(item, Mapping):
                inside += item.keys()
                inside += item.values()
            elif isinstance(item, (list, tuple)):
                inside += item
        layer = inside
    return max(depth - 1, steps)
