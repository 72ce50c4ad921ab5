{
    "name": "Two-Factor Authentication (TOTP)",
    "version": "18.0.1.0.0",
    "category": "Extra Tools",
    "summary": "A code from an app after the password",
    "description": "Users who switch it on in their preferences enter a code after their password, which an app on "
    "their phone makes. Devices can be trusted for a while. Programs of theirs need API keys.",
    "depends": ["web"],
    "external_dependencies": {"python": ["pyotp"]},
    "data": [
        "security/ir.model.access.csv",
        "security/auth_totp_security.xml",
        "wizard/auth_totp_wizard_views.xml",
        "views/res_users_views.xml",
        "views/templates.xml",
    ],
    "license": "LGPL-3",
}
