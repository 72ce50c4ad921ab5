"""XML data files: records, deletions, function calls, and the shorthands for menus, templates and assets."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import IO, Any

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.orm.environment import Environment
from odoo.tools.suggestions import nearest

from . import shorthands
from .batch import RecordBatch
from .errors import ParseError
from .schema import ROOTS, check_document
from .values import Skip, ValueReader, nodeattr2bool

_logger = logging.getLogger("odoo.tools.convert")


@dataclass
class _Scope:
    """What holds for the children of an element that groups others.

    ``sequence`` is the last number that was given to one of them, ``None`` where they are not numbered.
    """

    env: Any
    noupdate: bool
    sequence: int | None = None


class xml_import:
    """Loads one XML data file.

    :param env: environment that owns the records
    :param str module: module that owns the external ids of the file
    :param dict idref: ``{full external id: database id}`` of what was loaded so far, completed in place
    :param str mode: ``init`` or ``update``
    :param bool noupdate: noupdate of what is not in an element that says otherwise
    :param str xml_filename: path of the file, for messages
    """

    def __init__(
        self,
        env: Environment,
        module: str,
        idref: dict[str, Any] | None,
        mode: str,
        noupdate: bool = False,
        xml_filename: str = "",
    ) -> None:
        self.module, self.mode, self.xml_filename = module, mode, xml_filename
        self.idref = {} if idref is None else idref
        self.values, self._batch = ValueReader(self), RecordBatch(self)
        # data are written in the source language
        self._scopes = [_Scope(env(context={**env.context, "lang": None}), noupdate)]
        self._root: etree._Element | None = None

    @property
    def env(self) -> Environment:
        """The environment at this place of the file."""
        return self._scopes[-1].env

    @property
    def noupdate(self) -> bool:
        """Whether the elements at this place of the file are left alone by updates."""
        return self._scopes[-1].noupdate

    def flush(self) -> None:
        """Create the records that were read but not created yet."""
        self._batch.flush()

    def parse(self, de: etree._Element) -> None:
        """Load a whole document.

        :param de: root element
        :raise ParseError: at the first element that cannot be loaded; nothing is rolled back here
        """
        self._root = de
        check_document(de, self.xml_filename)
        self._dispatch(de)
        self.flush()

    def _dispatch(self, node):
        load = self._tag_root if node.tag in ROOTS else getattr(self, f"_tag_{node.tag}")
        try:
            load(node)
        except ParseError:
            raise
        except (AccessError, UserError, ValueError, TypeError, KeyError, OSError, SyntaxError, AttributeError) as error:
            raise self.error(node, error) from error

    def error(self, node: etree._Element, problem: object) -> ParseError:
        """Return the :class:`ParseError` saying that `problem` happened at `node`."""
        message = str(problem) if isinstance(problem, (str, ValueError, UserError, OSError)) else repr(problem)
        xml_id = node.get("id")
        if xml_id and "." not in xml_id:
            xml_id = self.make_xml_id(xml_id)
        return ParseError(message or repr(problem), self.xml_filename, node.sourceline, xml_id, node.get("model"))

    # ---- external ids

    def make_xml_id(self, xml_id: str) -> str:
        """Return `xml_id` with a module in front.

        :raise ValueError: when it has more than one dot
        """
        if not xml_id or "." not in xml_id:
            return f"{self.module}.{xml_id}" if xml_id else xml_id
        if xml_id.count(".") > 1:
            raise ValueError(f"external id {xml_id!r} has more than one dot: the only dot follows the module's name")
        return xml_id

    def id_get(self, id_str: str, raise_if_not_found: bool = True) -> Any:
        """Return the database id of an external id, ``None`` if there is none and that is allowed.

        :raise ValueError: when it does not exist and `raise_if_not_found`
        """
        xml_id = self.make_xml_id(id_str)
        if xml_id in self.idref:
            return self.idref[xml_id]
        return self.model_id_get(id_str, raise_if_not_found)[1]

    def model_id_get(self, id_str: str, raise_if_not_found: bool = True) -> tuple[Any, Any]:
        """Return ``(model, database id)`` of an external id, ``(None, None)`` if there is none and that is allowed.

        :raise ValueError: when it does not exist and `raise_if_not_found`
        """
        xml_id = self.make_xml_id(id_str)
        if xml_id in self._batch:
            self.flush()
        found = self.env.registry.services.external_ids.find(self.env, xml_id, must_exist=False)
        if found is None and raise_if_not_found:
            raise ValueError(self._unknown_id(xml_id))
        return found or (None, None)

    def _unknown_id(self, xml_id):
        """Return the message for an external id that does not exist."""
        module, name = xml_id.split(".", 1)
        message = f"external id {xml_id!r} does not exist"
        if module == self.module and self._root is not None:
            for node in self._root.iter("record", "menuitem", "template", "asset"):
                if node.get("id") in (name, xml_id):
                    return f"{message} yet: it is defined further down, on line {node.sourceline}"
        self.env.cr.execute("SELECT name FROM ir_model_data WHERE module = %s", [module])
        names = [f"{module}.{row[0]}" for row in self.env.cr.fetchall()]
        if not names and module != self.module:
            self.env.cr.execute("SELECT DISTINCT module FROM ir_model_data")
            modules = [row[0] for row in self.env.cr.fetchall()]
            return f"{message}: no record belongs to module {module!r}{nearest(module, modules)}"
        return message + nearest(xml_id, names)

    # ---- elements

    def _tag_root(self, node):
        self.flush()
        noupdate = nodeattr2bool(node, "noupdate", self.noupdate)
        numbered = nodeattr2bool(node, "auto_sequence")
        self._scopes.append(_Scope(self._env_of(node), noupdate, 0 if numbered else None))
        try:
            for child in node.iterchildren("*"):
                self._dispatch(child)
            self.flush()
        finally:
            self._scopes.pop()

    def _env_of(self, node):
        """Return the environment for an element with the attributes ``uid`` and ``context``."""
        env = self.env
        if uid := node.get("uid"):
            env = env(user=self.id_get(uid))
        if context := node.get("context"):
            env = env(context={**env.context, **self.values.evaluate(context, env)})
        return env

    def model_of(self, node: etree._Element, env: Environment) -> Any:
        """Return the empty recordset of an element's model.

        :raise ParseError: when there is no such model
        """
        name = node.get("model")
        if name is None or name not in env:
            raise self.error(node, f"model {name!r} does not exist{nearest(name, env.registry)}")
        return env[name]

    def _tag_record(self, node, extra=None):
        """Create or update a record; return its id, or ``None`` when it is left alone or not created yet."""
        env = self._env_of(node)
        model = self.model_of(node, env)
        xml_id = self.make_xml_id(node.get("id", ""))
        if xml_id and self._is_left_alone(node, xml_id):
            return None
        values, nested = self._record_values(node, model, env)
        values.update(extra or {})
        self._next_sequence(model, values)
        data = {"xml_id": xml_id, "values": values, "noupdate": self.noupdate}
        if nested or extra or not xml_id or env is not self.env:
            self.flush()
            record = self.load(node, model, data)
            for child, inverse_name in nested:
                self._tag_nested(child, inverse_name, record.id)
            return record.id
        self._batch.add(node, model, data)
        return None

    def _tag_nested(self, node, inverse_name, parent_id):
        try:
            self._tag_record(node, {inverse_name: parent_id})
        except (UserError, ValueError, TypeError, KeyError) as error:
            raise self.error(node, error) from error

    def _is_left_alone(self, node, xml_id):
        """Whether an element must not touch the database; completes `idref` when its record exists."""
        foreign = xml_id.split(".", 1)[0] != self.module
        protected = self.noupdate and self.mode != "init"
        if not foreign and not protected:
            return False
        if xml_id in self._batch:
            self.flush()
        if record := self.env["ir.model.data"]._load_xmlid(xml_id):
            self.idref[xml_id] = record.id
            return protected
        if not nodeattr2bool(node, "forcecreate", True):
            return True
        if foreign:
            raise ValueError(f"cannot update the record of another module: {self._unknown_id(xml_id)}")
        return False

    def _record_values(self, node, model, env):
        """Return ``(values, nested)``: nested are pairs of a nested record and the field that points back."""
        values, nested = {}, []
        for child in node.iterchildren("field"):
            name = child.get("name")
            if "@" in name:
                # a translation, read by the translation loader
                continue
            field = model._fields.get(name)
            if field is None:
                raise ParseError(
                    f"field {name!r} does not exist on model {model._name!r}{nearest(name, model._fields)}",
                    self.xml_filename,
                    child.sourceline,
                    self.make_xml_id(node.get("id")),
                    model._name,
                )
            records = list(child.iterchildren("record"))
            if records:
                if field.type != "one2many":
                    problem = f"only a one2many field holds records, not {field.type}"
                    raise self._field_error(node, child, model, problem)
                nested += [(record, field.inverse_name) for record in records]
            try:
                value = self.values.field_value(child, model, env)
            except ParseError:
                raise
            except Exception as error:
                raise self._field_error(node, child, model, error) from error
            if value is not Skip:
                values[name] = value
        return values, nested

    def _field_error(self, node, child, model, problem):
        return ParseError(
            f"field {child.get('name')!r}: {problem}",
            self.xml_filename,
            child.sourceline,
            self.make_xml_id(node.get("id")),
            model._name,
        )

    def _next_sequence(self, model, values):
        """Number the records of an element that says ``auto_sequence``."""
        scope = self._scopes[-1]
        if scope.sequence is not None and "sequence" in model._fields and "sequence" not in values:
            scope.sequence += 10
            values["sequence"] = scope.sequence

    def load(self, node: etree._Element, model: Any, data: dict[str, Any]) -> Any:
        """Create or update the record described by `data` and remember its id.

        :param node: its element, for messages
        :return: the record
        :raise ParseError: when it is refused
        """
        model = model.with_context(
            install_mode=True,
            install_module=self.module,
            install_filename=self.xml_filename,
            install_xmlid=data["xml_id"],
        )
        try:
            record = model._load_records([data], self.mode == "update")
        except Exception as error:
            raise ParseError(
                str(error) or repr(error), self.xml_filename, node.sourceline, data["xml_id"], model._name
            ) from error
        if data["xml_id"]:
            self.idref[data["xml_id"]] = record.id
        return record

    def _tag_delete(self, node):
        self.flush()
        model = self.model_of(node, self.env)
        records = model.browse()
        if search := node.get("search"):
            records = model.search(self.values.evaluate(search, self.env, model._name))
        if xml_id := node.get("id"):
            record_id = self.id_get(xml_id, raise_if_not_found=False)
            if not record_id:
                # deleted by a former run, or by the user: what the file asks for is the case
                _logger.info("%s:%s: nothing to delete, %r does not exist", self.xml_filename, node.sourceline, xml_id)
            records |= model.browse(record_id or ())
        records.exists().unlink()

    def _tag_function(self, node):
        if self.noupdate and self.mode != "init":
            return
        self.flush()
        self.call_function(node, self._env_of(node))

    def call_function(self, node: etree._Element, env: Environment) -> Any:
        """Call the method named by a ``<function>`` element and return its result.

        A value with the name ``context`` is no argument: it is added to the context of the call.

        :raise ParseError: when the model or the method does not exist, or the context is no dictionary
        """
        model = self.model_of(node, env)
        name = node.get("name", "")
        method = getattr(type(model), name, None)
        if method is None:
            methods = [attribute for attribute in dir(type(model)) if not attribute.startswith("__")]
            raise self.error(node, f"model {model._name!r} has no method {name!r}{nearest(name, methods)}")
        args: list[Any] = []
        kwargs: dict[str, Any] = {}
        if expression := node.get("eval"):
            args = list(self.values.evaluate(expression, env, model._name))
        for child in node.iterchildren("value", "function"):
            value = self.values.read(child, env)
            if (keyword := child.get("name")) and child.tag == "value":
                kwargs[keyword] = value
            else:
                args.append(value)
        if "context" in kwargs:
            context = kwargs.pop("context")
            if not isinstance(context, dict):
                raise self.error(node, f"the value 'context' of a <function> is a dictionary, not {context!r}")
            model = model.with_context(**context)
        if getattr(method, "_api", None) in ("model", "model_create"):
            return getattr(model, name)(*args, **kwargs)
        ids = args.pop(0) if args else []
        return getattr(model.browse(ids), name)(*args, **kwargs)

    def _tag_menuitem(self, node, parent_id=None):
        self.flush()
        xml_id = self.make_xml_id(node.get("id"))
        values = shorthands.menu_values(self, node, parent_id)
        data = {"xml_id": xml_id, "values": values, "noupdate": self.noupdate}
        menu = self.load(node, self.env["ir.ui.menu"], data)
        for child in node.iterchildren("menuitem"):
            self._tag_menuitem(child, menu.id)

    def _tag_template(self, node):
        self.flush()
        xml_id = self.make_xml_id(node.get("id") or node.get("t-name"))
        if not xml_id:
            raise self.error(node, "<template> needs the attribute 'id'")
        if self._is_left_alone(node, xml_id):
            return
        values = shorthands.template_values(self, node, xml_id)
        self.load(node, self.env["ir.ui.view"], {"xml_id": xml_id, "values": values, "noupdate": self.noupdate})

    def _tag_asset(self, node):
        self.flush()
        xml_id = self.make_xml_id(node.get("id"))
        if self._is_left_alone(node, xml_id):
            return
        values = shorthands.asset_values(self, node)
        values.update(self._record_values(node, self.env["ir.asset"], self.env)[0])
        self.load(node, self.env["ir.asset"], {"xml_id": xml_id, "values": values, "noupdate": self.noupdate})


def convert_xml_import(
    env: Environment,
    module: str,
    xmlfile: str | IO[bytes],
    idref: dict[str, Any] | None = None,
    mode: str = "init",
    noupdate: bool = False,
    report: object = None,
) -> None:
    """Load an XML data file.

    :param xmlfile: path, or file opened in binary mode
    :param dict idref: external ids loaded so far, completed in place
    :param str mode: ``init`` or ``update``
    :param bool noupdate: noupdate of what is not in an element that says otherwise
    :param report: ignored, kept for callers that pass it
    :raise ParseError: when the file is not well-formed or an element cannot be loaded
    """
    filename = xmlfile if isinstance(xmlfile, str) else getattr(xmlfile, "name", None) or "<stream>"
    parser = etree.XMLParser(remove_comments=False, resolve_entities=False, no_network=True)
    try:
        document = etree.parse(xmlfile, parser)
    except etree.XMLSyntaxError as error:
        raise ParseError(f"not well-formed XML: {error.msg}", filename, error.lineno) from error
    xml_import(env, module, idref, mode, noupdate=noupdate, xml_filename=filename).parse(document.getroot())
