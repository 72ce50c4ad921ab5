"""``mail.message.subtype``: kinds of messages, which followers choose from."""

from odoo import api, fields, models, tools


class MailMessageSubtype(models.Model):
    """A kind of message: of all documents, or of those of one model."""

    _name = "mail.message.subtype"
    _description = "Message subtypes"
    _order = "sequence, id"

    name = fields.Char("Message Type", required=True, translate=True)
    description = fields.Text(translate=True, prefetch=True, help="Stands in the message; the name does, if empty.")
    internal = fields.Boolean("Internal Only", help="Only for users of the house.")
    parent_id = fields.Many2one(
        "mail.message.subtype",
        string="Parent",
        ondelete="set null",
        help="Kind of messages of a document that belongs to the followed one: whoever follows that gets these too.",
    )
    relation_field = fields.Char("Relation field", help="Field that leads from the document to the followed one.")
    res_model = fields.Char("Model", help="Model of the documents; all, if empty.")
    default = fields.Boolean(default=True, help="New followers get these messages.")
    sequence = fields.Integer(default=1)
    hidden = fields.Boolean(help="Followers cannot choose it.")
    track_recipients = fields.Boolean("Track Recipients", help="Show for all recipients whether they got the message.")

    @api.model_create_multi
    def create(self, vals_list):
        """Create subtypes and forget which ones models have."""
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Change subtypes and forget which ones models have."""
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Delete subtypes and forget which ones models have."""
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache("model_name")
    def _get_auto_subscription_subtypes(self, model_name):
        """Return how followers of other documents become followers of documents of a model.

        :return: tuple of the ids of the subtypes that documents of the model have, the ids of those of them that new
            followers get, the ids of all internal ones, a dict from subtypes of followed documents to those of the
            model, and a dict from models of followed documents to the set of fields that lead there
        """
        own, parent, relation = [], {}, {}
        subtypes = self.sudo().search(
            ["|", ("res_model", "in", [False, model_name]), ("parent_id.res_model", "=", model_name)]
        )
        for subtype in subtypes:
            if subtype.res_model in (False, model_name):
                own.append(subtype.id)
            elif subtype.relation_field:
                relation.setdefault(subtype.res_model, set()).add(subtype.relation_field)
                parent[subtype.id] = subtype.parent_id.id
        default = subtypes.filtered(lambda subtype: subtype.default and subtype.id in own).ids
        internal = subtypes.filtered("internal").ids
        return own, default, internal, parent, relation

    @api.model
    def default_subtypes(self, model_name):
        """Return the subtypes that new followers of a model get.

        :return: those for users of the house, those of them for others, those of them only for the house
        """
        return tuple(map(self.browse, self._default_subtypes(model_name)))

    @api.model
    @tools.ormcache("self.env.uid", "self.env.su", "model_name")
    def _default_subtypes(self, model_name):
        """Return the ids of :meth:`default_subtypes`: all, internal, external."""
        found = self.search([("default", "=", True), ("res_model", "in", [False, model_name])])
        internal = found.filtered("internal")
        return found.ids, internal.ids, (found - internal).ids
