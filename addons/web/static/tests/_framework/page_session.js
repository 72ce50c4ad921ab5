/**
 * @odoo-module ignore
 *
 * What the pages of tests know of the user before any module runs.
 */
(function () {
    "use strict";
    globalThis.odoo.__session_info__ = {
        ...globalThis.odoo.__told_by_addons__,
        active_ids_limit: 20000,
        cache_hashes: {},
        currencies: {},
        db: "test",
        home_action_id: false,
        is_admin: true,
        is_internal_user: true,
        is_public: false,
        is_system: true,
        max_file_upload_size: 128 * 1024 * 1024,
        name: "Mitchell Admin",
        partner_display_name: "Mitchell Admin",
        partner_id: 17,
        server_version: "18.0",
        server_version_info: [18, 0, 0, "final", 0, ""],
        show_effect: true,
        uid: 7,
        user_companies: {
            allowed_companies: { 1: { id: 1, name: "Hermit", sequence: 10, parent_id: false, child_ids: [] } },
            current_company: 1,
            disallowed_ancestor_companies: {},
        },
        user_context: { lang: "en", tz: "taht", uid: 7 },
        user_settings: { id: 1, homemenu_config: false },
        username: "admin",
        "web.base.url": location.origin,
        ...globalThis.odoo.__session_info__,
    };
})();
