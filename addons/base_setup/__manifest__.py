{
    "name": "General Settings",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "The page of settings, and invitations of users",
    "description": "Companies, users, languages and what else holds for everybody, on one page that addons add to.",
    "depends": ["base", "web"],
    "data": [
        "data/base_setup_data.xml",
        "views/res_config_settings_views.xml",
        "views/res_partner_views.xml",
    ],
    "auto_install": True,
    "license": "LGPL-3",
}
