"""Tours: those of addons by their name, and those that people recorded with their steps."""

import json
from urllib.parse import quote

from odoo import Command, _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import html_translate

_SCRIPT = """import {{ registry }} from "@web/core/registry";

registry.category("web_tour.tours").add({name}, {{
    url: {url},
    steps: () => {steps},
}});
"""


class Tour(models.Model):
    """A story that people are led through."""

    _name = "web_tour.tour"
    _description = "Tour"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    step_ids = fields.One2many("web_tour.tour.step", "tour_id")
    url = fields.Char("Starting URL", default="/odoo", help="Page on which the tour begins.")
    sharing_url = fields.Char("Sharing URL", compute="_compute_sharing_url", help="Address that starts the tour.")
    rainbow_man_message = fields.Html(
        default=lambda self: _("<b>Well done!</b> You know your way around here now."),
        translate=html_translate,
        help="What is said at the end.",
    )
    sequence = fields.Integer(default=1000)
    custom = fields.Boolean(help="It was recorded here, and nobody is led through it unasked.")
    user_consumed_ids = fields.Many2many("res.users", help="Users who have seen it.")

    _sql_constraints = [("uniq_name", "unique(name)", "Another tour has this name: names of tours are unique.")]

    @api.depends("name")
    def _compute_sharing_url(self):
        for tour in self:
            name = quote(tour.name or "", safe="")
            tour.sharing_url = f"{tour.get_base_url()}/odoo?tour={name}" if name else False

    @api.model
    def consume(self, tourName: str) -> dict | bool | None:
        """Note that the current user has seen a tour.

        :param tourName: name of the tour; one that is not in the database is ignored
        :return: the next tour, as :meth:`get_current_tour` tells it
        """
        user = self.env.user
        if user._is_internal():
            # employees do not write tours, but what they have seen is theirs to tell
            self.search([("name", "=", tourName)]).sudo().user_consumed_ids = [Command.link(user.id)]
        return self.get_current_tour()

    @api.model
    def get_current_tour(self) -> dict | bool | None:
        """Return the tour that the current user should be led through now.

        :return: in the form of :meth:`get_tour_json_by_name`; False when all are seen, None when there are none for
            this user
        """
        user = self.env.user
        if not (user._is_internal() and user.sudo().tour_enabled):
            return None
        unseen = [("custom", "=", False), ("user_consumed_ids", "not in", user.ids)]
        tour = self.search(unseen, limit=1)
        return tour._get_tour_json() if tour else False

    @api.model
    def get_tour_json_by_name(self, tour_name: str) -> dict:
        """Return a tour in the form of the client.

        :return: ``name``, ``url``, ``custom``, ``rainbowManMessage`` and ``steps``
        :raise UserError: there is no such tour
        """
        tour = self.search([("name", "=", tour_name)])
        if not tour:
            raise UserError(_("There is no tour %s.", tour_name))
        return tour._get_tour_json()

    def _get_tour_json(self) -> dict:
        """Return one tour in the form of the client."""
        self.ensure_one()
        return {
            "name": self.name,
            "url": self.url,
            "custom": self.custom,
            "rainbowManMessage": self.rainbow_man_message,
            "steps": self.step_ids.get_steps_json(),
        }

    def export_js_file(self) -> dict:
        """Make a file of the tour that an addon can have among its scripts.

        :return: action that downloads it
        """
        self.ensure_one()
        steps = json.dumps(self.step_ids.get_steps_json(), indent=4, ensure_ascii=False)
        text = _SCRIPT.format(
            name=json.dumps(self.name, ensure_ascii=False),
            url=json.dumps(self.url or "/odoo", ensure_ascii=False),
            steps=steps.replace("\n", "\n    "),
        )
        attachment = self.env["ir.attachment"].create(
            {"name": f"{self.name}.js", "mimetype": "application/javascript", "raw": text.encode()}
        )
        return {"type": "ir.actions.act_url", "url": f"/web/content/{attachment.id}?download=true"}
