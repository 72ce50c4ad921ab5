{
    "name": "Passkeys",
    "version": "18.0.1.0.0",
    "category": "Extra Tools",
    "summary": "Log in with a fingerprint, a face, a PIN or a security key",
    "description": "Users add passkeys in their preferences. A passkey takes the place of login, password and code, "
    "and of the password where it is asked for again; it only works on the pages of this server.",
    "depends": ["web"],
    "external_dependencies": {"python": ["webauthn"]},
    "data": [
        "security/ir.model.access.csv",
        "security/auth_passkey_security.xml",
        "wizard/auth_passkey_key_create_views.xml",
        "views/auth_passkey_key_views.xml",
        "views/res_users_views.xml",
        "views/login_templates.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "auth_passkey/static/src/core/**/*",
            "auth_passkey/static/src/widgets/**/*",
        ],
    },
    "license": "LGPL-3",
}
