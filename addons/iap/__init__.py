"""Accounts of paid services that other servers offer."""

from . import models, tools
from .tools.iap_tools import iap_authorize as authorize
from .tools.iap_tools import iap_cancel as cancel
from .tools.iap_tools import iap_capture as capture
from .tools.iap_tools import iap_charge as charge
from .tools.iap_tools import iap_get_endpoint as get_endpoint
from .tools.iap_tools import iap_jsonrpc as jsonrpc

__all__ = ["authorize", "cancel", "capture", "charge", "get_endpoint", "jsonrpc", "models", "tools"]
