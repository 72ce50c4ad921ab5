{
    "name": "SMS",
    "version": "18.0.1.0.0",
    "category": "Hidden/Tools",
    "sequence": 168,
    "summary": "Text messages to telephones, from records and from templates",
    "description": "Text messages are written on records, to numbers, or to many contacts at once, and are queued. "
    "Their history is on the record, with what did not arrive. A server sends them, which the system parameter "
    "sms.endpoint or iap.endpoint names, or an addon with a provider of its own.",
    "depends": ["base", "iap_mail", "mail", "phone_validation"],
    "data": [
        "security/ir.model.access.csv",
        "security/sms_security.xml",
        "data/iap_service_data.xml",
        "data/ir_cron_data.xml",
        "wizard/sms_account_views.xml",
        "wizard/sms_composer_views.xml",
        "wizard/sms_resend_views.xml",
        "wizard/sms_template_wizard_views.xml",
        "views/sms_sms_views.xml",
        "views/sms_template_views.xml",
        "views/iap_account_views.xml",
        "views/ir_actions_server_views.xml",
        "views/mail_notification_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_partner_views.xml",
    ],
    "demo": ["data/sms_demo.xml"],
    "assets": {
        "web.assets_backend": [
            "sms/static/src/**/*",
            ("remove", "sms/static/src/core/message_patch.js"),
        ],
        "mail.assets_backend_lazy": ["sms/static/src/core/message_patch.js"],
        "web.assets_unit_tests_setup": ["sms/static/src/core/message_patch.js"],
    },
    "auto_install": False,
    "license": "LGPL-3",
}
