"""Calls of servers that send text messages, and their texts."""

from . import sms_api, sms_tools
