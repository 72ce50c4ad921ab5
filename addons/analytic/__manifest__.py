{
    "name": "Analytic Accounting",
    "version": "18.0.1.0.0",
    "category": "Accounting/Accounting",
    "summary": "Plans of accounts that tell what costs and income belong to",
    "description": "Amounts belong to projects, departments or whatever else a company plans by. A plan has accounts, "
    "an amount has an account of each plan, and documents share their amounts between accounts.",
    "depends": ["base", "mail", "uom"],
    "data": [
        "security/analytic_security.xml",
        "security/ir.model.access.csv",
        "data/analytic_data.xml",
        "views/analytic_line_views.xml",
        "views/analytic_line_actions.xml",
        "views/analytic_account_views.xml",
        "views/analytic_plan_views.xml",
        "views/analytic_distribution_model_views.xml",
    ],
    "assets": {"web.assets_backend": ["analytic/static/src/**/*"]},
    "license": "LGPL-3",
}
