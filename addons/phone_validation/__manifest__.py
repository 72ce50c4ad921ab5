{
    "name": "Phone Numbers Validation",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "Telephone numbers are checked and written in one form",
    "description": "Numbers of contacts are written as they are dialled from abroad. Other addons have numbers of "
    "their records checked and written in one form.",
    "depends": ["web"],
    "external_dependencies": {"python": ["phonenumbers"]},
    "license": "LGPL-3",
}
