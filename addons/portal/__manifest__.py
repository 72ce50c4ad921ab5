{
    "name": "Customer Portal",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "Pages on which people from outside see their documents",
    "description": "Customers and others from outside have a home page, an account with their address, and pages of "
    "the documents that are shared with them, which they can talk about and sign.",
    "depends": ["auth_signup", "http_routing", "mail", "web"],
    "data": [
        "security/ir.model.access.csv",
        "data/res_groups_data.xml",
        "data/mail_template_data.xml",
        "data/mail_templates.xml",
        "views/portal_layout.xml",
        "views/portal_parts.xml",
        "views/portal_home.xml",
        "views/portal_account.xml",
        "views/res_config_settings_views.xml",
        "wizard/portal_share_views.xml",
        "wizard/portal_wizard_views.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "portal/static/src/scss/portal.scss",
            "portal/static/src/js/**/*",
            "portal/static/src/signature_form/**/*",
            "portal/static/src/chatter/**/*",
        ],
        "web.assets_backend": [
            "portal/static/src/views/**/*",
        ],
    },
    "license": "LGPL-3",
}
