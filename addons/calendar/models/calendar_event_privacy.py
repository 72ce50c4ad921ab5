"""Private events: others see when somebody is busy, and nothing else."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.osv import expression

#: what everybody may know
_PUBLIC = frozenset(
    (
        *("id", "active", "allday", "count", "duration", "interval", "partner_id", "privacy", "recurrence_id"),
        *("rrule", "show_as", "user_id"),
    )
)
#: types of fields that say what an event is about, and models of what is said about it
_TEXTS, _TALK = ("char", "html", "text"), ("mail.activity", "mail.message")


class CalendarEventPrivacy(models.Model):
    """Who sees what of events."""

    _inherit = "calendar.event"

    @api.model
    def _get_public_fields(self):
        """Return the names of the fields that everybody may see of private events."""
        manual = {name for name, field in self._fields.items() if field.manual and name.startswith("x_")}
        return _PUBLIC | self._get_recurrent_fields() | self._get_time_fields() | manual

    def _check_private_event_conditions(self):
        """Tell whether the event is private for the user, who neither organizes nor attends."""
        self.ensure_one()
        return bool(self._private_for_user())

    def _private_for_user(self):
        """Return those of the events that are private for the user."""
        by_choice = {}
        suspects = []
        for event in self.filtered("id"):
            if event.user_id.id == self.env.uid:
                continue
            privacy = event.privacy
            if not privacy:
                owner = event.user_id
                if owner.id not in by_choice:
                    by_choice[owner.id] = owner.sudo().calendar_default_privacy if owner else "public"
                privacy = by_choice[owner.id]
            if privacy == "private":
                suspects.append(event.id)
        if not suspects:
            return self.browse()
        domain = [("id", "in", suspects), ("partner_ids", "in", self.env.user.partner_id.ids)]
        attended = set(self.sudo().with_context(active_test=False).search(domain, order="id")._ids)
        return self.browse([id_ for id_ in suspects if id_ not in attended])

    # finding

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Find events; by what is said about them, only those that are not private for the user."""
        if not (self.env.su or kwargs.get("bypass_access")):
            domain = self._seen_domain(domain, self._texts_asked_for(domain))
        return super()._search(domain, offset, limit, order, **kwargs)

    def _texts_asked_for(self, domain):
        """Return the names of the fields of a domain that say what events are about."""
        names = {str(term[0]).partition(".")[0] for term in domain or () if isinstance(term, (list, tuple))}
        fields = [self._fields[name] for name in names & self._fields.keys()]
        return {field.name for field in fields if field.type in _TEXTS or field.comodel_name in _TALK}

    # reading

    def _fetch_query(self, query, fields):
        """Fetch fields; of private events of others, only what everybody may know."""
        if self.env.su:
            return super()._fetch_query(query, fields)
        deciding = [self._fields["privacy"], self._fields["user_id"]]
        records = super()._fetch_query(query, [*fields, *(field for field in deciding if field not in fields)])
        private = records._private_for_user()
        if private:
            public = self._get_public_fields()
            for field in fields:
                if field.name not in public:
                    shown = self._busy_word() if field.name in ("name", "display_name") else False
                    value = field.convert_to_cache(shown, private[:1], validate=False)
                    self.env.cache.update(private, field, [value] * len(private))
        return records

    @api.model
    def _busy_word(self):
        """Return what is shown instead of the name of private events."""
        return self.env._("Busy")

    @api.depends("privacy", "user_id", "name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """Show the name, but for private events of others."""
        super()._compute_display_name()
        if not self.env.su:
            self._private_for_user().display_name = self._busy_word()

    @api.model
    def read_group(self, domain, fields, groupby, offset=0, limit=None, orderby=False, lazy=True):
        """Group events; by what is not public, only those that are not private for the user."""
        names = [*([groupby] if isinstance(groupby, str) else groupby), *(fields or ())]
        known = {_field_of(name) for name in names} & self._fields.keys()
        return super().read_group(self._seen_domain(domain, known), fields, groupby, offset, limit, orderby, lazy)

    def _read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None):
        """Group events; by what is not public, only those that are not private for the user."""
        known = {_field_of(name) for name in (*groupby, *aggregates)} & self._fields.keys()
        return super()._read_group(self._seen_domain(domain, known), groupby, aggregates, having, offset, limit, order)

    def _seen_domain(self, domain, names):
        """Return a domain that leaves out private events of others, when fields that are not public are asked for."""
        if self.env.su or not names - self._get_public_fields():
            return domain
        return expression.AND([domain, self._not_private_domain()])

    @api.model
    def _not_private_domain(self):
        """Return the domain of events that are not private for the user."""
        settings = self.env["res.users.settings"].sudo().search([("calendar_default_privacy", "=", "private")])
        own = ["|", ("user_id", "=", self.env.uid), ("partner_ids", "in", self.env.user.partner_id.ids)]
        open_to_all = [("privacy", "in", ("public", "confidential"))]
        by_owner = ["&", ("privacy", "=", False), ("user_id", "not in", settings.user_id.ids)]
        return expression.OR([own, open_to_all, by_owner])

    # writing

    def _check_private_access(self):
        """Check that none of the events is private for the user, before it is changed.

        :raise AccessError: otherwise
        """
        if not self.env.su and self._private_for_user():
            raise AccessError(self.env._("Private events are changed by those who organize or attend them."))

    @api.model
    def _get_mail_message_access(self, res_ids, operation, model_name=None):
        """Return which right on events their messages take: who reads those of a private one attends or may change."""
        if operation == "read" and (model_name or self._name) == "calendar.event" and not self.env.su:
            own = self.env.user.partner_id
            for event in self.env["calendar.event"].browse(res_ids).sudo().exists():
                if event.privacy == "private" and own not in event.partner_ids:
                    return "write"
        return super()._get_mail_message_access(res_ids, operation, model_name)


def _field_of(spec):
    """Return the field that a group or an aggregate is about, such as ``start:month`` or ``number:count(name)``."""
    inside = spec.partition("(")[2].rstrip(")")
    return inside or spec.partition(":")[0].partition(".")[0]
