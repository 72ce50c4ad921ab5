"""Style sheets for languages that are written from right to left: the compiled CSS with its sides swapped.

Authors steer it by the comments of RTLCSS: ``/*rtl:ignore*/`` (also ``begin:ignore`` and ``end:ignore``),
``/*rtl:remove*/``, ``/*rtl:raw: ...*/``, and in a value ``/*rtl:...*/`` (the value to take), ``append``, ``prepend``
and ``insert``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import tinycss2

__all__ = ["mirrored"]

#: a swap of sides, in names of properties and in keywords
_SIDES = re.compile(r"\b(left|right)\b")
_SWAPPED = {"left": "right", "right": "left"}
_DIRECTIONS = {"ltr": "rtl", "rtl": "ltr"}
_CURSORS = {
    "e-resize": "w-resize",
    "w-resize": "e-resize",
    "ne-resize": "nw-resize",
    "nw-resize": "ne-resize",
    "se-resize": "sw-resize",
    "sw-resize": "se-resize",
    "nesw-resize": "nwse-resize",
    "nwse-resize": "nesw-resize",
}
_FOUR_SIDES = frozenset(
    ("border-color", "border-style", "border-width", "inset", "margin", "padding", "scroll-margin", "scroll-padding")
)
_KEYWORDS = frozenset(
    (
        "background",
        "background-image",
        "caption-side",
        "clear",
        "float",
        "justify-content",
        "text-align",
        "text-align-last",
    )
)
_POSITIONS = frozenset(
    ("background-position", "background-position-x", "object-position", "perspective-origin", "transform-origin")
)
_LISTED_PROPERTIES = frozenset(("transition", "transition-property", "will-change"))
#: functions of transforms -> the places of the arguments that change their sign
_TRANSFORMS = {
    "matrix": (1, 2, 4),
    "matrix3d": (1, 2, 3, 4, 8, 12),
    "rotate": (0,),
    "rotatey": (0,),
    "rotatez": (0,),
    "skew": (0, 1),
    "skewx": (0,),
    "skewy": (0,),
    "translate": (0,),
    "translate3d": (0,),
    "translatex": (0,),
}
_NESTED_RULES = frozenset(("media", "supports", "layer", "container", "document", "keyframes", "scope"))
_DIRECTIVE = re.compile(r"!?\s*rtl:\s*(?P<name>begin:|end:)?(?P<what>.*)\s*$", re.DOTALL)
_VENDOR = re.compile(r"^-(?:webkit|moz|ms|o)-")

Nodes = list[Any]


def mirrored(css: str) -> str:
    """Return a style sheet for writing from right to left.

    :param css: the style sheet for writing from left to right
    """
    nodes = tinycss2.parse_stylesheet(css)
    return tinycss2.serialize(_steered(nodes, _mirror_rule))


def _steered(nodes: Iterable[Any], mirror: Callable[[Any], Any]) -> Nodes:
    """Return rules or declarations with ``mirror`` done to each, except where comments say something else."""
    result: Nodes = []
    # what comments between begin and end say, and what one says about the next node
    blocks: list[str] = []
    following = None
    for node in nodes:
        directive = _DIRECTIVE.match(node.value) if node.type == "comment" else None
        if directive:
            what = directive["what"].strip()
            if directive["name"] == "begin:":
                blocks.append(what)
            elif directive["name"] == "end:":
                blocks = [block for block in blocks if block != what]
            elif what.startswith("raw:"):
                result += tinycss2.parse_component_value_list(what.removeprefix("raw:"))
            else:
                following = what
        elif node.type in ("comment", "whitespace") or node == ";":
            result.append(node)
        else:
            wishes, following = {*blocks, following}, None
            if "remove" not in wishes:
                result.append(node if "ignore" in wishes else mirror(node))
    return result


def _mirror_rule(rule):
    if rule.type == "qualified-rule":
        rule.content = _mirror_declarations(rule.content)
    elif rule.type == "at-rule" and rule.content is not None:
        name = _VENDOR.sub("", rule.lower_at_keyword)
        if name in _NESTED_RULES:
            rule.content = _steered(tinycss2.parse_rule_list(rule.content), _mirror_rule)
        elif name == "page":
            rule.content = _mirror_declarations(rule.content)
    return rule


def _mirror_declarations(content: Nodes) -> Nodes:
    return _steered(tinycss2.parse_blocks_contents(content), _mirror_declaration)


def _mirror_declaration(node):
    if node.type != "declaration":
        return _mirror_rule(node) if node.type in ("qualified-rule", "at-rule") else node
    if node.name.startswith("--"):
        return node
    given = _given_value(node.value)
    if given is not None:
        node.value = given
        return node
    name = _VENDOR.sub("", node.lower_name)
    swapped = _swapped_property(name)
    if swapped != name:
        node.name = node.lower_name.replace(name, swapped)
    node.value = _mirrored_value(name, node.value)
    return node


def _given_value(value: Nodes) -> Nodes | None:
    """Return the value that a comment in it asks for, ``None`` when none does."""
    for index, node in enumerate(value):
        directive = _DIRECTIVE.match(node.value) if node.type == "comment" else None
        if directive is None:
            continue
        rest = value[:index] + value[index + 1 :]
        what, colon, argument = directive["what"].partition(":")
        if what.strip() == "ignore":
            return rest
        added = tinycss2.parse_component_value_list(argument)
        space = tinycss2.parse_component_value_list(" ")
        if colon and what == "append":
            return [*rest, *added]
        if colon and what == "prepend":
            return [*space, *added, *rest]
        if colon and what == "insert":
            return [*value[:index], *added, *value[index + 1 :]]
        return [*space, *tinycss2.parse_component_value_list(directive["what"])]
    return None


def _swapped_property(name: str) -> str:
    """Return the name of the property of the other side."""
    return _SIDES.sub(lambda match: _SWAPPED[match[1]], name)


def _mirrored_value(name: str, value: Nodes) -> Nodes:
    """Return the value of a property for the other direction.

    :param name: its name, in lower case and without the prefix of a browser
    """
    if name in _FOUR_SIDES:
        return _swap_four(value, 1, 3)
    if name == "border-radius":
        return _mirrored_radius(value)
    if name in ("box-shadow", "text-shadow"):
        return _by_layer(value, _negate_first_length)
    if name in _KEYWORDS:
        return _replace_words(value, _SWAPPED)
    if name in _POSITIONS:
        return _by_layer(value, _mirrored_position)
    if name == "transform":
        return _mirrored_transforms(value)
    if name == "direction":
        return _replace_words(value, _DIRECTIONS)
    if name == "cursor":
        return _replace_words(value, _CURSORS)
    if name in _LISTED_PROPERTIES:
        for node in value:
            if node.type == "ident":
                node.value = _swapped_property(node.lower_value)
        return value
    return value


def _is_term(node: Any) -> bool:
    """Tell whether a node is a part of a value, not what is between its parts."""
    return node.type not in ("whitespace", "comment")


def _terms(value: Nodes) -> list[int]:
    """Return the places of the parts of a value."""
    return [index for index, node in enumerate(value) if _is_term(node)]


def _swap_four(value: Nodes, first: int, second: int) -> Nodes:
    """Swap two of the four parts of a value; one with fewer parts is the same on both sides."""
    places = _terms(value)
    if len(places) == 4:
        one, other = places[first], places[second]
        value[one], value[other] = value[other], value[one]
    return value


def _mirrored_radius(value: Nodes) -> Nodes:
    """Swap the corners of the left with those of the right, for both axes of ellipses."""
    slash = next((index for index, node in enumerate(value) if node == "/"), len(value))
    return [*_mirrored_corners(value[:slash]), *value[slash : slash + 1], *_mirrored_corners(value[slash + 1 :])]


def _mirrored_corners(value: Nodes) -> Nodes:
    places = _terms(value)
    corners = [value[place] for place in places]
    if len(corners) == 2:
        value[places[0]], value[places[1]] = corners[1], corners[0]
    elif len(corners) == 3:
        top_left, others, bottom_right = corners
        for place, corner in zip(places, (others, top_left, others), strict=True):
            value[place] = corner
        value += [*tinycss2.parse_component_value_list(" "), bottom_right]
    elif len(corners) == 4:
        for place, corner in zip(places, (corners[1], corners[0], corners[3], corners[2]), strict=True):
            value[place] = corner
    return value


def _by_layer(value: Nodes, mirror: Callable[[Nodes], Nodes]) -> Nodes:
    """Return a value with ``mirror`` done to each of its parts between commas."""
    result: Nodes = []
    layer: Nodes = []
    for node in value:
        if node == ",":
            result += [*mirror(layer), node]
            layer = []
        else:
            layer.append(node)
    return result + mirror(layer)


def _is_length(node: Any) -> bool:
    return node.type in ("number", "dimension", "percentage") or (
        node.type == "function" and node.lower_name in ("calc", "var", "min", "max", "clamp", "env")
    )


def _negate_first_length(value: Nodes) -> Nodes:
    for index, node in enumerate(value):
        # a colour may be a variable, an offset hardly ever is one
        if _is_length(node) and not (node.type == "function" and node.lower_name == "var"):
            value[index] = _negated(node)
            return value
    return value


def _negated(node: Any) -> Any:
    """Return a number, length or expression with the other sign."""
    if node.type == "function":
        return tinycss2.parse_one_component_value(f"calc(-1 * {tinycss2.serialize([node])})")
    if not node.value:
        return node
    text = tinycss2.serialize([node])
    text = text[1:] if text.startswith("-") else f"-{text.removeprefix('+')}"
    return tinycss2.parse_one_component_value(text)


def _mirrored_transforms(value: Nodes) -> Nodes:
    for node in value:
        if node.type == "function" and node.lower_name in _TRANSFORMS:
            node.arguments = _negated_arguments(node.arguments, _TRANSFORMS[node.lower_name])
        elif node.type == "function":
            # what a variable is by default
            node.arguments = _mirrored_transforms(node.arguments)
    return value


def _negated_arguments(arguments: Nodes, places: tuple[int, ...]) -> Nodes:
    """Return the arguments of a function with other signs at some places."""
    place = 0
    for index, node in enumerate(arguments):
        if node == ",":
            place += 1
        elif place in places and _is_length(node):
            arguments[index] = _negated(node)
    return arguments


def _replace_words(value: Nodes, words: dict[str, str]) -> Nodes:
    for node in value:
        if node.type == "ident":
            node.value = words.get(node.lower_value, node.value)
        elif node.type == "function" and node.lower_name.endswith("gradient"):
            node.arguments = _replace_words(node.arguments, words)
            places = _terms(node.arguments)
            if places and (angle := node.arguments[places[0]]).type == "dimension":
                node.arguments[places[0]] = _negated(angle)
    return value


def _mirrored_position(value: Nodes) -> Nodes:
    """Return a position as far from the right as it was from the left."""
    places = _terms(value)
    words = {node.lower_value for node in value if node.type == "ident"}
    if words & _SWAPPED.keys():
        return _replace_words(value, _SWAPPED)
    # "top 10%" begins with the vertical part
    if len(places) > 1 and words & {"top", "bottom"} and value[places[0]].type == "ident":
        places = places[1:]
    if not places:
        return value
    across = places[0]
    node = value[across]
    if node.type == "percentage" or (node.type in ("number", "dimension") and not node.value):
        rest = 100 - node.value
        value[across] = tinycss2.parse_one_component_value(f"{rest:g}%")
    elif node.type == "function" and node.lower_name != "var":
        value[across] = tinycss2.parse_one_component_value(f"calc(100% - {tinycss2.serialize([node])})")
    return value
