{
    "name": "In-App Purchases",
    "version": "18.0.1.0.0",
    "category": "Hidden/Tools",
    "summary": "Accounts of paid services that other servers offer",
    "description": "Addons use services of other servers, such as sending text messages, and pay with credits. There "
    "is an account for each service. Which server offers the services is a system parameter, iap.endpoint: as long as "
    "it is empty, nothing is sent anywhere.",
    "depends": ["base_setup", "web"],
    "data": [
        "data/iap_services.xml",
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "views/iap_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {"web.assets_backend": ["iap/static/src/**/*"]},
    "auto_install": True,
    "license": "LGPL-3",
}
