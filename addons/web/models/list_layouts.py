"""How users laid out their lists: which columns, in which order, how wide."""

import json
import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: how much is kept for a user, in characters of JSON, and for how many lists; what was changed longest ago goes first
MOST_CHARACTERS = 32768
MOST_LISTS = 100
#: columns of a list, and pixels of a column
_MOST_COLUMNS = 200
_WIDTHS = range(10, 4001)
_KEY = re.compile(r"[\w.,-]{1,200}")
_NAME = re.compile(r"[\w.]{1,120}")


class ResUsersSettings(models.Model):
    """Lists as their users laid them out."""

    _inherit = "res.users.settings"

    #: ``{key of a list: {"columns": names in their order, "widths": {name: pixels}, "optional": {name: shown}}}``
    list_layouts = fields.Json(string="Lists")

    @api.constrains("list_layouts")
    def _check_list_layouts(self):
        """Refuse what is no layout, and more than is kept."""
        for settings in self:
            layouts = settings.list_layouts or {}
            if not isinstance(layouts, dict) or not all(map(self._is_list_layout, layouts, layouts.values())):
                raise ValidationError(self.env._("The layout of a list is not understood."))
            if len(layouts) > MOST_LISTS or len(json.dumps(layouts)) > MOST_CHARACTERS:
                raise ValidationError(self.env._("There are more layouts of lists than are kept for a user."))

    @api.model
    def _is_list_layout(self, key, layout):
        """Tell whether something is the layout of a list under its key."""
        if not isinstance(key, str) or not _KEY.fullmatch(key) or not isinstance(layout, dict):
            return False
        columns, widths, optional = (layout.get(name, empty) for name, empty in _PARTS.items())
        return (
            layout.keys() <= _PARTS.keys()
            and isinstance(columns, list)
            and isinstance(widths, dict)
            and isinstance(optional, dict)
            and all(len(part) <= _MOST_COLUMNS for part in (columns, widths, optional))
            and all(isinstance(name, str) and _NAME.fullmatch(name) for name in [*columns, *widths, *optional])
            and all(isinstance(width, int) and width in _WIDTHS for width in widths.values())
            and all(isinstance(shown, bool) for shown in optional.values())
        )

    def set_list_layout(self, key, layout):
        """Keep the layout of a list, or forget it when it is empty; layouts of other lists stay.

        :param key: of the list: model, view, field
        :param layout: see ``list_layouts``
        :return: True
        :raise UserError: the layout of one list is more than is kept
        :raise ValidationError: the layout is not understood
        """
        self.ensure_one()
        layouts = dict(self.list_layouts or {})
        layouts.pop(key, None)
        if layout:
            if len(json.dumps(layout)) > MOST_CHARACTERS // 4:
                raise UserError(self.env._("The layout of this list is more than is kept."))
            # the last one is the one that was changed last
            layouts[key] = layout
        while len(layouts) > MOST_LISTS or len(json.dumps(layouts)) > MOST_CHARACTERS:
            del layouts[next(iter(layouts))]
        self.list_layouts = layouts
        return True


_PARTS = {"columns": [], "widths": {}, "optional": {}}
