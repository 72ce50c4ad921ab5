{
    "name": "Classic actions",
    "version": "18.0.1.0.0",
    "category": "Hidden/Tools",
    "summary": "Actions as older editions had them",
    "description": "Server actions that create and write by lines of fields, copy records and lead to other actions; "
    "window actions that wait for a search; reports called after their template.",
    "depends": ["web"],
    "data": [
        "security/ir.model.access.csv",
        "views/ir_actions_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["base_action_classic/static/src/**/*"],
    },
    "license": "LGPL-3",
}
