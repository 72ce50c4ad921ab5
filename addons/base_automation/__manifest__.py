{
    "name": "Automation Rules",
    "version": "18.0.1.0.0",
    "category": "Sales/Sales",
    "summary": "Actions that happen by themselves",
    "description": "A rule says when something happens: records are created, changed, archived or deleted, get a stage "
    "or a tag, a date comes, a message is sent, or another program calls. Its actions say what: records are changed "
    "and created, messages are sent, activities planned, other programs called, code run.",
    "depends": ["base", "digest", "mail", "resource", "sms"],
    "data": [
        "security/ir.model.access.csv",
        "data/base_automation_data.xml",
        "data/digest_data.xml",
        "views/ir_actions_server_views.xml",
        "views/base_automation_views.xml",
    ],
    "assets": {"web.assets_backend": ["base_automation/static/src/**/*"]},
    "license": "LGPL-3",
}
