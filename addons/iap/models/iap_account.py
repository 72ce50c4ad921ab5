"""``iap.account``: what pays for a service."""

import logging
import uuid
from urllib.parse import urlencode

from odoo import api, fields, models, modules
from odoo.exceptions import AccessError, UserError
from odoo.tools.translate import _

from ..tools import iap_tools

_logger = logging.getLogger(__name__)

#: ends the tokens of copies of a database, which pay for nothing
DISABLED = "+disabled"
#: what the server of services knows better than we do
_TOLD = ("balance", "service_locked", "state", "warning_threshold")
_WARNINGS = ("warning_threshold", "warning_user_ids")


class IapAccount(models.Model):
    """An account of a service, for some companies or for all."""

    _name = "iap.account"
    _description = "IAP Account"

    name = fields.Char()
    service_id = fields.Many2one("iap.service", required=True, ondelete="restrict")
    service_name = fields.Char(related="service_id.technical_name")
    service_locked = fields.Boolean(default=False, help="The service of the account does not change any more.")
    description = fields.Char(related="service_id.description")
    account_token = fields.Char(
        default=lambda self: uuid.uuid4().hex,
        size=43,
        help="Whoever has it spends the credits of the account.",
    )
    company_ids = fields.Many2many("res.company", help="All companies, if empty.")
    balance = fields.Char(readonly=True)
    warning_threshold = fields.Float("Email Alert Threshold", help="Somebody is told when there are fewer credits.")
    warning_user_ids = fields.Many2many("res.users", string="Email Alert Recipients")
    state = fields.Selection(
        [("banned", "Banned"), ("registered", "Registered"), ("unregistered", "Unregistered")], readonly=True
    )

    @api.constrains("warning_threshold", "warning_user_ids")
    def validate_warning_alerts(self):
        """Check that somebody can be told of few credits.

        :raise UserError: the number is negative, or a user has no address
        """
        for account in self:
            if account.warning_threshold < 0:
                raise UserError(_("The number of credits below which somebody is told cannot be negative."))
            silent = account.warning_user_ids.filtered(lambda user: not user.email)
            if silent:
                raise UserError(_("These users have no e-mail address: %s", ", ".join(silent.mapped("name"))))

    # creating and writing

    @api.model_create_multi
    def create(self, vals_list):
        """Create accounts named as their service; those of copies of a database are worth nothing."""
        is_copy = bool(self.env["ir.config_parameter"].sudo().get_param("database.is_neutralized"))
        return super().create([self._completed(values, is_copy) for values in vals_list])

    @api.model
    def _completed(self, values, is_copy):
        """Return the values of a new account with its name and its token."""
        service = self.env["iap.service"].browse(values.get("service_id") or ())
        token = values.get("account_token", uuid.uuid4().hex)
        if is_copy and token:
            token = token.partition("+")[0] + DISABLED
        return {**values, "account_token": token, "name": values.get("name") or service.name}

    def write(self, values):
        """Change accounts, and tell the server of services when somebody is to be told of few credits.

        The context ``disable_iap_update`` keeps it to us.
        """
        result = super().write(values)
        if not self.env.context.get("disable_iap_update") and any(name in values for name in _WARNINGS):
            for account in self:
                account._push_warnings()
        return result

    def _push_warnings(self):
        """Tell the server of services who is told of few credits."""
        account = self.sudo()
        told = [{"email": user.email, "lang_code": user.lang or "en_US"} for user in account.warning_user_ids]
        params = {
            "account_token": account.account_token,
            "dbuuid": self._database_uuid(),
            "warning_emails": told,
            "warning_threshold": account.warning_threshold,
        }
        self._ask("/iap/1/update-warning-email-alerts", params)

    @api.model
    def _database_uuid(self):
        return self.env["ir.config_parameter"].sudo().get_param("database.uuid")

    @api.model
    def _ask(self, path, params):
        """Call the server of services, if there is one and this is no test.

        :return: what it returns, ``None`` when it cannot be asked
        """
        endpoint = iap_tools.iap_get_endpoint(self.env)
        if not endpoint or self.is_running_test_suite():
            return None
        try:
            return iap_tools.iap_jsonrpc(endpoint + path, params=params)
        except (AccessError, UserError) as error:
            _logger.warning("the server of paid services was not reached: %s", error)
            return None

    @staticmethod
    def is_running_test_suite():
        """Tell whether tests run, in which no other server is called."""
        return bool(modules.module.current_test)

    # what the server of services knows

    def web_read(self, *args, **kwargs):
        """Read accounts as the server of services knows them now; not with the context ``disable_iap_fetch``."""
        self._get_account_information_from_iap()
        return super().web_read(*args, **kwargs)

    def web_save(self, *args, **kwargs):
        """Save an account; what was just entered is read back."""
        self = self.with_context(disable_iap_fetch=True)
        return super().web_save(*args, **kwargs)

    def _get_account_information_from_iap(self):
        """Bring balance and state up to date."""
        accounts = self.sudo().filtered("account_token")
        if not accounts or self.env.context.get("disable_iap_fetch"):
            return
        asked = [{"service": account.service_name, "token": account.account_token} for account in accounts]
        told = self._ask("/iap/1/get-accounts-information", {"dbuuid": self._database_uuid(), "iap_accounts": asked})
        if not isinstance(told, dict):
            return
        for account in accounts:
            values = account._values_told(told.get(account.account_token))
            if values:
                account.with_context(disable_iap_update=True, tracking_disable=True).write(values)

    def _values_told(self, told):
        """Return what is written of an answer about the account."""
        if not isinstance(told, dict):
            return {}
        values = {name: told[name] for name in _TOLD if name in told}
        if values.get("state") not in dict(self._fields["state"].selection):
            values.pop("state", None)
        try:
            if "balance" in values:
                number, service = float(values["balance"]), self.service_id
                values["balance"] = f"{number:.{0 if service.integer_balance else 2}f} {service.unit_name}"
            if "warning_threshold" in values:
                values["warning_threshold"] = max(float(values["warning_threshold"]), 0)
        except (TypeError, ValueError):
            _logger.warning("the server of paid services tells numbers that are none: %s", told)
            return {}
        return values

    # finding

    @api.model
    def get(self, service_name, force_create=True):
        """Return the account that pays for a service.

        Those of the user's companies come first, then those of all companies, the newest first.

        :param service_name: technical name of the service
        :param force_create: make one if there is none; it stays when the transaction is undone
        :return: the account, empty when there is none and none is made
        :raise AccessError: the user may not read accounts
        :raise UserError: there is no such service
        """
        self.browse().check_access("read")
        domain = [
            ("service_id.technical_name", "=", service_name),
            "|",
            ("company_ids", "in", self.env.companies.ids),
            ("company_ids", "=", False),
        ]
        accounts = self.sudo().search(domain, order="id desc")
        useless = accounts.filtered(lambda account: not account.account_token)
        if useless:
            accounts -= useless
            self._delete_beside(useless.ids)
        found = accounts.filtered("company_ids")[:1] or accounts[:1]
        if not found and force_create:
            found = self._create_beside(service_name)
        return found.with_env(self.env)

    @api.model
    def _delete_beside(self, ids):
        """Delete accounts; they are gone even if the transaction is undone."""
        if self.is_running_test_suite():
            self.sudo().browse(ids).unlink()
            return
        # what this transaction wrote would wait for the other one
        self.env.flush_all()
        with self.pool.cursor() as cr:
            self.with_env(self.env(cr=cr)).sudo().browse(ids).exists().unlink()

    @api.model
    def _create_beside(self, service_name):
        """Create the account of a service; it stays when the transaction is undone."""
        service = self.env["iap.service"].sudo().search([("technical_name", "=", service_name)], limit=1)
        if not service:
            raise UserError(_("There is no paid service %s.", service_name))
        values = {"service_id": service.id}
        if self.is_running_test_suite():
            return self.sudo().create(values)
        with self.pool.cursor() as cr:
            created = self.with_env(self.env(cr=cr)).sudo().create(values)
            told = {name: created[name] for name in ("account_token", "name")}
            told.update(company_ids=(), service_id=service.id)
        account = self.sudo().browse(created.id)
        # this transaction began before the account was there, and does not see it
        account._update_cache(told, validate=False)
        return account

    @api.model
    def get_account_id(self, service_name):
        """Return the id of the account that pays for a service; see :meth:`get`."""
        return self.get(service_name).id

    # credits

    @api.model
    def get_credits_url(self, service_name, base_url="", credit=0, trial=False, account_token=False):
        """Return the address where credits are bought, empty when no server of services is set.

        :param base_url: page of another server
        :param credit: number of credits
        :param trial: the first ones are free
        :param account_token: token of the account, that of the service by default
        """
        endpoint = iap_tools.iap_get_endpoint(self.env)
        base_url = base_url or (endpoint and f"{endpoint}/iap/1/credit")
        if not base_url:
            return ""
        params = {
            "dbuuid": self._database_uuid(),
            "service_name": service_name,
            "account_token": account_token or self.get(service_name).account_token or "",
            "credit": credit,
        }
        if trial:
            params["trial"] = trial
        return f"{base_url}?{urlencode(params)}"

    def action_buy_credits(self):
        """Open the page where credits are bought.

        :raise UserError: no server of services is set
        """
        self.ensure_one()
        url = self.get_credits_url(self.service_name, account_token=self.account_token)
        if not url:
            raise UserError(str(iap_tools.no_server_message()))
        return {"type": "ir.actions.act_url", "url": url, "target": "_blank"}

    @api.model
    def get_config_account_url(self):
        """Return the address of the accounts in the client, of the account if it is the only one."""
        account = self.search([], limit=2)
        return f"/odoo/iap-accounts/{account.id}" if len(account) == 1 else "/odoo/iap-accounts"

    @api.model
    def get_credits(self, service_name):
        """Return how many credits the account of a service has: 0 without account, -1 when nobody can tell."""
        account = self.get(service_name, force_create=False).sudo()
        if not account:
            return 0
        endpoint = iap_tools.iap_get_endpoint(self.env)
        params = {
            "account_token": account.account_token,
            "dbuuid": self._database_uuid(),
            "service_name": service_name,
        }
        try:
            return iap_tools.iap_jsonrpc(f"{endpoint}/iap/1/balance" if endpoint else "", params=params)
        except AccessError as error:
            _logger.info("the balance of %s is not known: %s", service_name, error)
            return -1
