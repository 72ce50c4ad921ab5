{
    "name": "Phone Numbers Validation",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "Telephone numbers are checked, written in one form, and blocked",
    "description": "Numbers of contacts are written as they are dialled from abroad. Other addons have numbers of "
    "their records checked and written in one form, and know which numbers get no messages in bulk.",
    "depends": ["base", "mail"],
    "data": [
        "security/ir.model.access.csv",
        "views/phone_blacklist_views.xml",
        "wizard/phone_blacklist_remove_views.xml",
    ],
    "external_dependencies": {"python": ["phonenumbers"]},
    "license": "LGPL-3",
}
