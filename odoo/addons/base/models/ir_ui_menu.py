"""Menus, and what of them a user sees."""

import base64
import collections
import os
import re

from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.http import request
from odoo.tools import file_open, frozendict

MENU_ITEM_SEPARATOR = "/"
_COPY_NUMBER = re.compile(r"\(([0-9]+)\)$")

#: for each type of action, the field that names the model the user must be able to read
_ACTION_MODEL_FIELDS = {
    "ir.actions.act_window": "res_model",
    "ir.actions.report": "model",
    "ir.actions.server": "model_name",
}

#: what the web client calls the parts of a menu that it gets as they are
_WEB_KEYS = {
    "id": "id",
    "appID": "app_id",
    "xmlid": "xmlid",
    "name": "name",
    "children": "children",
    "webIconDataMimetype": "web_icon_data_mimetype",
}
#: entry of the web client that is no menu
_NOTHING_TO_OPEN = {
    "xmlid": "",
    **dict.fromkeys(("appID", "actionID", "actionModel", "actionPath"), False),
    **dict.fromkeys(("webIcon", "webIconData", "webIconDataMimetype")),
}


class IrUiMenu(models.Model):
    """An entry of the menu tree."""

    _name = "ir.ui.menu"
    _description = "Menu"
    _order = "sequence,id"
    _parent_store = True
    _allow_sudo_commands = False

    name = fields.Char(string="Menu", required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    child_id = fields.One2many("ir.ui.menu", "parent_id", string="Child IDs")
    parent_id = fields.Many2one("ir.ui.menu", string="Parent Menu", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    groups_id = fields.Many2many(
        "res.groups",
        "ir_ui_menu_group_rel",
        "menu_id",
        "gid",
        string="Groups",
        help="Only members of these groups see the menu; everybody who can use its action does when there are none.",
    )
    complete_name = fields.Char(string="Full Path", compute="_compute_complete_name", recursive=True)
    web_icon = fields.Char(string="Web Icon File")
    action = fields.Reference(
        selection=[
            ("ir.actions.report", "ir.actions.report"),
            ("ir.actions.act_window", "ir.actions.act_window"),
            ("ir.actions.act_url", "ir.actions.act_url"),
            ("ir.actions.server", "ir.actions.server"),
            ("ir.actions.client", "ir.actions.client"),
        ]
    )
    web_icon_data = fields.Binary(string="Web Icon Image", attachment=True)

    # ------------------------------------------------------------------ names

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        """Join the names from the root down."""
        for menu in self:
            menu.complete_name = menu._get_full_name()

    def _get_full_name(self, level=6):
        """Return the path of the menu, at most ``level`` names long."""
        if level <= 0:
            return "..."
        if self.parent_id:
            return f"{self.parent_id._get_full_name(level - 1)}{MENU_ITEM_SEPARATOR}{self.name or ''}"
        return self.name

    @api.depends("parent_id")
    def _compute_display_name(self):
        """Show the full path."""
        for menu in self:
            menu.display_name = menu._get_full_name()

    @api.constrains("parent_id")
    def _check_parent_id(self):
        """Refuse circles."""
        if self._has_cycle():
            raise ValidationError(self.env._("A menu cannot be below itself."))

    # ------------------------------------------------------------------ visibility

    @api.model
    def _visible_menu_ids(self, debug=False):
        """Return the ids of the menus the user sees, a set that callers may change: addons take some out.

        :param debug: whether the user works in developer mode
        """
        return set(self._find_visible_menu_ids(debug))

    @api.model
    @tools.ormcache("frozenset(self.env.user._get_group_ids())", "debug", "self.env.su")
    def _find_visible_menu_ids(self, debug):
        """Return the ids of the menus the user sees.

        A menu is seen when its groups allow it and, unless it is a mere folder, its action exists and the user
        can read the model of it; a folder is seen when something in it is.

        :param debug: whether the user works in developer mode
        :return: frozenset of ids
        """
        menus = self.with_context({}).sudo().search_fetch([], ["action", "parent_id", "groups_id"])
        group_ids = set(self.env.user._get_group_ids())
        if not debug:
            group_ids.discard(self.env["ir.model.data"]._xmlid_to_res_id("base.group_no_one"))
        menus = menus.filtered(lambda menu: not menu.groups_id or not group_ids.isdisjoint(menu.groups_id.ids))
        reachable = set(menus.ids)
        visible = set()
        for menu in menus._filter_usable_actions(self.env["ir.model.access"]):
            while menu and menu.id in reachable and menu.id not in visible:
                visible.add(menu.id)
                menu = menu.parent_id
        return frozenset(visible)

    def _filter_usable_actions(self, access):
        """Keep the menus with an action that exists and on a model the user can read.

        :param access: ``ir.model.access`` of the user
        """
        action_ids = collections.defaultdict(set)
        actions_of = {}
        for menu in self:
            action = menu._action_reference()
            if action:
                actions_of[menu] = action
                action_ids[action[0]].add(action[1])
        models_of = {
            model: {
                record.id: record[_ACTION_MODEL_FIELDS[model]] if model in _ACTION_MODEL_FIELDS else None
                for record in self.env[model].sudo().browse(ids).exists()
            }
            for model, ids in action_ids.items()
        }

        def usable(menu):
            model, res_id = actions_of.get(menu, (None, None))
            if model is None or res_id not in models_of[model]:
                return False
            target = models_of[model][res_id]
            return not target or (target in self.env and access.check(target, "read", False))

        return self.filtered(usable)

    def _action_reference(self):
        """Return ``(model, id)`` of the action without checking that it exists, or ``None``."""
        value = self.action
        return (value._name, value.id) if value else None

    def _filter_visible_menus(self):
        """Keep the menus the user sees."""
        debug = bool(request and request.session.debug)
        return self & self.browse(self._visible_menu_ids(debug))

    @api.model
    def search_fetch(self, domain, field_names, offset=0, limit=None, order=None):
        """Search; only what the user sees, unless the context has ``ir.ui.menu.full_list``."""
        menus = super().search_fetch(domain, field_names, order=order)
        if menus and not self._full_list():
            menus = menus._filter_visible_menus()
        menus = menus[offset:] if offset else menus
        return menus[:limit] if limit else menus

    @api.model
    def search_count(self, domain, limit=None):
        """Count what :meth:`search_fetch` finds."""
        if self._full_list():
            return super().search_count(domain, limit=limit)
        return len(self.search_fetch(domain, ["parent_id"], limit=limit))

    def _full_list(self):
        return self.env.su or self.env.uid == SUPERUSER_ID or self.env.context.get("ir.ui.menu.full_list")

    # ------------------------------------------------------------------ create, write, delete

    @api.model_create_multi
    def create(self, vals_list):
        """Create menus; the icon file is read into ``web_icon_data``."""
        self.env.registry.clear_cache()
        return super().create(list(map(self._with_icon_data, vals_list)))

    def write(self, values):
        """Write menus; a new icon file is read."""
        self.env.registry.clear_cache()
        return super().write(self._with_icon_data(values))

    def _with_icon_data(self, values):
        """Return ``values``, with the image of an icon file they name."""
        if "web_icon_data" in values or "web_icon" not in values:
            return values
        return {**values, "web_icon_data": self._compute_web_icon_data(values["web_icon"])}

    def _compute_web_icon_data(self, web_icon):
        """Read the image that ``web_icon`` (``module,path``) designates.

        :return: base64 content, or ``False`` for an icon made of a class and colours
        """
        parts = web_icon.split(",") if web_icon else []
        if len(parts) != 2:
            return False
        return self._read_image(os.path.join(*parts))

    def _read_image(self, path):
        """Return the content of an image file of a module in base64, or ``False`` when there is no such file."""
        try:
            with file_open(
                path, "rb", filter_ext=(".gif", ".ico", ".jfif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
            ) as image:
                return base64.encodebytes(image.read())
        except FileNotFoundError:
            return False

    def unlink(self):
        """Delete menus; the menus right below become roots."""
        children = self.with_context(active_test=False, **{"ir.ui.menu.full_list": True}).search(
            [("parent_id", "in", self.ids), ("id", "not in", self.ids)]
        )
        if children:
            children.write({"parent_id": False})
        self.env.registry.clear_cache()
        return super().unlink()

    def copy(self, default=None):
        """Copy menus; the copies are numbered."""
        copies = super().copy(default=default)
        for menu in copies:
            match = _COPY_NUMBER.search(menu.name)
            if match:
                menu.name = _COPY_NUMBER.sub(f"({int(match[1]) + 1})", menu.name)
            else:
                menu.name = f"{menu.name}(1)"
        return copies

    # ------------------------------------------------------------------ loading

    @api.private
    @api.model
    def get_user_roots(self):
        """Return the applications: the menus without parent that the user sees."""
        return self.search([("parent_id", "=", False)])

    def _load_menus_blacklist(self):
        """Hook: ids of menus to leave out of :meth:`load_menus`."""
        return []

    @api.model
    @tools.ormcache("self._uid", "self.env.lang")
    def load_menus_root(self):
        """Return the applications of the user, without what is below them.

        :return: the root entry, with ``children`` and ``all_menu_ids``
        """
        field_names = ["name", "sequence", "parent_id", "action", "web_icon_data"]
        roots = self.get_user_roots()
        data = roots.read(field_names) if roots else []
        self._add_xmlids(data)
        return {
            "id": False,
            "name": "root",
            "parent_id": [-1, ""],
            "children": data,
            "all_menu_ids": roots.ids,
        }

    def _add_xmlids(self, entries):
        xmlids = self.sudo().browse([entry["id"] for entry in entries])._get_external_ids()
        for entry in entries:
            entry["xmlid"] = (xmlids.get(entry["id"]) or [""])[0]

    @api.model
    @tools.ormcache("self._uid", "debug", "self.env.lang")
    def load_menus(self, debug):
        """Return the menus of the user.

        :param debug: whether he works in developer mode
        :return: ``{id: entry}`` plus the key ``root``
        """
        field_names = ["name", "sequence", "parent_id", "action", "web_icon"]
        visible = self._visible_menu_ids(bool(debug)) - set(self._load_menus_blacklist())
        menus = self.browse(sorted(visible)).with_context(**{"ir.ui.menu.full_list": True})
        menus = menus.search_fetch([("id", "in", menus.ids)], [*field_names, "web_icon_data"])
        entries = {}
        data = menus.sudo().read(field_names, load="_classic_read")
        self._add_xmlids(data)
        for entry in data:
            entry["children"] = []
            entries[entry["id"]] = entry
        roots = []
        for entry in data:
            parent = entry["parent_id"] and entry["parent_id"][0]
            if not parent:
                roots.append(entry["id"])
            elif parent in entries:
                entries[parent]["children"].append(entry["id"])
        self._set_app(entries, roots)
        self._add_icons(entries, roots)
        reachable = {key: entry for key, entry in entries.items() if "app_id" in entry}
        reachable["root"] = {"id": False, "name": "root", "children": roots}
        return frozendict(reachable)

    def _set_app(self, entries, roots):
        """Tell each entry which application it belongs to; what hangs below an invisible menu gets none."""
        for root in roots:
            stack = [root]
            while stack:
                entry = entries[stack.pop()]
                entry["app_id"] = root
                stack.extend(entry["children"])

    def _add_icons(self, entries, roots):
        """Add the icons of applications."""
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search_read(
                domain=[("res_model", "=", self._name), ("res_id", "in", roots), ("res_field", "=", "web_icon_data")],
                fields=["res_id", "datas", "mimetype"],
            )
        )
        icons = {attachment["res_id"]: attachment for attachment in attachments}
        for key, entry in entries.items():
            icon = icons.get(key, {})
            data = icon.get("datas")
            entry["web_icon_data"] = data.decode() if isinstance(data, bytes) else (data or False)
            entry["web_icon_data_mimetype"] = icon.get("mimetype", False)

    @api.model
    def load_web_menus(self, debug):
        """Return the menus in the form of the web client.

        :param debug: whether the user works in developer mode
        :return: ``{id: entry}`` plus the key ``root``; ids are integers
        """
        menus = dict(self.load_menus(debug))
        root = menus.pop("root")
        paths = self._action_paths(menus)
        result = {key: self._web_entry(menu, menus, paths) for key, menu in menus.items()}
        result["root"] = {
            **_NOTHING_TO_OPEN,
            "id": "root",
            "name": root["name"],
            "children": root["children"],
            "backgroundImage": root.get("backgroundImage"),
        }
        return result

    def _web_entry(self, menu, menus, paths):
        """Return the entry of a menu for the web client."""
        is_app = menu["app_id"] == menu["id"]
        model, _sep, action_id = (menu["action"] or "").partition(",")
        if is_app and not action_id:
            model, action_id = self._first_action_below(menu, menus)
        entry = {web_key: menu[key] for web_key, key in _WEB_KEYS.items()}
        entry["webIcon"] = menu["web_icon"] or False
        entry["webIconData"] = is_app and self._web_icon_url(menu)
        entry["actionModel"] = model or False
        entry["actionID"] = int(action_id or 0) or False
        entry["actionPath"] = paths.get(entry["actionID"], False)
        return entry

    def _web_icon_url(self, menu):
        """Return the URL of the image of an application, ``False`` when its icon is made of a class and colours."""
        if menu["web_icon_data"]:
            content = menu["web_icon_data"].replace("\n", "")
            return f"data:{menu['web_icon_data_mimetype'] or 'image/png'};base64,{content}"
        is_file = not menu["web_icon"] or menu["web_icon"].count(",") == 1
        return is_file and "/web/static/img/default_icon_app.png"

    def _first_action_below(self, menu, menus):
        """Return ``(model, id)`` of the first action found descending along first children."""
        while menu["children"]:
            menu = menus[menu["children"][0]]
            model, _sep, action_id = (menu["action"] or "").partition(",")
            if action_id:
                return model, action_id
        return "", ""

    def _action_paths(self, menus):
        """Return the paths of the actions of menus, by id, for those that have one."""
        ids = [int(menu["action"].partition(",")[2]) for menu in menus.values() if menu.get("action")]
        return dict(self._paths_of_actions(tuple(ids)))

    @tools.ormcache("ids")
    def _paths_of_actions(self, ids):
        """Return the id and the path of those actions that have one."""
        actions = self.env["ir.actions.actions"].sudo()
        found = actions.search_fetch([("id", "in", ids), ("path", "!=", False)], ["path"])
        return tuple((action.id, action.path) for action in found)
