"""View inheritance: which views apply, in which order, and the architecture that results."""

from lxml import etree

from odoo import api
from odoo.tools import SQL, ConstantMapping
from odoo.tools.template_inheritance import (
    apply_inheritance_specs,
    is_removal,
    locate_node,
    original_steps,
    remove_element,
)

from .ir_ui_view_errors import parse_arch

#: attributes that tell editors which document a node is from, and its path in there
_PATH = "data-oe-xpath"
_BRANDING = ("data-oe-model", "data-oe-id", "data-oe-field", _PATH)
#: position of a node among its siblings, where nothing is known of them
_FIRST = ConstantMapping(1)
#: directives that compute all that a node shows
_OUTPUTS = ("t-esc", "t-out")


class ViewInheritance:
    """The part of ``ir.ui.view`` that combines a view with those that extend it."""

    __slots__ = ()

    # ------------------------------------------------------------------ which views

    @api.model
    def _get_inheriting_views_domain(self):
        """Return the domain of the views that may extend others."""
        return [("active", "=", True)]

    @api.model
    def _get_filter_xmlid_query(self):
        """Return the query that keeps, of the views ``%(res_ids)s``, those of the modules ``%(modules)s``."""
        return """
            SELECT res_id FROM ir_model_data
             WHERE res_id IN %(res_ids)s AND model = 'ir.ui.view' AND module IN %(modules)s
        """

    def _get_inheriting_views(self):
        """Return these views and, recursively, the active extensions of them, which are on the same model.

        While the registry loads, extensions of modules that are not loaded yet are left out.
        """
        if not self.ids:
            return self
        self.flush_model(["active", "inherit_id", "mode", "model", "priority"])
        self.env.cr.execute(
            SQL(
                """
            WITH RECURSIVE tree(id, path, priority, model) AS (
                SELECT id, ARRAY[id], priority, coalesce(model, '') FROM ir_ui_view WHERE id IN %(ids)s
             UNION ALL
                SELECT child.id, tree.path || child.id, child.priority, tree.model
                  FROM ir_ui_view child JOIN tree ON child.inherit_id = tree.id
                 WHERE child.active AND child.mode = 'extension' AND child.id != ALL(tree.path)
                   AND coalesce(child.model, '') = tree.model
            )
            SELECT id FROM tree GROUP BY id ORDER BY min(cardinality(path)), min(priority), id
            """,
                ids=tuple(self.ids),
            )
        )
        views = self.browse([row[0] for row in self.env.cr.fetchall()])
        domain = self._get_inheriting_views_domain()
        if domain != [("active", "=", True)]:
            views = views.filtered(lambda view: view in self) | views.sudo().filtered_domain(domain).with_env(self.env)
        return self | (views - self)._filter_loaded_views()

    def _filter_loaded_views(self):
        """Keep the views that belong to loaded modules; all of them once the registry is ready."""
        if not self.pool._init or self.env.context.get("load_all_views"):
            return self
        checked = self.browse(self.env.context.get("check_view_ids") or ()) & self
        others = self - checked
        if not others:
            return self
        modules = {*self.pool._init_modules, self.env.context.get("install_module")} - {None, False}
        if not modules:
            return checked
        self.env.cr.execute(
            self._get_filter_xmlid_query(), {"res_ids": tuple(others.ids), "modules": tuple(sorted(modules))}
        )
        loaded = {row[0] for row in self.env.cr.fetchall()}
        return self.filtered(lambda view: view in checked or view.id in loaded)

    def _get_ancestors(self):
        """Return the views from the root of the inheritance down to this one."""
        self.ensure_one()
        chain, view = self, self
        while view.inherit_id:
            view = view.inherit_id
            if view in chain:
                break
            chain = view + chain
        return chain

    def _get_view_chain(self):
        """Return all views that make up the combined architecture, the last applied first."""
        self.ensure_one()
        return self.browse(reversed((self._get_ancestors().sudo()._get_inheriting_views()).ids))

    def _extensions_by_parent(self, chain):
        """Return ``{parent id: extensions to apply, in order}`` for the views of a chain."""
        self.flush_model(["priority"])
        views = chain._get_inheriting_views()
        extensions = {}
        for view in views.sorted(lambda view: (view.priority, view.id)):
            if view.mode == "extension" and view._applies_to_user():
                extensions.setdefault(view.inherit_id.id, []).append(view)
        return extensions

    def _applies_to_user(self):
        """Is an extension reserved to groups that the user is not a member of?"""
        # whose groups are read costs a query
        if self.id not in self._reserved_extensions() or self.env.context.get("load_all_views") or self.pool._init:
            return True
        return bool(set(self.groups_id.ids) & set(self.env.user._get_group_ids()))

    # ------------------------------------------------------------------ combination

    @api.private
    def locate_node(self, arch, spec):
        """Return the node of ``arch`` that ``spec`` designates, or ``None``."""
        return locate_node(arch, spec)

    @api.private
    @api.model
    def apply_inheritance_specs(self, source, specs_tree, pre_locate=lambda spec: True):
        """Apply specifications to an architecture.

        :param source: root element, modified
        :param specs_tree: the specifications
        :param pre_locate: called with each specification before it is located
        :return: root of the result
        :raise ValidationError: naming the view and the specification that does not apply
        :raise ValueError: the same, where there is no view
        """
        try:
            return apply_inheritance_specs(
                source, specs_tree, inherit_branding=self.env.context.get("inherit_branding"), pre_locate=pre_locate
            )
        except ValueError as error:
            if not self:
                raise
            self._raise_view_error(str(error), getattr(error, "spec", specs_tree), from_exception=error)

    @api.private
    def get_combined_arch(self):
        """Return the architecture of the view with all its extensions, as text."""
        return etree.tostring(self._get_combined_arch(), encoding="unicode")

    def _get_combined_arch(self):
        """Return the architecture of the view with all its extensions, as an element.

        :raise ValidationError: when an extension does not apply
        """
        self.ensure_one()
        branding = self.env.context.get("inherit_branding")
        # an extension is seen as a part of the first primary view above it
        target = self._get_extended()[-1]
        chain = target._get_ancestors()
        extensions = self._extensions_by_parent(chain)
        if self != target:
            self._force_extension(extensions)
        applied = set(chain.ids)
        arch = None
        for view in chain:
            tree = view._parse_arch()
            if branding and view == chain[:1]:
                tree.attrib.update(view._branding_of_root())
            if arch is None:
                arch = tree
            else:
                arch = view._apply_on(arch, tree)
            arch = self._apply_extensions(arch, view, extensions, applied)
        return arch

    def _get_extended(self):
        """Return this view and, while it is an extension, the one that it extends, up to a view met before."""
        views = view = self
        while view.mode == "extension" and view.inherit_id and view.inherit_id not in views:
            view = view.inherit_id
            views += view
        return views

    def _force_extension(self, extensions):
        """Have an inactive extension take part in its own combination, so that it can be checked."""
        for view in self._get_extended().filtered(lambda view: view.mode == "extension"):
            siblings = extensions.setdefault(view.inherit_id.id, [])
            if view not in siblings:
                siblings.append(view)
                siblings.sort(key=lambda sibling: (sibling.priority, sibling.id))

    def _apply_extensions(self, arch, parent, extensions, applied):
        """Apply the extensions of a view, each followed by its own extensions.

        :param applied: ids of the views that take part already, extended by those applied here
        """
        for view in extensions.get(parent.id, ()):
            if view.id not in applied:
                applied.add(view.id)
                arch = view._apply_on(arch, view._parse_arch())
                arch = self._apply_extensions(arch, view, extensions, applied)
        return arch

    def _apply_on(self, arch, specs_tree):
        """Apply the specifications of this view to ``arch``."""
        if self.env.context.get("inherit_branding"):
            self.inherit_branding(specs_tree)
        return self.apply_inheritance_specs(arch, specs_tree)

    def _parse_arch(self):
        """Return the root element of this view's own architecture."""
        try:
            return parse_arch(self.arch or "")
        except etree.XMLSyntaxError as error:
            self._raise_view_error(f"The architecture is not well-formed XML: {error}", from_exception=error)

    # ------------------------------------------------------------------ branding

    def _branding_of_root(self):
        return {"data-oe-model": "ir.ui.view", "data-oe-id": str(self.id), "data-oe-field": "arch"}

    @api.private
    def inherit_branding(self, specs_tree):
        """Mark the nodes that a specification adds with where they come from, for visual editors.

        :return: ``specs_tree``
        """
        document, branding = specs_tree.getroottree(), self._branding_of_root()
        specs = [specs_tree]
        while specs:
            for node in specs.pop().iterchildren(tag=etree.Element):
                if node.tag in ("data", "xpath") or node.get("position"):
                    specs.append(node)
                elif "t-ignore" not in node.attrib:
                    node.attrib.update({**branding, "data-oe-xpath": document.getpath(node)})
        return specs_tree

    @api.private
    def is_node_branded(self, node):
        """Does a node keep an editor from taking what is around it for one text of the view?

        That are nodes of another origin, what was removed, what only some see and what templates compute.
        """
        return is_removal(node) or any(
            name in ("data-oe-model", "groups") or name.startswith("t-") for name in node.attrib
        )

    @api.private
    def distribute_branding(self, e, branding=None, parent_xpath="", index_map=_FIRST):
        """Brand the outermost nodes that are written in one view as they stand, and what shows a field.

        :param e: the node that carries the branding of its document, or is in one that does; modified with all in it
        :param branding: branding of the parent
        :param parent_xpath: path of the parent inside of its view
        :param index_map: ``{tag: position of the node among its siblings of that tag}``
        """
        kinds = (etree.Element, etree.ProcessingInstruction)
        special = (node for node in e.iter(*kinds) if self.is_node_branded(node))
        split = {around for node in special for around in node.iterancestors()}
        todo = [(e, branding, f"{parent_xpath}/{e.tag}[{index_map[e.tag]}]")]
        while todo:
            node, branding, path = todo.pop()
            if node.get("t-ignore") or node.tag == "head":
                for child in node.iterdescendants(etree.Element):
                    _pop_branding(child)
                continue
            path = node.get(_PATH, path)
            branding = _pop_branding(node) or branding
            if branding and _brand(node, branding, path, node in split):
                continue
            for child, step in zip(node, original_steps(node), strict=True):
                if isinstance(child.tag, str):
                    todo.append((child, branding if step else None, f"{path}/{step}"))
        for instruction in [node for node in e.iter(etree.ProcessingInstruction) if is_removal(node)]:
            remove_element(instruction)


def _pop_branding(node):
    """Take the branding off a node; return it without the path."""
    branding = {name: node.attrib.pop(name) for name in _BRANDING if name in node.attrib}
    branding.pop(_PATH, None)
    return branding


def _brand(node, branding, path, is_split):
    """Brand a node unless its parts are to be branded.

    :param is_split: whether something in the node keeps it from being one text of the view
    :return: whether that is all for the node
    """
    if node.get("t-field"):
        # the field brings a branding of its own
        node.set(_PATH, path)
        return True
    if any(name in node.attrib for name in _OUTPUTS):
        return True
    if is_split or node.tag == "t" or "t-call" in node.attrib:
        return False
    node.attrib.update({**branding, _PATH: path})
    return True
