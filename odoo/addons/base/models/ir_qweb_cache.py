"""Parts of templates whose text is kept: ``t-cache``, and ``t-nocache`` for what is written anew each time.

The text of a cached part is kept by worker, with marks in the places of the parts inside of it that are not cached.
Those know the values of the root call, and what ``t-nocache-<name>`` kept with them; they run after the text around
them, which need not run at all.
"""

import datetime
import hashlib
import re
import secrets
from decimal import Decimal

from lxml import etree

from odoo.models import BaseModel

#: names, which no template can write, of the values of the root call, and of the list of marked parts
ROOT_VALUES = "*root"
MARKED_PARTS = "*marked"

#: values that may be kept: those that mean the same in another transaction
PLAIN_VALUES = (
    str,
    bytes,
    int,
    float,
    complex,
    Decimal,
    bool,
    type(None),
    datetime.date,
    datetime.time,
    datetime.timedelta,
)

# nobody who writes text into a page can know the marks
_SECRET = secrets.token_hex(16)
_MARK = re.compile(f"\ue000{_SECRET}:(\\d+)\ue001")


class UncachedPart:
    """A part inside of a cached one that is written anew each time.

    :ivar template: the compiled template that it stands in
    :ivar function: generator function that writes it
    :ivar kept: values by name that were worked out when the text around it was cached
    :ivar context: keys of the context in which it runs, beside those of the root call
    """

    __slots__ = ("context", "function", "kept", "template")

    def __init__(self, template, function, kept, context):
        self.template, self.function, self.kept, self.context = template, function, kept, context

    def write(self, qweb, root_values):
        """Write the part, as an iterator of text.

        :param qweb: ``ir.qweb`` of the root call
        :param root_values: values of the root call
        """
        values = {**root_values, ROOT_VALUES: root_values, **self.kept}
        return self.template.run(self.function, qweb.with_context(**self.context) if self.context else qweb, values)


def mark_uncached(template, qweb, values, function, kept):
    """Return what stands in the text of a cached part for a part that is not cached.

    :param kept: values by name
    :raise TypeError: for values that cannot be kept
    """
    for name, value in kept.items():
        if not isinstance(value, PLAIN_VALUES):
            raise TypeError(
                f"t-nocache-{name} cannot keep {value!r}: only text, numbers, dates and the like can be kept"
            )
    parts, context = values[MARKED_PARTS]
    own = {key: value for key, value in qweb.env.context.items() if context.get(key) != value}
    return _mark(parts, UncachedPart(template, function, kept, own))


def _mark(parts, part):
    parts.append(part)
    return f"\ue000{_SECRET}:{len(parts) - 1}\ue001"


def key_of(value):
    """Return what of a value counts as a key: of records their model, ids and last changes.

    :raise TypeError: for a value that cannot be part of a key
    """
    if isinstance(value, BaseModel):
        dates = [record.write_date for record in value] if "write_date" in value._fields else ()
        return value._name, tuple(value.ids), tuple(dates)
    if isinstance(value, (tuple, list)):
        return tuple(map(key_of, value))
    if isinstance(value, dict):
        return tuple((name, key_of(item)) for name, item in value.items())
    hash(value)
    return value


def cached_pieces(qweb, values, function):
    """Write a cached part for the first time.

    :return: tuple of texts and :class:`UncachedPart`
    """
    parts = []
    inner = {**values, MARKED_PARTS: (parts, qweb.env.context)}
    split = _MARK.split("".join(function(qweb, inner)))
    return tuple(parts[int(piece)] if number % 2 else piece for number, piece in enumerate(split) if piece)


def write_pieces(qweb, values, pieces):
    """Write what :func:`cached_pieces` returned, as an iterator of text."""
    outer = values.get(MARKED_PARTS)
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        elif outer:
            # the part around this one is being cached, too
            yield _mark(outer[0], piece)
        else:
            yield from piece.write(qweb, values.get(ROOT_VALUES, values))


class CachedPartsCompiler:
    """The directives of cached parts."""

    __slots__ = ()

    def _compile_node_function(self, prefix, el, compile_context, level):
        """Compile what is left to be applied on a node into a nested generator function; return its name and lines."""
        name = self._make_name(prefix, compile_context)
        outer_text, compile_context["text"] = compile_context["text"], []
        body = self._compile_directives(el, compile_context, level + 1)
        body += self._flush_text(compile_context, level + 1)
        compile_context["text"] = outer_text
        return name, [f"{'    ' * level}def {name}(self, values):", f"{'    ' * (level + 1)}yield ''", *body]

    def _compile_directive_cache(self, el, compile_context, level):
        """``t-cache``: keep the text of the node under a key."""
        expr = el.get("t-cache")
        code = self._flush_text(compile_context, level)
        key = self._expression(el, "t-cache", expr or "None")
        origin = self._mark_origin(el, f't-cache="{expr}"', compile_context)
        name, lines = self._compile_node_function("cached", el, compile_context, level)
        call = f"yield from self._cached_part({_place(el, compile_context)!r}, {key}, {name}, values){origin}"
        return [*code, *lines, "    " * level + call]

    def _compile_directive_nocache(self, el, compile_context, level):
        """``t-nocache``: write the node anew each time that the text around it is used.

        ``t-nocache-<name>`` are values that it finds; in a cached part they are kept with the text.
        """
        code = self._flush_text(compile_context, level)
        kept, origins = [], ""
        for attribute, expr in el.attrib.items():
            if attribute.startswith("t-nocache-"):
                kept.append(f"{attribute[10:]!r}: {self._expression(el, attribute, expr)}")
                origins = self._mark_origin(el, f'{attribute}="{expr}"', compile_context)
        name, lines = self._compile_node_function("uncached", el, compile_context, level)
        indent, values = "    " * level, "{%s}" % ", ".join(kept)
        return [
            *code,
            *lines,
            f"{indent}if {MARKED_PARTS!r} in values:",
            f"{indent}    yield mark_uncached(template, self, values, {name}, {values}){origins}",
            f"{indent}else:",
            f"{indent}    values.update({values}){origins}",
            f"{indent}    yield from {name}(self, values)",
        ]


def _place(el, compile_context):
    """Return what tells a node from all others: its template, by name or by content, and its path."""
    root = compile_context["root"]
    if not compile_context.get("inline"):
        return str(compile_context["ref"]), "", root.getpath(el)
    if "content" not in compile_context:
        compile_context["content"] = hashlib.sha256(etree.tostring(root)).hexdigest()
    return "", compile_context["content"], root.getpath(el)
