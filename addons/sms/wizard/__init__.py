"""Dialogs about text messages."""

from . import sms_account, sms_composer, sms_composer_mass, sms_resend, sms_template_preview, sms_template_reset
