"""The groups' part of the user form: each application's groups as a choice or as boxes, made from the groups there are.

The form has fields that no class declares: ``sel_groups_1_2_3`` for groups that imply each other in a row, of which a
user has the highest, and ``in_group_4`` for the others.
"""

import logging

from lxml import etree
from lxml.builder import E

from odoo import Command, api, fields, models
from odoo.tools import partition
from odoo.tools.translate import _

from .reified_groups import (
    get_boolean_group,
    get_selection_groups,
    is_boolean_group,
    is_reified_group,
    is_selection_groups,
    name_boolean_group,
    name_selection_groups,
)

_logger = logging.getLogger(__name__)

#: what the descriptions of all fields for groups have in common
_REIFIED = {
    **dict.fromkeys(("exportable", "selectable", "searchable", "sortable"), False),
    **dict.fromkeys(("store", "readonly", "required"), False),
}


class GroupsView(models.Model):
    """Keeps the groups' part of the user form in step with the groups."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        """Create groups and add them to the form."""
        groups = super().create(vals_list)
        self._update_user_groups_view()
        return groups

    def write(self, values):
        """Update groups and show them as they are now."""
        before = {group: (group.category_id, group.implied_ids) for group in self}
        result = super().write(values)
        if values.keys() & {"category_id", "implied_ids", "name", "comment", "share"} and (
            "name" in values
            or "comment" in values
            or "share" in values
            or any(before[group] != (group.category_id, group.implied_ids) for group in self)
        ):
            self._update_user_groups_view()
        return result

    def unlink(self):
        """Delete groups and take them from the form."""
        result = super().unlink()
        self._update_user_groups_view()
        return result

    @api.model
    def _update_user_groups_view(self):
        """Make the view ``base.user_groups_view`` again, from the groups there are."""
        plain = self.with_context(lang=None)
        view = plain.env.ref("base.user_groups_view", raise_if_not_found=False)
        # a module being removed may have taken the view along
        if view and view._name == "ir.ui.view":
            arch = etree.tostring(plain._user_groups_arch(), encoding="unicode", pretty_print=True)
            if arch != view.arch:
                view.arch = arch

    def _user_groups_arch(self):
        """Return the arch of the groups' part of the user form."""
        choices, boxes, kinds, outsider = {}, [], [], ""
        for category, kind, groups, section in self.get_groups_by_application():
            _sequence, label = section
            if category.xml_id == "base.module_category_user_type":
                name = name_selection_groups(groups.ids)
                kinds.append(E.group(_group_field(name, widget="radio"), string=category.name))
                outsider = f"{name} != {self.env.ref('base.group_user').id}"
            elif kind == "selection":
                choices.setdefault(section, []).append(_group_field(name_selection_groups(groups.ids)))
            else:
                fields_ = [_group_field(name_boolean_group(group.id)) for group in groups]
                boxes.append(E.group(*fields_, string=category.name or label, col="4"))
        parts = [E.group(*choices[section], string=section[1]) for section in sorted(choices)] + boxes
        if outsider:
            # the rights of users from outside are not given one by one
            for part in parts:
                part.set("invisible", outsider)
        return E.field(*kinds, *parts, name="groups_id", position="replace")


def _group_field(name, **attributes):
    """Return the node of a field for groups: what depends on the groups of a user follows its changes."""
    return E.field(name=name, on_change="1", **attributes)


class UsersView(models.Model):
    """Reads and writes the fields of the groups' part of the user form as groups."""

    _inherit = "res.users"

    user_group_warning = fields.Text(string="User Group Warning", compute="_compute_user_group_warning")

    @api.depends("groups_id", "share")
    @api.depends_context("show_user_group_warning")
    def _compute_user_group_warning(self):
        """Tell which rights internal users have beyond those that were chosen for them, where the context asks."""
        self.user_group_warning = False
        if self.env.context.get("show_user_group_warning"):
            choices = [
                (category, groups)
                for category, kind, groups, _section in self.env["res.groups"].sudo().get_groups_by_application()
                if kind == "selection"
            ]
            for user in self.filtered(lambda user: not user.share):
                user.user_group_warning = "\n".join(user._warnings_of_more_rights(choices)) or False

    def _warnings_of_more_rights(self, choices):
        """Yield a warning for each choice of a right below one that another right of the user implies.

        :param choices: (application, its groups from the lowest to the highest)
        """
        chosen = self.sudo().groups_id._origin
        had = chosen | chosen.trans_implied_ids
        for category, groups in choices:
            highest = (groups & had)[-1:]
            if highest - chosen:
                yield _(
                    "%(user)s gets the right %(right)s as well: it is part of %(reason)s.",
                    user=self.name or _("The user"),
                    right=f"{category.name}: {highest.name}",
                    reason=", ".join(right.full_name for right in chosen if highest in right.trans_implied_ids),
                )

    @api.model
    def _is_virtual_field(self, name):
        """Views show the fields for groups."""
        return is_reified_group(name) or super()._is_virtual_field(name)

    # writing

    def _remove_reified_groups(self, values):
        """Return ``values`` with the fields for groups turned into commands on ``groups_id``."""
        add, remove, rest = [], [], {}
        for name, value in values.items():
            if is_boolean_group(name):
                (add if value else remove).append(get_boolean_group(name))
            elif is_selection_groups(name):
                remove += get_selection_groups(name)
                if value:
                    add.append(int(value))
            else:
                rest[name] = value
        if "groups_id" not in rest and (add or remove):
            present = set(add)
            # without the third part of commands, as extensions expect them
            rest["groups_id"] = [
                *((Command.UNLINK, id_) for id_ in remove if id_ not in present),
                *((Command.LINK, id_) for id_ in add),
            ]
        return rest

    @api.model
    def new(self, values=None, origin=None, ref=None):
        """Make a record in memory; groups may be given by their fields."""
        if values is not None:
            values = self._remove_reified_groups(values)
        return super().new(values, origin, ref)

    # reading

    @api.model
    def default_get(self, fields):
        """Return defaults, of the fields for groups too."""
        group_fields, others = partition(is_reified_group, fields)
        names = [*others, "groups_id"] if group_fields and "groups_id" not in others else others
        values = super().default_get(list(names))
        if group_fields:
            self._add_reified_groups(group_fields, values)
            if "groups_id" not in others:
                values.pop("groups_id", None)
        return values

    def _add_reified_groups(self, names, values):
        """Add the values of the fields for groups to ``values``, which have ``groups_id``."""
        groups = self.new({"groups_id": values.get("groups_id") or []}).groups_id
        ids = set((groups._origin or groups).ids)
        for name in names:
            values[name] = self._reified_value(name, ids)

    def _reified_value(self, name, ids):
        """Return the value of a field for groups, for a user in the groups ``ids``."""
        if is_boolean_group(name):
            return get_boolean_group(name) in ids
        groups = self.env["res.groups"].sudo().browse(get_selection_groups(name)).exists()
        present = [
            group.id for group in groups.sorted(lambda group: len(group.trans_implied_ids & groups)) if group.id in ids
        ]
        return present[-1] if present else False

    def _determine_fields_to_fetch(self, field_names, ignore_when_in_cache=False):
        """Fetch ``groups_id`` in place of the fields for groups."""
        group_fields, others = partition(is_reified_group, field_names or [])
        if group_fields:
            field_names = list(dict.fromkeys([*others, "groups_id"]))
        return super()._determine_fields_to_fetch(field_names, ignore_when_in_cache)

    def _read_format(self, fnames, load="_classic_read"):
        """Return the values of fields, of those for groups too."""
        group_fields, others = partition(is_reified_group, fnames)
        if not group_fields:
            return super()._read_format(fnames, load)
        names = list(dict.fromkeys([*others, "groups_id"]))
        result = super()._read_format(names, load)
        for values in result:
            ids = set(values["groups_id"])
            if "groups_id" not in others:
                del values["groups_id"]
            for name in group_fields:
                values[name] = self._reified_value(name, ids)
        return result

    def onchange(self, values, field_names, fields_spec):
        """Bring the fields for groups in line with each other in the form."""
        group_fields = [name for name in fields_spec if is_reified_group(name)]
        if not group_fields:
            return super().onchange(values, field_names, fields_spec)
        spec = {name: part for name, part in fields_spec.items() if name not in group_fields}
        spec.setdefault("groups_id", {})
        changed = [name for name in field_names if not is_reified_group(name)]
        values = self._remove_reified_groups(values)
        touched = [name for name in field_names if is_reified_group(name)]
        if touched and "groups_id" not in changed:
            changed.append("groups_id")
        result = super().onchange(values, changed, spec)
        changes = result.setdefault("value", {})
        commands = changes.get("groups_id")
        if commands or not field_names:
            # a new form has no groups yet, and in one that is open others may follow from the change
            record = self.new(values, origin=self)
            if commands:
                record.groups_id = commands
            ids = set(record.groups_id._origin.ids)
            changes.update((name, self._reified_value(name, ids)) for name in group_fields)
        if "groups_id" not in fields_spec:
            changes.pop("groups_id", None)
        return result

    @api.model
    def search_read(self, domain=None, fields=None, offset=0, limit=None, order=None, **read_kwargs):
        """Read what lists show: fields for groups are for forms, and left out."""
        if fields:
            fields = [name for name in fields if not is_reified_group(name)] or ["id"]
        return super().search_read(domain, fields, offset, limit, order, **read_kwargs)

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Describe fields, those for groups too."""
        result = super().fields_get(allfields, attributes=attributes)
        if allfields is not None and not any(is_reified_group(name) for name in allfields):
            return result
        for category, kind, groups, _section in self.env["res.groups"].sudo().get_groups_by_application():
            if kind == "selection":
                user_type = category.xml_id == "base.module_category_user_type"
                options = [] if user_type else [(False, "")]
                comments = [f"{group.name}: {group.comment}" for group in groups if group.comment]
                described = {
                    name_selection_groups(groups.ids): {
                        "type": "selection",
                        "string": category.name or _("Other"),
                        "selection": options + [(group.id, group.name) for group in groups],
                        "help": "\n".join(comments) or None,
                    }
                }
            else:
                described = {
                    name_boolean_group(group.id): {
                        "type": "boolean",
                        "string": group.name,
                        "help": group.comment or None,
                    }
                    for group in groups
                }
            for name, description in described.items():
                self._describe(result, name, description, allfields, attributes)
        return result

    def _describe(self, result, name, description, allfields, attributes):
        """Add the description of a field for groups to ``result``, as far as it is asked for."""
        if allfields is None or name in allfields:
            result[name] = {
                key: value
                for key, value in {**description, **_REIFIED, "name": name}.items()
                if value is not None and (not attributes or key in attributes)
            }
