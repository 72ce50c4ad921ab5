"""Doubts about nodes of views: what those cannot use who hear a page or have no mouse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

__all__ = ["accessibility_doubts"]

_DESCRIPTIONS = ("title", "aria-label", "aria-labelledby")
_PARTS_OF_DIALOGS = {"modal-header": "header", "modal-body": "main", "modal-footer": "footer"}
_PROGRESS = ("aria-valuenow", "aria-valuemin", "aria-valuemax")
#: types of inputs that are buttons
_BUTTON_INPUTS = ("button", "submit", "reset")
#: what of a class is known on the page only
_COMPUTED = re.compile(r"\S*(\{\{.*?\}\}|#\{.*?\})\S*")


def _has(node: etree._Element, name: str) -> bool:
    """Tell whether a node has an attribute, be it computed."""
    return any(prefix + name in node.attrib for prefix in ("", "t-att-", "t-attf-"))


def _plays(node: etree._Element, *roles: str) -> bool:
    """Tell whether a node has one of some roles; of a computed one nothing can be said."""
    role = node.get("role")
    return role in roles if role is not None else _has(node, "role")


def _has_text(node: etree._Element | None, attribute: str = "text") -> bool:
    return node is not None and bool((getattr(node, attribute) or "").strip())


def _is_described(node: etree._Element) -> bool:
    """Tell whether a picture comes with words: on it or what is around it, in it, or beside it."""
    if any(_has(around, name) for around in (node, *node.iterancestors()) for name in _DESCRIPTIONS):
        return True
    if node.get("string") or any(_has_text(inside) for inside in node.iter(etree.Element)):
        return True
    if any(
        inside.tag in ("field", "label") or _has_text(inside, "tail") for inside in node.iterdescendants(etree.Element)
    ):
        return True
    before, after = node.getprevious(), node.getnext()
    text_before = _has_text(before, "tail") if before is not None else _has_text(node.getparent())
    return text_before or _has_text(node, "tail") or any(map(_is_words, (before, after)))


def _is_words(neighbour: etree._Element | None) -> bool:
    if neighbour is None:
        return False
    return bool(neighbour.get("string")) if neighbour.tag in ("field", "label") else _is_text_span(neighbour)


def _is_text_span(node: etree._Element) -> bool:
    return node.tag == "span" and _has_text(node)


# what a class is a sign of: each returns what is missing, if anything


def _doubt_alert(node, css):
    if css == "alert-link" or "alert-link" in (node.get("class") or "").split():
        return None
    if _plays(node, "alert", "alertdialog", "status"):
        return None
    return f'An alert (class {css}) needs one of the roles "alert", "alertdialog" and "status"'


def _doubt_icon(node, css):
    return None if _is_described(node) else f'An icon (class {css}) needs a "title", or a text in it or beside it'


def _doubt_button(node, css):
    if node.tag == "a":
        return None if css != "btn" or _plays(node, "button") else 'A link that looks like a button needs role="button"'
    if css in ("btn-group", "btn-toolbar", "btn-addr") or node.tag in ("button", "select"):
        return None
    if node.tag == "input" and node.get("type") in _BUTTON_INPUTS:
        return None
    return f"<{node.tag}> is no button, as its class {css} says: take an element that is one"


def _doubt_menu(node, css):
    if node.tag not in ("ul", "div") or _plays(node, "menu"):
        return None
    return 'A drop-down menu needs role="menu"'


def _doubt_progress(node, css):
    if not _plays(node, "progressbar"):
        return 'A progress bar needs role="progressbar"'
    missing = [name for name in _PROGRESS if not _has(node, name)]
    return f"A progress bar needs the attributes {', '.join(missing)}" if missing else None


def _doubt_role(node, css):
    role = {"tab-pane": "tabpanel", "nav-tabs": "tablist", "modal": "dialog"}[css]
    return None if _plays(node, role) else f'What has the class {css} needs role="{role}"'


def _doubt_part_of_dialog(node, css):
    tag = _PARTS_OF_DIALOGS[css]
    return None if node.tag == tag else f"The class {css} is for <{tag}>, not for <{node.tag}>"


_CLASSES: list[tuple[re.Pattern[str], Callable[[etree._Element, str], str | None]]] = [
    (re.compile(r"alert-.+"), _doubt_alert),
    (re.compile(r"fa-.+"), _doubt_icon),
    (re.compile(r"btn(-.+)?"), _doubt_button),
    (re.compile(r"dropdown-menu"), _doubt_menu),
    (re.compile(r"o_progressbar"), _doubt_progress),
    (re.compile(r"tab-pane|nav-tabs|modal"), _doubt_role),
    (re.compile("|".join(_PARTS_OF_DIALOGS)), _doubt_part_of_dialog),
]


def _doubts_of_classes(node: etree._Element) -> Iterator[str]:
    """Yield the doubts that the classes of a node raise, one of each kind."""
    done = set()
    for css in _COMPUTED.sub("", f"{node.get('class', '')} {node.get('t-attf-class', '')}").split():
        for pattern, find_doubt in _CLASSES:
            if find_doubt not in done and pattern.fullmatch(css) and (doubt := find_doubt(node, css)):
                done.add(find_doubt)
                yield doubt


def accessibility_doubts(node: etree._Element) -> Iterator[str]:
    """Yield sentences that tell what some people will miss at a node of a view.

    :param node: an element, in the tree of its view
    """
    if node.get("class") or node.get("t-attf-class"):
        yield from _doubts_of_classes(node)
    role = node.get("role")
    if role in ("none", "presentation"):
        yield f'role="{role}" hides what the node is'
    if node.get("data-bs-toggle") == "tab":
        if not _plays(node, "tab"):
            yield 'What switches tabs needs role="tab"'
        if not _has(node, "aria-controls") or "#" in (node.get("aria-controls") or ""):
            yield 'What switches tabs needs "aria-controls" with the id of the tab, without "#"'
    if node.tag == "img" and not _has(node, "alt"):
        yield 'An <img> needs an "alt" text'
    if node.tag == "button" and (node.get("icon") or "").startswith("fa-") and not _is_described(node):
        yield f'A button with the icon {node.get("icon")} needs a "title" or a text'
