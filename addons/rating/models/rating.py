"""``rating.rating``: what somebody thinks of a record."""

import base64
import uuid
from collections import defaultdict

from odoo import api, fields, models
from odoo.tools.misc import file_open
from odoo.tools.translate import _

from .rating_data import HIGHEST, LOWEST, RATING_TEXT, face_of, text_of


class Rating(models.Model):
    """Stars and words for a record; asked for, they are not consumed yet."""

    _name = "rating.rating"
    _description = "Rating"
    _order = "write_date desc, id desc"
    _rec_name = "res_name"

    @api.model
    def _default_access_token(self):
        return uuid.uuid4().hex

    @api.model
    def _selection_target_model(self):
        return self.env["ir.filters"]._list_all_models()

    create_date = fields.Datetime(string="Submitted on")
    res_name = fields.Char(string="Resource name", compute="_compute_res_name", store=True)
    res_model_id = fields.Many2one("ir.model", "Related Document Model", index=True, ondelete="cascade")
    res_model = fields.Char(
        string="Document Model", related="res_model_id.model", store=True, index=True, readonly=True
    )
    res_id = fields.Many2oneReference("Document", model_field="res_model", required=True, index=True)
    resource_ref = fields.Reference("_selection_target_model", "Resource Ref", compute="_compute_resource_ref")
    parent_res_name = fields.Char("Parent Document Name", compute="_compute_parent_res_name", store=True)
    parent_res_model_id = fields.Many2one("ir.model", "Parent Related Document Model", index=True, ondelete="cascade")
    parent_res_model = fields.Char(
        "Parent Document Model", store=True, related="parent_res_model_id.model", index=True, readonly=False
    )
    parent_res_id = fields.Integer("Parent Document", index=True)
    parent_ref = fields.Reference("_selection_target_model", "Parent Ref", compute="_compute_parent_ref")
    rated_partner_id = fields.Many2one("res.partner", string="Rated Operator")
    rated_partner_name = fields.Char(related="rated_partner_id.name")
    partner_id = fields.Many2one("res.partner", string="Customer")
    rating = fields.Float(string="Rating Value", aggregator="avg", default=0)
    rating_image = fields.Binary("Image", compute="_compute_rating_image")
    rating_image_url = fields.Char("Image URL", compute="_compute_rating_image")
    rating_text = fields.Selection(
        RATING_TEXT, string="Rating", store=True, compute="_compute_rating_text", readonly=True
    )
    feedback = fields.Text("Comment")
    message_id = fields.Many2one("mail.message", string="Message", index=True, ondelete="cascade")
    is_internal = fields.Boolean(
        "Visible Internally Only", readonly=False, related="message_id.is_internal", store=True
    )
    access_token = fields.Char("Security Token", default=_default_access_token)
    consumed = fields.Boolean(string="Filled Rating")

    _sql_constraints = [
        (
            "rating_range",
            f"check(rating >= {LOWEST} and rating <= {HIGHEST})",
            "A rating lies between 0 and 5.",
        ),
    ]

    # what is computed

    def _name_of(self, model_name, res_id):
        """Return the name of a record, whoever asks; nothing where it is gone."""
        # a rating that is not saved names what nobody has checked
        if model_name not in self.env or not res_id or not self.id:
            return False
        record = self.env[model_name].sudo().browse(res_id).exists()
        return record.display_name or f"{model_name},{res_id}" if record else False

    @api.depends("res_model", "res_id")
    def _compute_res_name(self):
        """Take the name of the record."""
        for rating in self:
            rating.res_name = rating._name_of(rating.res_model, rating.res_id)

    @api.depends("parent_res_model", "parent_res_id")
    def _compute_parent_res_name(self):
        """Take the name of what the record belongs to."""
        for rating in self:
            rating.parent_res_name = rating._name_of(rating.parent_res_model, rating.parent_res_id)

    def _reference(self, model_name, res_id):
        return f"{model_name},{res_id}" if model_name in self.env and res_id else None

    @api.depends("res_model", "res_id")
    def _compute_resource_ref(self):
        """Lead to the record."""
        for rating in self:
            rating.resource_ref = rating._reference(rating.res_model, rating.res_id)

    @api.depends("parent_res_model", "parent_res_id")
    def _compute_parent_ref(self):
        """Lead to what the record belongs to."""
        for rating in self:
            rating.parent_ref = rating._reference(rating.parent_res_model, rating.parent_res_id)

    @api.depends("rating")
    def _compute_rating_image(self):
        """Show a face."""
        for rating in self:
            path = f"rating/static/src/img/rating_{face_of(rating.rating)}.png"
            rating.rating_image_url = f"/{path}"
            with file_open(path, "rb") as image:
                rating.rating_image = base64.b64encode(image.read())

    @api.depends("rating")
    def _compute_rating_text(self):
        """Say what the stars mean."""
        for rating in self:
            rating.rating_text = text_of(rating.rating)

    # creating, changing, deleting

    @api.model_create_multi
    def create(self, vals_list):
        """Create ratings, also for what their records belong to.

        :raise AccessError: the caller may not read what is rated, or not change the message
        """
        ratings = super().create([{**self._parent_values(vals), **vals} for vals in vals_list])
        for rating, vals in zip(ratings, vals_list, strict=True):
            # the context may give what the values do not
            rating._check_reach({"message_id", "res_id", *vals})
        return ratings

    def write(self, values):
        """Change ratings; for other records, what those belong to is found again.

        :raise AccessError: the caller may not read what is rated now, or not change the message
        """
        given = {*values}
        if values.get("res_model_id") and values.get("res_id"):
            values = {**self._parent_values(values), **values}
        result = super().write(values)
        self._check_reach(given)
        return result

    def _check_reach(self, names):
        """Ask for the rights on what was written: names of records are stored, messages change with their ratings.

        :param names: set of names of fields that the caller may have given
        """
        if self.env.su:
            return
        for kind in ("res", "parent_res"):
            if names & {f"{kind}_id", f"{kind}_model_id", f"{kind}_model"}:
                for rating in self:
                    model = self.env.get(rating[f"{kind}_model"] or "")
                    if model is not None and rating[f"{kind}_id"]:
                        model.browse(rating[f"{kind}_id"]).check_access("read")
        if "message_id" in names:
            self.message_id.check_access("write")

    def unlink(self):
        """Delete ratings with their messages, which delete the others."""
        said = self.sudo().mapped("message_id")
        gone = super().unlink()
        if said:
            said.unlink()
        return gone

    @api.model
    def _parent_values(self, values):
        """Return what the record of a rating belongs to, as values of the rating."""
        model_id, res_id = int(values.get("res_model_id") or 0), int(values.get("res_id") or 0)
        model = self.env["ir.model"].sudo().browse(model_id or ()).model
        record = self.env[model].sudo().browse(res_id or ()) if model in self.env else None
        name = record._rating_get_parent_field_name() if hasattr(record, "_rating_get_parent_field_name") else None
        parent = record[name] if record and name else None
        if not parent:
            return {"parent_res_id": False, "parent_res_model_id": False}
        return {
            "parent_res_id": parent.id,
            "parent_res_model_id": self.env["ir.model"]._get_id(parent._name),
        }

    def reset(self):
        """Ask again: with another token, and without what was said."""
        for rating in self:
            rating.write(
                {"access_token": self._default_access_token(), "consumed": False, "feedback": False, "rating": 0}
            )

    def action_open_rated_object(self):
        """Open the record."""
        self.ensure_one()
        target = {"res_id": self.res_id, "res_model": self.res_model}
        return {"type": "ir.actions.act_window", "views": [[False, "form"]], "name": _("Rated"), **target}

    def _classify_by_model(self):
        """Return ``{model name: {"ratings", "record_ids"}}`` for models that there are."""
        groups = defaultdict(lambda: {"ratings": self.browse(), "record_ids": []})
        for rating in self:
            if rating.res_model in self.env and rating.res_id:
                groups[rating.res_model]["ratings"] |= rating
                groups[rating.res_model]["record_ids"].append(rating.res_id)
        return dict(groups)

    def _to_store(self, store, /, *, fields=None):
        """Put ratings into a store of clients.

        :param fields: names of the columns
        """
        names = ("rating", "rating_image_url", "rating_text") if fields is None else fields
        for rating in self:
            store.add(rating, {name: rating[name] for name in names})
