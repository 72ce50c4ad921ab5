"""What a compiled template runs with: errors, the compiled form, the functions that generated code calls."""

import re
import traceback

import psycopg2
import psycopg2.errors
from markupsafe import Markup, escape

from odoo.tools.safe_eval import _BUILTINS, unsafe_eval

from .ir_qweb_cache import mark_uncached

VOID_ELEMENTS = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
)

#: errors that say something about the transaction rather than the template
_TRANSPARENT_ERRORS = (
    psycopg2.extensions.TransactionRollbackError,
    psycopg2.errors.ReadOnlySqlTransaction,
)


class QWebException(Exception):
    """A template failed to compile or to render.

    :ivar template: name or id of the template
    :ivar path: path of the node in the template
    :ivar expression: the directive that failed
    :ivar node: opening tag of the node
    :ivar line: line of the node in the template's architecture
    """

    def __init__(self, message, template=None, path=None, expression=None, node=None, line=None):
        self.message = message
        self.template = self.name = template
        self.path = path
        self.expression = expression
        self.node = node
        self.line = line
        super().__init__(message)

    def __str__(self):
        parts = [self.message]
        for label, value in (
            ("Template", self.template),
            ("Path", self.path),
            ("Line", self.line),
            ("Expression", self.expression),
            ("Node", self.node),
        ):
            if value not in (None, ""):
                parts.append(f"{label}: {value}")
        return "\n".join(parts)


class QWebSyntaxError(Exception):
    """A template cannot be compiled.

    :ivar element: the node at fault
    :ivar expression: the directive at fault
    """

    def __init__(self, message, element, expression=None):
        super().__init__(message)
        self.element = element
        self.expression = expression

    def as_exception(self, ref):
        """Return the :class:`QWebException` that says the same of the template ``ref``."""
        return QWebException(
            f"Cannot compile the template\n{self}",
            template=ref,
            path=self.element.getroottree().getpath(self.element),
            expression=self.expression,
            line=self.element.sourceline,
        )


class CompiledTemplate:
    """A template ready to run: a generator function, and where its lines come from."""

    __slots__ = ("filename", "function", "positions", "ref", "source")

    def __init__(self, source, name, positions, ref):
        self.source, self.positions, self.ref = source, positions, ref
        self.filename = f"<qweb {ref}>"
        scope = {**template_globals(), "template": self}
        unsafe_eval(compile(source, self.filename, "exec"), scope)
        self.function = scope[name]

    def __call__(self, qweb, values):
        """Render as an iterator of text; errors become :class:`QWebException`."""
        return self.run(self.function, qweb, values)

    def run(self, function, qweb, values):
        """Run the template, or a part of it that is a function of its own, as an iterator of text."""
        try:
            yield from function(qweb, values)
        except (QWebException, *_TRANSPARENT_ERRORS):
            raise
        except Exception as error:
            raise self._explain(error) from error

    def _explain(self, error):
        lines = [
            line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == self.filename
        ]
        path = expression = node = line = None
        for number in reversed(lines):
            if number in self.positions:
                path, expression, node, line = self.positions[number]
                break
        return QWebException(
            f"Error while rendering the template\n{type(error).__name__}: {error}",
            template=self.ref,
            path=path,
            expression=expression,
            node=node,
            line=line,
        )


def to_text(value):
    """Text of a value inside of an attribute or a format: nothing for ``None`` and ``False``."""
    if value is None or value is False:
        return ""
    if isinstance(value, bytes):
        return value.decode()
    return str(value)


def to_markup(value):
    """Escaped text of a value, ready for output."""
    if isinstance(value, bytes):
        value = value.decode()
    return escape(value)


def raw(value):
    """Take a value for safe markup."""
    return value if value is None or value is False else Markup(value)


def attributes_text(attributes):
    """Write attributes; those without value vanish."""
    return "".join(
        f' {escape(str(name))}="{escape(str(value))}"'
        for name, value in attributes.items()
        if name and (value or isinstance(value, str))
    )


def join_classes(static, computed):
    """Join the classes that a template writes with those it computes."""
    return f"{static} {computed}" if computed else static


def attribute_pairs(value):
    """Read the value of ``t-att``: a dictionary, a ``(name, value)`` pair, or a list of pairs."""
    if not value:
        return {}
    if isinstance(value, dict):
        return value
    if isinstance(value, (list, tuple)) and isinstance(value[0], (list, tuple)):
        return dict(value)
    return dict([value])


def tag_name(value):
    """Check a computed element name."""
    name = str(value)
    if not re.fullmatch(r"[A-Za-z][\w:.-]*", name):
        raise ValueError(f"Invalid element name {name!r}")
    return name


def foreach(values, name, iterable):
    """Iterate, setting the loop variables in ``values`` at each turn."""
    if not iterable:
        return
    if isinstance(iterable, bool):
        raise TypeError(f"Cannot iterate over {iterable!r}")
    if isinstance(iterable, int):
        pairs = [(number, number) for number in range(iterable)]
    elif isinstance(iterable, dict):
        pairs = list(iterable.items())
    else:
        pairs = [(item, item) for item in iterable]
    size = values[f"{name}_size"] = len(pairs)
    for index, (key, value) in enumerate(pairs):
        values[name] = key
        values[f"{name}_value"] = value
        values[f"{name}_index"] = index
        values[f"{name}_first"] = index == 0
        values[f"{name}_last"] = index + 1 == size
        values[f"{name}_odd"] = bool(index % 2)
        values[f"{name}_even"] = not index % 2
        values[f"{name}_parity"] = "odd" if index % 2 else "even"
        yield


def nonce_text(values):
    """Return the attribute that tells the scripts of a page from others, nothing where no page is rendered.

    :param values: values of the template
    """
    nonce = values.get("csp_nonce")
    return f' nonce="{escape(nonce)}"' if nonce else ""


def asset_text(nodes, nonce):
    """Write the nodes of a bundle: element name, attributes, and perhaps a content.

    :param nonce: attribute of the scripts, see :func:`nonce_text`
    """
    for tag, attributes, *content in nodes:
        yield f"<{tag}{attributes_text(attributes)}{nonce if tag == 'script' else ''}"
        yield "/>" if tag in VOID_ELEMENTS else f">{''.join(content)}</{tag}>"


RUNTIME = {
    "Markup": Markup,
    "asset_text": asset_text,
    "attribute_pairs": attribute_pairs,
    "attributes_text": attributes_text,
    "foreach": foreach,
    "join_classes": join_classes,
    "mark_uncached": mark_uncached,
    "nonce_text": nonce_text,
    "raw": raw,
    "tag_name": tag_name,
    "to_markup": to_markup,
    "to_text": to_text,
}


def template_globals():
    """Return the names that the source of compiled templates finds, in a dictionary of its own."""
    return {"__builtins__": dict(_BUILTINS), **RUNTIME}
