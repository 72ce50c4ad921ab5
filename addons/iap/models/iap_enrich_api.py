"""``iap.enrich.api``: what is known of the companies behind e-mail addresses."""

from odoo import api, models

from ..tools import iap_tools

#: seconds: many addresses are asked for together
_TIMEOUT = 300


class IapEnrichApi(models.AbstractModel):
    """Asks the service for what it knows."""

    _name = "iap.enrich.api"
    _description = "IAP Lead Enrichment API"

    @api.model
    def _contact_iap(self, local_endpoint, params):
        """Call the service as the account of the company.

        :param local_endpoint: path on its server, which the system parameter ``enrich.endpoint`` names
        :param params: dict of what it is told, besides account and database
        :return: what it returns
        :raise AccessError: no server is set, or it cannot be reached
        """
        parameters = self.env["ir.config_parameter"].sudo()
        account = self.env["iap.account"].get("reveal")
        endpoint = (parameters.get_param("enrich.endpoint") or iap_tools.iap_get_endpoint(self.env)).rstrip("/")
        known = {"account_token": account.sudo().account_token, "dbuuid": parameters.get_param("database.uuid")}
        url = endpoint + local_endpoint if endpoint else ""
        return iap_tools.iap_jsonrpc(url, params={**params, **known}, timeout=_TIMEOUT)

    @api.model
    def _request_enrich(self, lead_emails):
        """Ask for the companies behind addresses.

        :param lead_emails: ``{id of a lead: address}``
        :return: ``{id of a lead: dict of what is known}``
        """
        return self._contact_iap("/api/dnb/1/enrich_by_email", {"domains": lead_emails})
