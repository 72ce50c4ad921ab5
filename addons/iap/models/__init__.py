"""Services, accounts, and what is asked about addresses of leads."""

from . import iap_account, iap_enrich_api, iap_service
