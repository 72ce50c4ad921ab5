"""Steps of tours that are kept in the database."""

from odoo import fields, models


class TourStep(models.Model):
    """What is waited for, and done with it."""

    _name = "web_tour.tour.step"
    _description = "Step of a Tour"
    _order = "sequence, id"

    trigger = fields.Char(required=True, help="Selector of the element that the step waits for.")
    content = fields.Char(translate=False, help="What people read beside the pointer.")
    tour_id = fields.Many2one("web_tour.tour", required=True, index=True, ondelete="cascade")
    run = fields.Char(help="What is done with the element, such as click or edit followed by a text.")
    sequence = fields.Integer()

    def get_steps_json(self) -> list[dict]:
        """Return the steps in the form of the client.

        :return: a dict for each step, with ``trigger``, ``run`` and, where it has one, ``content``
        """
        shown = ("trigger", "content", "run")
        return [
            {name: step[name] for name in shown if name != "content" or step.content}
            for step in self.search_fetch([("id", "in", self.ids)], shown)
        ]
