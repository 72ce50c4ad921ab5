"""What every model knows about mail: whom its records concern, and how they are reached."""

import logging

from lxml.builder import E
from markupsafe import Markup, escape

from odoo import Command, api, models, tools
from odoo.exceptions import UserError
from odoo.tools.translate import _

from ..tools.alias_error import AliasError

_logger = logging.getLogger(__name__)

#: mail servers cut headers that are longer
HEADER_LENGTH = 68
#: fields that address a record which has no partner, the first that is set counts
_ADDRESS_FIELDS = ("email_from", "partner_email", "email", "email_normalized")
#: place in lists of changes of fields that only say that they are tracked
DEFAULT_SEQUENCE = 100


class Base(models.AbstractModel):
    """Mail for all models."""

    _inherit = "base"

    def _valid_field_parameter(self, field, name):
        """Abstract models may say what is tracked, for the threads that inherit from them."""
        return (name == "tracking" and self._abstract) or super()._valid_field_parameter(field, name)

    # whom a record concerns

    @api.model
    def _mail_get_partner_fields(self, introspect_fields=False):
        """Return the names of the fields with the partners that records concern.

        :param introspect_fields: look for fields under other names too
        """
        usual = [name for name in ("partner_id", "partner_ids") if name in self._fields]
        if usual or not introspect_fields:
            return usual
        return [
            field.name
            for field in self._fields.values()
            if (field.type, field.comodel_name) == ("many2one", "res.partner")
        ]

    def _mail_get_partners(self, introspect_fields=False):
        """Return ``{record id: partners that it concerns}``."""
        names = self._mail_get_partner_fields(introspect_fields=introspect_fields)
        nobody = self.env["res.partner"]
        return {record.id: nobody.union(*(record[name] for name in names)) for record in self}

    @api.model
    def _mail_get_primary_email_field(self):
        """Return the name of the field with the main address, ``None`` without one."""
        name = getattr(self, "_primary_email", None)
        return name if name in self._fields else None

    def _message_get_default_recipients(self):
        """Return whom e-mails about the records go to.

        :return: ``{record id: {"partner_ids": ids, "email_to": text or False, "email_cc": False}}``
        """
        result = {}
        for record in self:
            recipients = {"partner_ids": [], "email_to": False, "email_cc": False}
            if "partner_id" in record._fields and record.partner_id:
                recipients["partner_ids"] = record.partner_id.ids
            else:
                texts = (record[name] for name in _ADDRESS_FIELDS if name in record._fields)
                text = next(filter(None, texts), False)
                recipients["email_to"] = (text and ",".join(tools.email_normalize_all(text))) or text
            result[record.id] = recipients
        return result

    @api.model
    def mail_allowed_qweb_expressions(self):
        """Return the expressions that everybody may write into templates."""
        return (
            "object.name",
            "object.contact_name",
            "object.partner_id",
            "object.partner_id.name",
            "object.user_id",
            "object.user_id.name",
            "object.user_id.signature",
        )

    # companies

    @api.model
    def _mail_get_company_field(self):
        """Return the name of the field with the company of records, ``False`` without one."""
        return "company_id" if "company_id" in self._fields else False

    def _mail_get_companies(self, default=None):
        """Return ``{record id: its company}``, for those without one ``default``."""
        default = self.env["res.company"] if default is None else default
        name = self._mail_get_company_field()
        return {record.id: (record[name] if name else False) or default for record in self}

    def _mail_get_alias_domains(self, default_company=False):
        """Return ``{record id: domain of the addresses of its company}``; some domain, where the company has none."""
        default_company = default_company or self.env.company
        companies = self._mail_get_companies(default=default_company)
        fallback = default_company.alias_domain_id
        if not fallback and any(not company.alias_domain_id for company in companies.values()):
            fallback = self.env["mail.alias.domain"].search([], limit=1)
        return {id_: company.alias_domain_id or fallback for id_, company in companies.items()}

    # answers

    def _notify_get_reply_to(self, default=None):
        """Return where answers to messages about the records go.

        :param default: address where neither record nor company has one
        :return: ``{record id: address with a name}``; the key is ``False`` for no record
        """
        ids = self.ids if self and self._name != "mail.thread" else [False]
        records = self.sudo() if ids != [False] else self.browse()
        addresses = records._reply_addresses_of_aliases() if records else {}
        companies = records._mail_get_companies(default=self.env.company) if records else {}
        for id_ in ids:
            if id_ not in addresses:
                addresses[id_] = companies.get(id_, self.env.company).sudo().catchall_email
        names = {record.id: record.display_name or "" for record in records if addresses.get(record.id)}
        return {
            id_: self._notify_get_reply_to_formatted_email(
                addresses[id_], names.get(id_, ""), company=companies.get(id_, self.env.company)
            )
            if addresses[id_]
            else default
            for id_ in ids
        }

    def _reply_addresses_of_aliases(self):
        """Return ``{record id: address of the alias that belongs to it}``."""
        aliases = (
            self.env["mail.alias"]
            .sudo()
            .search_fetch(
                [
                    ("alias_domain_id", "!=", False),
                    ("alias_parent_model_id.model", "=", self._name),
                    ("alias_parent_thread_id", "in", self.ids),
                    ("alias_name", "!=", False),
                ],
                ["alias_full_name", "alias_parent_thread_id"],
            )
        )
        found = {}
        for alias in aliases:
            found.setdefault(alias.alias_parent_thread_id, alias.alias_full_name)
        return found

    def _notify_get_reply_to_formatted_email(self, record_email, record_name, company=False):
        """Return an address with the names of company and record, as far as they fit into a header.

        :param record_email: the address
        :param record_name: name of the record, may be empty
        :param company: that of the record, otherwise of the user
        """
        if len(record_email) >= HEADER_LENGTH:
            _logger.warning("an address for answers is too long for a name: %s", record_email)
            return record_email
        company_name = (company.sudo().name if company else self.env.company.name) or ""
        whole = f"{company_name} {record_name}" if record_name else company_name
        for name in (whole, record_name or company_name):
            formatted = tools.formataddr((name, record_email))
            if len(formatted) <= HEADER_LENGTH:
                return formatted
        return record_email

    def _notify_by_email_get_headers(self, headers=None):
        """Return the headers of e-mails about the record.

        :param headers: those there are already
        """
        known = dict(headers or {})
        if self:
            self.ensure_one()
            known["X-Odoo-Objects"] = f"{self._name}-{self.id}"
        if self and not known.get("Return-Path"):
            (company,) = self.sudo()._mail_get_companies(default=self.env.company).values()
            bounce = company.sudo().bounce_email
            known.update({"Return-Path": bounce} if bounce else {})
        return known

    def _alias_get_error(self, message, message_dict, alias):
        """Return why an alias of the record does not take an incoming e-mail, ``False`` when it does.

        The reason is an :class:`~odoo.addons.mail.tools.alias_error.AliasError`.

        :param message: the e-mail
        :param message_dict: what was read from it
        :param alias: the alias it was sent to
        """
        who, author = alias.alias_contact, self.env["res.partner"].browse(message_dict.get("author_id") or ())
        if who == "partners":
            return False if author else AliasError("error_partners_no_partner")
        if who != "followers":
            return False
        if not self.ids:
            return AliasError("config_follower_no_record", is_config_error=True)
        if "message_partner_ids" not in self._fields:
            return AliasError("config_follower_no_partners", is_config_error=True)
        return False if author & self.message_partner_ids else AliasError("error_follower_not_following")

    # changes

    def _mail_track(self, tracked_fields, initial_values):
        """Return which fields changed, and the commands that keep the changes.

        :param tracked_fields: descriptions of the fields, as ``fields_get`` gives them
        :param initial_values: ``{field name: what it was}``
        :return: set of names, list of commands to create ``mail.tracking.value``
        """
        self.ensure_one()
        known = [name for name, _sequence in self._mail_track_order_fields(tracked_fields) if name in initial_values]
        pairs = {name: (initial_values[name], self[name]) for name in known}
        # what is empty in another way is no change
        changed = [name for name, (old, new) in pairs.items() if old != new and (old or new)]
        kept_as = self.env["mail.tracking.value"]._create_tracking_values
        return set(changed), [
            Command.create(kept_as(*pairs[name], name, tracked_fields[name], self)) for name in changed
        ]

    def _mail_track_order_fields(self, tracked_fields):
        """Return the order in which changes are kept.

        :param tracked_fields: names of the fields, or a dict of them
        :return: list of ``(name, sequence)``; the ones shown first come last, as lists show the newest first
        """
        place_of = self._mail_track_get_field_sequence
        names = sorted(sorted(tracked_fields), key=place_of)
        return [(name, place_of(name)) for name in names[::-1]]

    def _mail_track_get_field_sequence(self, field):
        """Return the place of a field among changes."""
        definition = self._fields.get(field)
        sequence = getattr(definition, "tracking", None) if definition is not None else None
        if callable(sequence):
            sequence = sequence(self)
        return DEFAULT_SEQUENCE if sequence in (True, None, False) else sequence

    # for texts

    def _mail_get_message_subtypes(self):
        """Return the kinds of messages that followers of the model choose from."""
        return self.env["mail.message.subtype"].search(
            [("hidden", "=", False), ("res_model", "in", [False, self._name])]
        )

    def _mail_get_timezone(self):
        """Return the time zone of the record, else that of the user."""
        if self:
            self.ensure_one()
            for name in ("date_tz", "tz", "timezone"):
                if name in self._fields and self[name]:
                    return self[name]
        return self.env.user.tz or "UTC"

    def _find_value_from_field_path(self, field_path):
        """Return what stands at the end of a path of fields, as text.

        :raise UserError: when there is no such path
        """
        if not field_path:
            return ""
        *before, name = field_path.split(".")
        try:
            records = self.mapped(".".join(before)) if before else self
            field = records._fields[name]
            values = records.mapped(name)
        except (KeyError, AttributeError) as error:
            raise UserError(_("%(model)s has no field %(path)s.", model=self._name, path=field_path)) from error
        if field.relational:
            return " ".join(value.display_name or "" for value in values)
        texts = []
        for record, value in zip(records, values if len(records) == len(values) else [], strict=False):
            if field.type == "datetime" and value:
                zone = record._mail_get_timezone()
                texts.append(f"{tools.format_datetime(self.env, value, tz=zone)} {zone}")
            elif field.type == "selection":
                texts.append(dict(field._description_selection(self.env)).get(value, value) or "")
            else:
                texts.append(str(value) if value else "")
        return " ".join(texts)

    def _get_html_link(self, title=None):
        """Return a link to the record for the text of messages.

        :param title: what it says; the name of the record by default
        """
        self.ensure_one()
        text = escape(title or self.display_name)
        return Markup("<a href='#' data-oe-model='{model}' data-oe-id='{id}'>{text}</a>").format(
            model=self._name, id=self.id, text=text
        )

    @api.model
    def _get_backend_root_menu_ids(self):
        """Return the ids of the menus that records of the model are opened below; extended by other modules."""
        return []

    @api.model
    def _get_default_activity_view(self):
        """Return the view of activities of models that have none: the name of each record."""
        field = self._rec_name_fallback()
        card = E.div(
            E.div(E.field(name=field, display="full"), **{"class": "flex-grow-1"}), **{"t-name": "activity-box"}
        )
        return E.activity(E.templates(card), string=self._description)
