{
    "name": "KPI Digests",
    "version": "18.0.1.0.0",
    "category": "Marketing",
    "summary": "E-mails with numbers of the business, every day, week, month or quarter",
    "description": "People get an e-mail with numbers of the last day, week and month, and how they compare with the "
    "time before. Addons bring numbers of their own. Who does not look gets fewer of them.",
    "depends": ["mail", "portal", "resource"],
    "data": [
        "security/ir.model.access.csv",
        "data/digest_templates.xml",
        "data/digest_data.xml",
        "data/digest_tips_data.xml",
        "data/ir_cron_data.xml",
        "views/digest_views.xml",
        "views/digest_pages.xml",
        "views/res_config_settings_views.xml",
    ],
    "license": "LGPL-3",
}
