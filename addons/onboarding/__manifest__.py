{
    "name": "Onboarding Toolbox",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "First steps of applications, and how far companies are with them",
    "description": "Applications show a panel with the steps to take first. A step is done for a company or for all, "
    "and the panel goes when it is closed.",
    "depends": ["web"],
    "data": [
        "security/ir.model.access.csv",
        "views/onboarding_templates.xml",
        "views/onboarding_views.xml",
        "views/onboarding_menus.xml",
    ],
    "license": "LGPL-3",
}
