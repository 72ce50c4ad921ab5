"""Where an incoming e-mail goes: to the document it answers, or to the addresses it was sent to."""

import ast
import logging
from email.message import EmailMessage

from odoo import api, models

from ..tools import incoming
from ..tools.recipients import GatewayRecipients

_logger = logging.getLogger(__name__)

#: the last messages that an e-mail refers to are the nearest
_REFERENCES = 32
#: ids of messages whose answers begin something new
_BEGINS_ANEW = "reply_to"


class MailThreadGatewayRoute(models.AbstractModel):
    """Routes of e-mails: tuples of model, id of the document, values, id of the user, and alias."""

    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        """Return where an e-mail goes.

        :param message: :class:`email.message.EmailMessage`
        :param message_dict: what was read from it, see :meth:`message_parse`; a parent that does not count is left out
        :param model: name of the model of new documents, where nothing else says
        :param thread_id: id of the document, with ``model``
        :param custom_values: values of the new document, with ``model``
        :return: list of ``(model, thread_id, custom_values, user_id, alias)``, empty when there is nothing to do
        :raise TypeError: when it is no such message
        :raise ValueError: when the e-mail goes nowhere
        """
        if not isinstance(message, EmailMessage):
            raise TypeError(f"an e-mail to be routed is an EmailMessage, not {type(message).__name__}")
        if message_dict.get("is_bounce"):
            self._routing_handle_bounce(message, message_dict)
            return []
        self._routing_reset_bounce(message, message_dict)
        recipients = self._gateway_recipients(message_dict)
        routes = self._route_of_reply(message, message_dict, recipients, custom_values)
        if routes is None and recipients.every:
            routes = self._routes_of_aliases(message, message_dict, recipients)
        if routes is not None:
            return routes
        if model:
            return self._route_of_fallback(message, message_dict, (model, thread_id, custom_values))
        if recipients.has_catchall:
            self._routing_bounce_catchall(message, message_dict)
            return []
        raise ValueError(
            f"no document or address takes the e-mail {message_dict['message_id']} from {message_dict['email_from']} "
            f"to {message_dict['recipients']}: give it an alias, or give the server of incoming e-mails a model"
        )

    def _gateway_recipients(self, message_dict):
        """Return the addresses of an e-mail, and those that are the domains'."""
        domains = self.env["mail.alias.domain"].sudo().search([])
        allowed = self.env["ir.config_parameter"].sudo().get_param("mail.catchall.domain.allowed")
        names = {part.strip() for part in allowed.split(",") if part.strip()} if allowed else set()
        return GatewayRecipients(
            to=incoming.normalized(message_dict["to"]),
            every=incoming.normalized(message_dict["recipients"]),
            catchalls=frozenset(filter(None, domains.mapped("catchall_email"))),
            allowed=frozenset(names | set(domains.mapped("name"))) if names else frozenset(),
        )

    # answers

    def _message_replied_to(self, message_dict):
        """Return the message that an e-mail answers, as superuser."""
        ids = incoming.message_ids_of(message_dict["references"] or message_dict["in_reply_to"])
        ids = [id_ for id_ in ids if _BEGINS_ANEW not in id_][-_REFERENCES:]
        messages = self.env["mail.message"].sudo()
        return messages.search([("message_id", "in", ids)], order="id DESC", limit=1) if ids else messages

    def _route_of_reply(self, message, message_dict, recipients, custom_values):
        """Return the route of an answer, an empty list when it was refused, ``None`` when the e-mail is none.

        An answer that goes to an address of other documents is sent on to them: the recipients are then only those.
        """
        replied = self._message_replied_to(message_dict)
        if not (replied.model and replied.res_id):
            return None
        aliases = self.env["mail.alias"].sudo()
        others = aliases.search([("alias_model_id.model", "!=", replied.model), *recipients.domain(recipients.to)])
        if others:
            recipients.keep(others)
            return None
        own = [("alias_model_id.model", "=", replied.model), *recipients.domain(recipients.every)]
        alias = aliases.search(own, limit=1)
        user = self._mail_find_user_for_gateway(message_dict["email_from"], alias=alias)
        route = self._routing_check_route(
            message,
            message_dict,
            (replied.model, replied.res_id, custom_values, user.id or self.env.uid, alias),
            raise_exception=False,
        )
        if route:
            return [route]
        return [] if route is False else None

    # addresses

    def _routes_of_aliases(self, message, message_dict, recipients):
        """Return the routes to the addresses of an e-mail, ``None`` when none is ours."""
        message_dict.pop("parent_id", None)
        if recipients.only_catchall:
            self._routing_bounce_catchall(message, message_dict)
            return []
        aliases = self.env["mail.alias"].sudo()
        found = aliases.search(recipients.domain(recipients.every))
        if not found:
            # jobs+spring@ is the address jobs@, unless it is one of its own
            found = aliases.search(recipients.domain(recipients.without_tags()))
        routes = []
        for alias in found:
            user = self._mail_find_user_for_gateway(message_dict["email_from"], alias=alias)
            values = dict(ast.literal_eval(alias.alias_defaults))
            target = alias.alias_model_id.model
            route = (target, alias.alias_force_thread_id, values, user.id or self.env.uid, alias)
            checker = self.env.get(target, self)
            if not hasattr(checker, "_routing_check_route"):
                checker = self
            if checked := checker._routing_check_route(message, message_dict, route, raise_exception=False):
                routes.append(checked)
        return routes if found else None

    def _route_of_fallback(self, message, message_dict, place):
        """Return the route to the model that the caller names."""
        message_dict.pop("parent_id", None)
        user = self._mail_find_user_for_gateway(message_dict["email_from"])
        route = (*place, user.id or self.env.uid, None)
        checked = self._routing_check_route(message, message_dict, route, raise_exception=True)
        return [checked] if checked else []

    # checking

    def _routing_warn(self, error_message, message_id, route, raise_exception=True):
        """Tell that an e-mail cannot go somewhere: all of it in the log, shortly to the caller.

        :param raise_exception: whether the caller is told
        :raise ValueError: if so
        """
        _logger.info("e-mail %s cannot go to %s: %s", message_id, route, error_message)
        if raise_exception:
            raise ValueError(error_message)

    @api.model
    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        """Check whether an e-mail can go somewhere, and find its author.

        :param message: the e-mail
        :param message_dict: what was read from it; gets ``author_id``
        :param route: ``(model, thread_id, custom_values, user_id, alias)``
        :param raise_exception: whether the caller is told when it cannot
        :return: the route, maybe to a new document; ``()`` when it cannot, ``False`` when the sender was told so
        :raise ValueError: when it cannot
        """
        if not isinstance(route, (list, tuple)) or len(route) != 5:
            raise AssertionError(f"a route has five parts, not {route!r}")
        model, thread_id, custom_values, user_id, alias = route
        problem = "there is no model to take it" if not model else f"there is no model {model}"
        if not model or model not in self.env:
            self._routing_warn(problem, message_dict["message_id"], route, raise_exception)
            return ()
        document = self.env[model]
        if thread_id:
            document = document.browse(thread_id).exists()
            if not document or not hasattr(document, "message_update"):
                _logger.info("%s %s does not take e-mail %s: a new one", model, thread_id, message_dict["message_id"])
                document, thread_id = self.env[model], None
        if not thread_id and not hasattr(document, "message_new"):
            self._routing_warn(f"{model} is not made from e-mails", message_dict["message_id"], route, raise_exception)
            return ()
        tested = document or self._alias_owner(alias)
        if not message_dict.get("author_id"):
            author = self._mail_find_partner_from_emails([message_dict["email_from"]], records=tested)[0]
            message_dict["author_id"] = author.id
        if alias and not self._routing_check_alias(message, message_dict, alias, document, tested):
            return False
        return (model, thread_id, custom_values, user_id, alias)

    def _alias_owner(self, alias):
        """Return the document that owns an address, ``None`` without."""
        name = alias.alias_parent_model_id.model if alias else False
        if not name or name not in self.env or not alias.alias_parent_thread_id:
            return None
        return self.env[name].browse(alias.alias_parent_thread_id).exists() or None

    def _routing_check_alias(self, message, message_dict, alias, document, tested):
        """Tell whether an address takes e-mails of the author; answer the e-mail otherwise.

        :param document: the document it would go to, may be empty
        :param tested: that, or the owner of the address, whose followers count; may be ``None``
        """
        tested = document if tested is None else tested
        error = tested._alias_get_error(message, message_dict, alias)
        if not error:
            return True
        code, config = getattr(error, "code", error), getattr(error, "is_config_error", False)
        self._routing_warn(f"refused by {alias.display_name}: {code}", message_dict["message_id"], alias, False)
        alias._alias_bounce_incoming_email(message, message_dict, set_invalid=config)
        return False
