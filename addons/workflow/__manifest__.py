{
    "name": "Workflows",
    "version": "18.0.1.0.0",
    "category": "Hidden/Tools",
    "summary": "Documents that move along activities and transitions",
    "description": "A workflow of a model is made of activities, which may do something, and transitions between them, "
    "which wait for a signal, a condition or a member of a group. Buttons, server actions and jobs send signals.",
    "depends": ["web"],
    "data": [
        "security/ir.model.access.csv",
        "views/workflow_views.xml",
        "views/ir_actions_views.xml",
        "wizard/workflow_state_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["workflow/static/src/**/*"],
    },
    "license": "LGPL-3",
}
