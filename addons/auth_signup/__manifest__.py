{
    "name": "Signup",
    "version": "18.0.1.0.0",
    "category": "Hidden/Tools",
    "summary": "Invitations, forgotten passwords, and accounts that people make themselves",
    "description": "New users are invited by e-mail and choose their password, those who forgot it get a link to set "
    "another one, and where the settings allow it, visitors make an account of their own.",
    "depends": ["base_setup", "mail", "web"],
    "data": [
        "data/ir_config_parameter_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        "views/res_config_settings_views.xml",
        "views/res_users_views.xml",
        "views/auth_signup_login_templates.xml",
        "views/auth_signup_templates_email.xml",
    ],
    "auto_install": True,
    "license": "LGPL-3",
}
