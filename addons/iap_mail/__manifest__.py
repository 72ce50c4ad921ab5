{
    "name": "Paid Services: Messages",
    "version": "18.0.1.0.0",
    "category": "Hidden/Tools",
    "summary": "The history of accounts, and what users are told when a service was used",
    "description": "Changes of accounts of paid services are told in their history. Users are told when a service did "
    "its work, failed, or has no credits left.",
    "depends": ["iap", "mail"],
    "data": ["views/enrich_company.xml", "views/iap_views.xml"],
    "assets": {"web.assets_backend": ["iap_mail/static/src/**/*"]},
    "auto_install": True,
    "license": "LGPL-3",
}
