"""``discuss.gif.favorite``: moving pictures that people send again and again."""

from odoo import fields, models


class DiscussGifFavorite(models.Model):
    """A moving picture of the service, which its user finds at once."""

    _name = "discuss.gif.favorite"
    _description = "Save favorite GIF from Tenor API"
    _rec_name = "tenor_gif_id"

    tenor_gif_id = fields.Char("GIF id from Tenor", required=True)

    _sql_constraints = [
        ("user_gif_favorite", "unique(create_uid, tenor_gif_id)", "Somebody has a picture among the favorites once.")
    ]
