{
    "name": "Contacts",
    "version": "18.0.1.0.0",
    "category": "Sales/CRM",
    "sequence": 150,
    "summary": "People and companies, their addresses and banks",
    "description": "The people and companies that the other applications work with have a menu of their own, and what "
    "sorts and describes them: tags, industries, titles, countries and banks.",
    "depends": ["base", "mail"],
    "data": ["views/contact_views.xml"],
    "application": True,
    "license": "LGPL-3",
}
