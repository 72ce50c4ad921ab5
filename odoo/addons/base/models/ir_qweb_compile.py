"""QWeb compiler: from the XML of a template to the source of a Python generator function.

Each ``_compile_*`` method returns lines of source. A line may end with a marker comment that leads from
the line where an error happens back to the node and the expression that caused it.
"""

import itertools
import logging
import re

from lxml import etree

from odoo.tools.text import natural_number

from .ir_qweb_cache import CachedPartsCompiler
from .ir_qweb_expr import compile_expression, split_format
from .ir_qweb_runtime import VOID_ELEMENTS, QWebSyntaxError, attributes_text

_logger = logging.getLogger("odoo.addons.base.models.ir_qweb")

#: elements whose text is not markup in an HTML document
RAW_TEXT_ELEMENTS = frozenset({"script", "style"})

#: attributes that mean something to other parts of the system, and nothing to rendering
IGNORED_DIRECTIVES = frozenset(
    {
        "t-name",
        "t-as",
        "t-ignore",
        "t-translation",
        "t-js",
        "t-css",
        "t-key",
        "t-media",
        "t-value",
        "t-valuef",
        "t-debug",
        "t-inherit",
        "t-inherit-mode",
        "t-forbid-sanitize",
        "t-snippet",
        "t-snippet-call",
        "t-thumbnail",
        "t-install",
        "t-image-preview",
        "t-consumed-options",
        "t-async_loading",
        "t-defer_load",
        "t-lazy_load",
        "t-options",
        "t-lang",
    }
)

FIELD_REFUSED_TAGS = frozenset(
    {
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
    }
)

#: slot of the values in which a called template finds the body of the call
T_CALL_SLOT = "0"

_MARKER = re.compile(r"  # qweb:(\d+)$")
#: attributes that directives, or the user's groups, give a meaning to
_DYNAMIC = re.compile(r"t-|groups\Z")
_DOCTYPE = re.compile(r"\s*<!DOCTYPE[^>]*>", re.IGNORECASE)
_BLANK_LINE_END = re.compile(r"\n[ \t]*$")
_BLANK_LINE_START = re.compile(r"[ \t]*\r?\n")
#: names that templates may give to values, and to loop variables
_VALUE_NAME = re.compile(r"\w+\Z")
_LOOP_NAME = re.compile(r"[^\W\d]\w*\Z")


def indent_code(code, level):
    """Indent (possibly several) lines of source by ``level`` blocks; return them as one string."""
    return "\n".join("    " * level + line if line else line for line in code.split("\n"))


def is_template_tag(el):
    """Tell whether a node is a ``<t>``, which leaves no element; the namespace around it does not matter."""
    return el.tag == "t" or (el.prefix is None and el.tag.endswith("}t"))


def is_true(text, default=False):
    """Read the text of a boolean attribute."""
    if text is None or text == "":
        return default
    return str(text).strip().lower() not in ("false", "0", "off", "no", "none")


class QWebCompiler(CachedPartsCompiler):
    """The compiling half of ``ir.qweb``; it needs neither database nor environment."""

    __slots__ = ()

    # ------------------------------------------------------------------ entry

    def _generate_code_from_tree(self, element, ref=None, **options):
        """Compile a template.

        :param element: root of the template
        :param ref: name or id used in the name of the function and in errors
        :param options: ``nsmap``: namespaces, prefix to URI, that are declared where the template is called;
            ``preserve_comments``: write comments and processing instructions, too; ``profile``: tell collectors what
            directives take; ``inline``: the template was given as an element, whose name others may have
        :return: ``(source, function_name, positions)``; ``positions`` maps a line number of the source to
            ``(path of the node, expression, node source)``
        """
        compile_context = dict(
            options,
            ref=ref,
            root=element.getroottree(),
            nsmap=dict(options.get("nsmap") or {}),
            pending=[],
            handled=set(),
            origins=[],
            counter=itertools.count(1),
            text=[],
            raw_text=False,
            in_attributes=False,
        )
        name = "template_%s" % re.sub(r"\W+", "_", str(ref if ref is not None else "inline"))
        body = self._compile_node(element, compile_context, 1)
        body += self._flush_text(compile_context, 1)
        if options.get("profile"):
            arch = etree.tostring(element, encoding="unicode", with_tail=False)
            body = [indent_code(f"self._note_arch({str(ref)!r}, {arch!r})", 1), *body]
        lines = "\n".join([f"def {name}(self, values):", *(body or []), "    return", "    yield"]).split("\n")
        positions = {}
        for number, line in enumerate(lines, 1):
            match = _MARKER.search(line)
            if match:
                positions[number] = compile_context["origins"][int(match[1])]
        return "\n".join(lines), name, positions

    def _mark_origin(self, el, expression, compile_context):
        """Return the marker that ties a line of source to a node and an expression."""
        path = compile_context["root"].getpath(el)
        opening = f"<{el.tag}" + "".join(f' {name}="{value}"' for name, value in el.attrib.items()) + ">"
        compile_context["origins"].append((path, expression, opening, el.sourceline))
        return f"  # qweb:{len(compile_context['origins']) - 1}"

    def _make_name(self, prefix, compile_context):
        """Return a local name that is unique in the generated function."""
        return f"{prefix}_{next(compile_context['counter'])}"

    # ------------------------------------------------------------------ text

    def _append_text(self, text, compile_context):
        """Queue literal output; it is emitted by the next :meth:`_flush_text`."""
        compile_context["text"].append(text)

    def _append_escaped(self, text, compile_context):
        """Queue a text node."""
        if not text:
            return
        if compile_context["raw_text"]:
            self._append_text(text, compile_context)
            return
        doctype = _DOCTYPE.match(text) if not compile_context["text"] else None
        if doctype:
            self._append_text(doctype[0], compile_context)
            text = text[doctype.end() :]
        self._append_text(_escape_text(text), compile_context)

    def _flush_text(self, compile_context, level, rstrip=False):
        """Return the lines that emit the queued text."""
        if rstrip:
            self._take_line_start(compile_context)
        text = "".join(compile_context["text"])
        compile_context["text"].clear()
        return [indent_code(f"yield {text!r}", level)] if text else []

    def _take_line_start(self, compile_context):
        """Take the line break and the white space with which the queued text ends away, and return them."""
        text = "".join(compile_context["text"])
        found = _BLANK_LINE_END.search(text)
        if not found:
            return ""
        text = text[: found.start()]
        compile_context["text"][:] = [text] if text else []
        return found[0]

    def _compile_on_own_line(self, el, compile_context, level, line_start, compile_body):
        """Return the lines of a node with the white space before it, which is there as often as the node is.

        :param line_start: what :meth:`_take_line_start` returned; a ``<t>`` around whole lines leaves none of its own
        """
        around_lines = is_template_tag(el) and _BLANK_LINE_START.match(el.text or "")
        if not around_lines:
            self._append_text(line_start, compile_context)
        code = compile_body(el, compile_context, level)
        if around_lines:
            self._take_line_start(compile_context)
        return code

    # ------------------------------------------------------------------ expressions

    def _compile_expr(self, expr, raise_on_missing=False):
        """Return the source of a template expression; names are read from ``values``."""
        return compile_expression(expr, raise_on_missing)

    def _compile_format(self, expr):
        """Return the source of a format string (``t-attf-*``, ``t-valuef``)."""
        pieces = [
            f"to_text({self._compile_expr(text)})" if is_expression else repr(text)
            for is_expression, text in split_format(expr)
        ]
        return " + ".join(pieces) or "''"

    def _compile_checked(self, compiler, el, directive, expr, *args):
        """Compile an expression; an error says in which attribute of which node it stands."""
        try:
            return compiler(expr, *args)
        except (SyntaxError, ValueError, RecursionError) as error:
            raise QWebSyntaxError(f'Cannot compile {directive}="{expr}": {error}', el, expr) from error

    def _expression(self, el, directive, expr, *args):
        return self._compile_checked(self._compile_expr, el, directive, expr, *args)

    def _format(self, el, directive, expr):
        return self._compile_checked(self._compile_format, el, directive, expr)

    # ------------------------------------------------------------------ nodes

    def _directives_eval_order(self):
        """Return the names of the directives in the order in which they apply on one node."""
        return [
            "elif",
            "else",
            "nocache",
            "cache",
            "groups",
            "foreach",
            "if",
            "call-assets",
            "lang",
            "set",
            "call",
            "field",
            "esc",
            "raw",
            "out",
            "tag",
        ]

    def _is_static_node(self, el, compile_context):
        """Is the node free of directives (its children may have some)?"""
        return not is_template_tag(el) and not any(map(_DYNAMIC.match, el.attrib))

    def _compile_node(self, el, compile_context, level):
        """Return the lines of one node; comments and processing instructions vanish unless they are to be kept."""
        if not isinstance(el.tag, str):
            if compile_context.get("preserve_comments"):
                self._append_text(etree.tostring(el, encoding="unicode", with_tail=False), compile_context)
            return []
        if self._is_static_node(el, compile_context):
            return self._compile_element(el, compile_context, level)
        outer, compile_context["pending"] = compile_context["pending"], self._directives_of(el)
        try:
            return self._compile_directives(el, compile_context, level)
        finally:
            compile_context["pending"] = outer

    def _directives_of(self, el):
        """Return the directives a node carries, in evaluation order."""
        order = self._directives_eval_order()
        known = {f"t-{name}" for name in order} | IGNORED_DIRECTIVES
        for name in el.attrib:
            if (
                name.startswith("t-")
                and name not in known
                and not name.startswith(("t-att", "t-options-", "t-nocache-", "t-call-options", "t-on-"))
            ):
                _logger.warning("Unknown directive %s on <%s> (line %s)", name, el.tag, el.sourceline)
        return [
            name
            for name in order
            if f"t-{name}" in el.attrib
            or (name == "groups" and "groups" in el.attrib)
            or (name == "nocache" and any(attribute.startswith("t-nocache-") for attribute in el.attrib))
        ]

    def _compile_directives(self, el, compile_context, level):
        """Apply the next pending directive of the node, or write the node itself when none is left."""
        if compile_context["pending"]:
            return self._compile_directive(el, compile_context, compile_context["pending"].pop(0), level)
        return self._compile_element(el, compile_context, level)

    def _compile_directive(self, el, compile_context, directive, level):
        """Dispatch to ``_compile_directive_<name>``; the lines measure what they take when that is wanted."""
        compile_directive = getattr(self, "_compile_directive_" + directive.replace("-", "_"))
        expr = el.get(f"t-{directive}") if compile_context.get("profile") else None
        if expr is None:
            return compile_directive(el, compile_context, level)
        place = str(compile_context["ref"]), compile_context["root"].getpath(el), f't-{directive}="{expr}"'
        lines = compile_directive(el, compile_context, level + 1)
        return lines and [indent_code(f"with self._measured({place!r}):", level), *lines]

    def _compile_element(self, el, compile_context, level, content=None):
        """Write the node: opening tag, content (by default its children), closing tag.

        :param content: function ``(level) -> lines`` that replaces the children
        """
        if is_template_tag(el) and "t-tag" not in el.attrib:
            if content:
                return content(level)
            return self._compile_directive_inner_content(el, compile_context, level)
        outer_nsmap, outer_raw = compile_context["nsmap"], compile_context["raw_text"]
        tag = _qualified(el.tag, el.nsmap)
        void = tag in VOID_ELEMENTS
        code = self._compile_tag_open(el, compile_context, level, void)
        compile_context["nsmap"] = dict(el.nsmap)
        compile_context["raw_text"] = tag in RAW_TEXT_ELEMENTS
        if not void:
            if content:
                code += content(level)
            else:
                code += self._compile_directive_inner_content(el, compile_context, level)
            code += self._compile_tag_close(el, compile_context, level)
        compile_context["nsmap"], compile_context["raw_text"] = outer_nsmap, outer_raw
        return code

    def _compile_directive_inner_content(self, el, compile_context, level):
        """Return the lines of the text and children of a node."""
        code = []
        self._append_escaped(el.text, compile_context)
        for child in el:
            if child not in compile_context["handled"]:
                code += self._compile_node(child, compile_context, level)
            if not _is_chained(child):
                self._append_escaped(child.tail, compile_context)
        return code

    # ------------------------------------------------------------------ tags and attributes

    def _static_attributes(self, el, compile_context):
        """Return the attributes of a node that are written as they stand, namespaces included."""
        attributes = {}
        for prefix, uri in el.nsmap.items():
            if compile_context["nsmap"].get(prefix) != uri:
                attributes["xmlns:" + prefix if prefix else "xmlns"] = uri
        for name, value in el.attrib.items():
            if not name.startswith("t-") and name != "groups":
                attributes[_qualified(name, el.nsmap, attribute=True)] = value
        return attributes

    def _compile_tag_open(self, el, compile_context, level, void=False):
        """Return the lines of the opening tag."""
        end = "/>" if void else ">"
        tag = _qualified(el.tag, el.nsmap)
        dynamic = [name for name in el.attrib if name.startswith("t-att")]
        extra = compile_context.pop("extra_attributes", None)
        takes_nonce = _takes_nonce(tag, el)
        if not dynamic and not extra and "t-tag" not in el.attrib:
            attributes = self._post_processing_att(tag, self._static_attributes(el, compile_context))
            self._append_text(f"<{tag}{attributes_text(attributes)}", compile_context)
            code = []
            if takes_nonce:
                code = [*self._flush_text(compile_context, level), indent_code("yield nonce_text(values)", level)]
            self._append_text(end, compile_context)
            return code
        code = self._flush_text(compile_context, level)
        code.append(indent_code(f"attrs = {self._static_attributes(el, compile_context)!r}", level))
        code += self._compile_directive_att(el, compile_context, level)
        if extra:
            code.append(indent_code(f"attrs.update({extra})", level))
        tag_source = compile_context.get("tag_name", repr(tag)) if "t-tag" in el.attrib else repr(tag)
        code.append(indent_code(f"attrs = self._post_processing_att({tag_source}, attrs)", level))
        nonce = " + nonce_text(values)" if takes_nonce else ""
        code.append(indent_code(f"yield '<' + {tag_source} + attributes_text(attrs){nonce} + {end!r}", level))
        return code

    def _compile_tag_close(self, el, compile_context, level):
        """Return the lines of the closing tag."""
        if "t-tag" in el.attrib:
            code = self._flush_text(compile_context, level)
            return [*code, indent_code(f"yield '</' + {compile_context['tag_name']} + '>'", level)]
        self._append_text(f"</{_qualified(el.tag, el.nsmap)}>", compile_context)
        return []

    def _compile_directive_att(self, el, compile_context, level):
        """Return the lines that add the computed attributes (``t-att*``) to the local ``attrs``."""
        code = []
        for name, expr in el.attrib.items():
            if name.startswith("t-attf-"):
                line = self._assign_attribute(el, name[7:], self._format(el, name, expr))
            elif name.startswith("t-att-"):
                line = self._assign_attribute(el, name[6:], self._expression(el, name, expr))
            elif name == "t-att":
                line = f"attrs.update(attribute_pairs({self._expression(el, name, expr)}))"
            elif name.startswith("t-att"):
                raise QWebSyntaxError(f"Unknown directive {name}", el, expr)
            else:
                continue
            code.append(indent_code(line + self._mark_origin(el, f'{name}="{expr}"', compile_context), level))
        return code

    def _assign_attribute(self, el, name, source):
        """Return the line that sets a computed attribute; classes are added to those of the template."""
        if name == "class" and "class" in el.attrib:
            source = f"join_classes(attrs['class'], {source})"
        return f"attrs[{name!r}] = {source}"

    def _post_processing_att(self, tagName, atts):
        """Hook: last word on the attributes of a node; called at compile time when they are all static."""
        return atts

    def _compile_directive_tag(self, el, compile_context, level):
        """``t-tag``: the name of the element is computed."""
        expr = el.get("t-tag")
        name = self._make_name("tag", compile_context)
        code = self._flush_text(compile_context, level)
        origin = self._mark_origin(el, f't-tag="{expr}"', compile_context)
        code.append(indent_code(f"{name} = tag_name({self._expression(el, 't-tag', expr)}){origin}", level))
        outer = compile_context.get("tag_name")
        compile_context["tag_name"] = name
        code += self._compile_directives(el, compile_context, level)
        compile_context["tag_name"] = outer
        return code

    # ------------------------------------------------------------------ control

    def _compile_block(self, el, compile_context, level, compile_body, line_start=""):
        """Return the lines of an indented block, never empty.

        :param line_start: white space to be written before the node
        """
        code = self._compile_on_own_line(el, compile_context, level, line_start, compile_body)
        code += self._flush_text(compile_context, level)
        return code or [indent_code("pass", level)]

    def _compile_directive_groups(self, el, compile_context, level):
        """``groups`` / ``t-groups``: the node is for members only."""
        groups = el.get("t-groups") or el.get("groups")
        line_start = self._take_line_start(compile_context)
        code = self._flush_text(compile_context, level)
        origin = self._mark_origin(el, f'groups="{groups}"', compile_context)
        code.append(indent_code(f"if self.env.user.has_groups({groups!r}):{origin}", level))
        return code + self._compile_block(el, compile_context, level + 1, self._compile_directives, line_start)

    def _compile_directive_if(self, el, compile_context, level):
        """``t-if`` together with the ``t-elif`` and ``t-else`` siblings that follow."""
        expr = el.get("t-if")
        line_start = self._take_line_start(compile_context)
        code = self._flush_text(compile_context, level)
        origin = self._mark_origin(el, f't-if="{expr}"', compile_context)
        code.append(indent_code(f"if {self._expression(el, 't-if', expr)}:{origin}", level))
        code += self._compile_block(el, compile_context, level + 1, self._compile_directives, line_start)
        for sibling in _chain(el):
            compile_context["handled"].add(sibling)
            expr = sibling.get("t-elif")
            if expr is not None:
                origin = self._mark_origin(sibling, f't-elif="{expr}"', compile_context)
                code.append(indent_code(f"elif {self._expression(sibling, 't-elif', expr)}:{origin}", level))
            else:
                code.append(indent_code("else:", level))
            code += self._compile_block(sibling, compile_context, level + 1, self._compile_branch, line_start)
        return code

    def _compile_branch(self, el, compile_context, level):
        """Compile a ``t-elif``/``t-else`` node inside of its branch."""
        outer = compile_context["pending"]
        compile_context["pending"] = [name for name in self._directives_of(el) if name not in ("elif", "else")]
        code = self._compile_directives(el, compile_context, level)
        compile_context["pending"] = outer
        return code

    def _compile_directive_elif(self, el, compile_context, level):
        """A branch that no ``t-if`` precedes is an error."""
        raise QWebSyntaxError("t-elif must follow, without text between, a node with t-if or t-elif", el)

    def _compile_directive_else(self, el, compile_context, level):
        """A branch that no ``t-if`` precedes is an error."""
        raise QWebSyntaxError("t-else must follow, without text between, a node with t-if or t-elif", el)

    def _compile_directive_foreach(self, el, compile_context, level):
        """``t-foreach`` / ``t-as``: repeat the node."""
        expr, name = el.get("t-foreach"), el.get("t-as")
        if not name:
            raise QWebSyntaxError("t-foreach needs t-as, the name of the loop variable", el, expr)
        if not _LOOP_NAME.match(name):
            raise QWebSyntaxError(f"t-as={name!r} is no name: letters, digits and underscores make one", el, expr)
        line_start = self._take_line_start(compile_context)
        code = self._flush_text(compile_context, level)
        origin = self._mark_origin(el, f't-foreach="{expr}" t-as="{name}"', compile_context)
        loop = f"for _ in foreach(values, {name!r}, {self._expression(el, 't-foreach', expr)}):{origin}"
        code.append(indent_code(loop, level))
        return code + self._compile_block(el, compile_context, level + 1, self._compile_directives, line_start)

    # ------------------------------------------------------------------ values and calls

    def _compile_function(self, prefix, el, compile_context, level):
        """Compile the content of a node into a nested generator function.

        :return: ``(name, lines)``; name is ``None`` when there is no content
        """
        name = self._make_name(prefix, compile_context)
        outer_text, compile_context["text"] = compile_context["text"], []
        outer_pending, compile_context["pending"] = compile_context["pending"], []
        body = self._compile_directive_inner_content(el, compile_context, level + 1)
        body += self._flush_text(compile_context, level + 1)
        compile_context["text"], compile_context["pending"] = outer_text, outer_pending
        if not body:
            return None, []
        return name, [indent_code(f"def {name}(self, values):", level), indent_code("yield ''", level + 1), *body]

    def _compile_directive_set(self, el, compile_context, level):
        """``t-set`` with ``t-value``, ``t-valuef`` or a body."""
        target = el.get("t-set")
        if not (_VALUE_NAME.match(target) or target.lstrip().startswith("{")):
            raise QWebSyntaxError(f"t-set={target!r} is no name: letters, digits and underscores make one", el)
        code = self._flush_text(compile_context, level, rstrip=is_template_tag(el))
        if target.lstrip().startswith("{"):
            origin = self._mark_origin(el, f't-set="{target}"', compile_context)
            return [*code, indent_code(f"values.update({self._expression(el, 't-set', target)}){origin}", level)]
        if "t-value" in el.attrib:
            expr = el.get("t-value") or "None"
            source = self._expression(el, "t-value", expr)
            origin = self._mark_origin(el, f't-value="{expr}"', compile_context)
        elif "t-valuef" in el.attrib:
            expr = el.get("t-valuef")
            source = self._format(el, "t-valuef", expr)
            origin = self._mark_origin(el, f't-valuef="{expr}"', compile_context)
        else:
            name, lines = self._compile_function("set", el, compile_context, level)
            code += lines
            source = f"Markup(''.join({name}(self, values)))" if name else "''"
            origin = ""
        return [*code, indent_code(f"values[{target!r}] = {source}{origin}", level)]

    def _compile_directive_lang(self, el, compile_context, level):
        """``t-lang``: language of the template that the same node calls."""
        if "t-call" not in el.attrib:
            raise QWebSyntaxError("t-lang is only possible together with t-call", el, el.get("t-lang"))
        return self._compile_directives(el, compile_context, level)

    def _compile_directive_call(self, el, compile_context, level):
        """``t-call``: render another template, which finds the body of this node as ``0``."""
        template = el.get("t-call")
        code = self._flush_text(compile_context, level, rstrip=is_template_tag(el))
        origin = self._mark_origin(el, f't-call="{template}"', compile_context)
        if "{{" in template or "#{" in template:
            reference = self._format(el, "t-call", template)
        else:
            view_id = natural_number(template)
            reference = repr(template if view_id is None else view_id)
        call_values = self._make_name("call_values", compile_context)
        code.append(indent_code(f"{call_values} = values.copy()", level))
        name, lines = self._compile_function("call_body", el, compile_context, level)
        code += lines
        body = f"Markup(''.join({name}(self, {call_values})))" if name else "Markup()"
        code.append(indent_code(f"{call_values}[{T_CALL_SLOT!r}] = {body}", level))
        options = self._compile_options(el, compile_context)
        if el.nsmap:
            options = f"{{**({options or '{}'}), 'nsmap': {el.nsmap!r}}}"
        if "t-call-options" in el.attrib:
            extra = self._expression(el, "t-call-options", el.get("t-call-options"))
            options = f"{{**({options or '{}'}), **({extra})}}"
        if "t-lang" in el.attrib:
            lang = self._expression(el, "t-lang", el.get("t-lang"))
            options = f"{{**({options or '{}'}), 'lang': {lang}}}"
        call = f"yield from self._call_template({reference}, {call_values}, {options or None}){origin}"

        def content(level):
            return [*self._flush_text(compile_context, level), indent_code(call, level)]

        return code + self._compile_element(el, compile_context, level, content=content)

    def _compile_directive_call_assets(self, el, compile_context, level):
        """``t-call-assets``: links to the files of a bundle."""
        if any(isinstance(child.tag, str) for child in el):
            raise QWebSyntaxError("t-call-assets takes no children", el, el.get("t-call-assets"))
        bundle = el.get("t-call-assets")
        code = self._flush_text(compile_context, level)
        origin = self._mark_origin(el, f't-call-assets="{bundle}"', compile_context)
        flags = {
            "css": is_true(el.get("t-css"), True),
            "js": is_true(el.get("t-js"), True),
            "defer_load": is_true(el.get("defer_load") or el.get("t-defer_load")),
            "lazy_load": is_true(el.get("lazy_load") or el.get("t-lazy_load")),
            "media": el.get("media") or el.get("t-media"),
        }
        arguments = ", ".join(f"{name}={value!r}" for name, value in flags.items())
        nodes = (
            f"self._get_asset_nodes({self._format(el, 't-call-assets', bundle)}, "
            f"debug=values.get('debug'), {arguments})"
        )
        return [*code, indent_code(f"yield from asset_text({nodes}, nonce_text(values)){origin}", level)]

    # ------------------------------------------------------------------ output

    def _compile_options(self, el, compile_context):
        """Return the source of the dictionary given by ``t-options`` and ``t-options-<name>``, or ``None``."""
        pieces = []
        if el.get("t-options"):
            pieces.append(f"**({self._expression(el, 't-options', el.get('t-options'))} or {{}})")
        for name, expr in el.attrib.items():
            if name.startswith("t-options-"):
                pieces.append(f"{name[10:]!r}: {self._expression(el, name, expr)}")
        return "{%s}" % ", ".join(pieces) if pieces else None

    def _compile_directive_esc(self, el, compile_context, level):
        """``t-esc``: older name of ``t-out``."""
        return self._compile_out(el, compile_context, level, "t-esc")

    def _compile_directive_raw(self, el, compile_context, level):
        """``t-raw``: older form of ``t-out``, the value is taken for safe markup."""
        return self._compile_out(el, compile_context, level, "t-raw")

    def _compile_directive_out(self, el, compile_context, level):
        """``t-out``: write a value, escaped unless it is markup; the body is the default."""
        return self._compile_out(el, compile_context, level, "t-out")

    def _compile_out(self, el, compile_context, level, directive):
        expr = el.get(directive)
        code = self._flush_text(compile_context, level)
        origin = self._mark_origin(el, f'{directive}="{expr}"', compile_context)
        name = self._make_name("content", compile_context)
        options = self._compile_options(el, compile_context)
        if expr.strip() == T_CALL_SLOT:
            source = f"values.get({T_CALL_SLOT!r})"
        else:
            source = self._expression(el, directive, expr)
        if directive == "t-raw":
            source = f"raw({source})"
        code.append(indent_code(f"{name} = {source}{origin}", level))
        attributes = None
        if options:
            attributes = self._make_name("attributes", compile_context)
            widget = f"self._get_widget({name}, {expr!r}, {el.tag!r}, {options}, values)"
            code.append(indent_code(f"{attributes}, {name}, force_display = {widget}{origin}", level))
        return code + self._compile_output(el, compile_context, level, name, attributes, force=not options)

    def _compile_directive_field(self, el, compile_context, level):
        """``t-field``: write a field of a record through the converter of its type."""
        expr = el.get("t-field")
        if el.tag in FIELD_REFUSED_TAGS:
            raise QWebSyntaxError(f"t-field cannot stand on <{el.tag}>: put it on a <span> or <div> inside", el, expr)
        if is_template_tag(el) and "t-tag" not in el.attrib:
            raise QWebSyntaxError("t-field cannot stand on <t>: it needs a real element", el, expr)
        record_expr, dot, field_name = expr.strip().rpartition(".")
        if not dot:
            raise QWebSyntaxError(f't-field needs "record.field", not {expr!r}', el, expr)
        code = self._flush_text(compile_context, level)
        origin = self._mark_origin(el, f't-field="{expr}"', compile_context)
        name = self._make_name("content", compile_context)
        attributes = self._make_name("attributes", compile_context)
        options = self._compile_options(el, compile_context) or "{}"
        record = self._expression(el, "t-field", record_expr, True)
        call = f"self._get_field({record}, {field_name!r}, {expr!r}, {el.tag!r}, {options}, values)"
        code.append(indent_code(f"{attributes}, {name}, force_display = {call}{origin}", level))
        return code + self._compile_output(el, compile_context, level, name, attributes)

    def _compile_output(self, el, compile_context, level, name, attributes, force=False):
        """Return the lines that write the value in local ``name``, or else the body of the node.

        :param attributes: local name of a dictionary of additional attributes, or ``None``
        :param force: write the element even when there is nothing to put in it
        """

        def content(level):
            return [*self._flush_text(compile_context, level), indent_code(f"yield to_markup({name})", level)]

        def element(el, compile_context, level, inside=content):
            if attributes:
                compile_context["extra_attributes"] = attributes
            code = self._compile_element(el, compile_context, level, content=inside)
            compile_context.pop("extra_attributes", None)
            return code

        def default(el, compile_context, level):
            return element(el, compile_context, level, inside=None)

        pending = list(compile_context["pending"])
        if "tag" in pending:
            pending.remove("tag")
            compile_context["pending"] = pending
            code = self._compile_out_tag(el, compile_context, level)
        else:
            code = []
        code.append(indent_code(f"if {name} is not None and {name} is not False:", level))
        code += self._compile_block(el, compile_context, level + 1, element)
        has_body = bool((el.text or "").strip()) or any(isinstance(child.tag, str) for child in el)
        if has_body or (force and not is_template_tag(el)):
            code.append(indent_code("else:", level))
            code += self._compile_block(el, compile_context, level + 1, default)
        elif not force and attributes:
            code.append(indent_code("elif force_display:", level))
            code += self._compile_block(el, compile_context, level + 1, default)
        return code

    def _compile_out_tag(self, el, compile_context, level):
        """Compute the name of an output element that also carries ``t-tag``."""
        expr = el.get("t-tag")
        name = self._make_name("tag", compile_context)
        compile_context["tag_name"] = name
        origin = self._mark_origin(el, f't-tag="{expr}"', compile_context)
        return [indent_code(f"{name} = tag_name({self._expression(el, 't-tag', expr)}){origin}", level)]


def _takes_nonce(tag, el):
    """Tell whether an element of a page runs or fetches a script, and does not say its nonce itself."""
    if {"nonce", "t-att-nonce", "t-attf-nonce"} & set(el.attrib):
        return False
    return tag == "script" or (tag == "link" and el.get("rel") in ("modulepreload", "preload"))


def _escape_text(text):
    """Escape a text node; quotes are left alone, they only matter in attributes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _qualified(name, nsmap, attribute=False):
    """Return the prefixed form of an lxml name in Clark notation."""
    if not name.startswith("{"):
        return name
    uri, _, local = name[1:].partition("}")
    if uri == "http://www.w3.org/XML/1998/namespace":
        return f"xml:{local}"
    for prefix, candidate in nsmap.items():
        if candidate == uri and not (attribute and prefix is None):
            return f"{prefix}:{local}" if prefix else local
    return local


def _next_element(el):
    """Return the next sibling that is an element, unless text stands between."""
    while True:
        if (el.tail or "").strip():
            return None
        el = el.getnext()
        if el is None or isinstance(el.tag, str):
            return el


def _chain(el):
    """Yield the ``t-elif``/``t-else`` siblings that continue a ``t-if``."""
    while True:
        el = _next_element(el)
        if el is None or not ("t-elif" in el.attrib or "t-else" in el.attrib):
            return
        yield el
        if "t-else" in el.attrib:
            return


def _is_chained(el):
    """Does a branch follow the node, so that the white space between must vanish?"""
    following = _next_element(el)
    return following is not None and ("t-elif" in following.attrib or "t-else" in following.attrib)
