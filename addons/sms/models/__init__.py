"""Text messages, their templates, and threads that send them."""

from . import (
    iap_account,
    ir_actions_server,
    ir_model,
    mail_followers,
    mail_message,
    mail_notification,
    mail_thread,
    mail_thread_notify,
    res_company,
    res_partner,
    sms_sms,
    sms_sms_notifications,
    sms_template,
    sms_tracker,
)
