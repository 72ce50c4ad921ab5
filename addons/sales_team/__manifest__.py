{
    "name": "Sales Teams",
    "version": "18.0.1.0.0",
    "category": "Sales/Sales",
    "summary": "Salespeople, the teams they work in, and what they may do",
    "depends": ["base", "mail"],
    "data": [
        "security/sales_team_security.xml",
        "security/ir.model.access.csv",
        "security/sales_team_rules.xml",
        "data/crm_team_data.xml",
        "views/crm_tag_views.xml",
        "views/crm_team_member_views.xml",
        "views/crm_team_views.xml",
        "views/mail_activity_views.xml",
    ],
    "license": "LGPL-3",
}
