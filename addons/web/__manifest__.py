{
    "name": "Web",
    "category": "Hidden",
    "version": "1.0",
    "summary": "The web client and its server side",
    "depends": ["base"],
    "auto_install": True,
    "installable": True,
    "bootstrap": True,
    "license": "LGPL-3",
    "data": [
        "security/ir.model.access.csv",
        "views/webclient_templates.xml",
        "views/login_templates.xml",
        "views/report_templates.xml",
        "views/base_document_layout_views.xml",
        "views/partner_actions.xml",
        "views/res_users_views.xml",
        "views/speedscope_template.xml",
        "data/ir_attachment.xml",
        "data/report_layout.xml",
    ],
    "assets": {
        "web._assets_primary_variables": [
            "web/static/src/scss/primary_variables.scss",
        ],
        "web._assets_secondary_variables": [
            "web/static/src/scss/secondary_variables.scss",
        ],
        "web._assets_helpers": [
            ("include", "web._assets_primary_variables"),
            ("include", "web._assets_secondary_variables"),
        ],
        "web._assets_backend_helpers": [
            "web/static/src/scss/bootstrap_overridden.scss",
        ],
        "web._assets_frontend_helpers": [
            "web/static/src/scss/bootstrap_overridden.scss",
        ],
        "web._assets_bootstrap": [
            "web/static/src/scss/libraries.scss",
            "web/static/src/libs/fontawesome/css/font-awesome.css",
        ],
        "web._assets_core": [
            "web/static/src/module_loader.js",
            "web/static/src/boot/globals.js",
            "web/static/src/session.js",
            "web/static/src/env.js",
            "web/static/src/boot/import_modules.js",
            "web/static/src/core/**/*",
            "web/static/src/boot/start.js",
        ],
        "web.assets_backend": [
            ("include", "web._assets_helpers"),
            ("include", "web._assets_backend_helpers"),
            ("include", "web._assets_bootstrap"),
            ("include", "web._assets_core"),
            "web/static/src/scss/color_scheme.scss",
            "web/static/src/scss/base.scss",
            "web/static/src/scss/overlays.scss",
            "web/static/src/scss/navbar.scss",
            "web/static/src/scss/search.scss",
            "web/static/src/scss/list_view.scss",
            "web/static/src/scss/form_view.scss",
            "web/static/src/scss/kanban_view.scss",
            "web/static/src/scss/density.scss",
            "web/static/src/scss/touch.scss",
            "web/static/src/model/**/*",
            "web/static/src/search/**/*",
            "web/static/src/views/**/*",
            ("remove", "web/static/src/views/calendar/**/*"),
            ("remove", "web/static/src/views/graph/**/*"),
            ("remove", "web/static/src/views/pivot/**/*"),
            ("remove", "web/static/src/views/report/**/*"),
            "web/static/src/webclient/**/*",
            ("remove", "web/static/src/webclient/clickbot/clickbot.js"),
            # the settings come with the lazy views, what other pages may name stays
            ("remove", "web/static/src/webclient/settings_form_view/**/*"),
            "web/static/src/webclient/settings_form_view/fields/**/*",
            "web/static/src/webclient/settings_form_view/widgets/*_service.js",
        ],
        "web.assets_web": [
            ("include", "web.assets_backend"),
            "web/static/src/main.js",
        ],
        # variables of dark pages, in the places where those of light pages find them
        "web.dark_mode_variables": [
            (
                "before",
                "web/static/src/scss/primary_variables.scss",
                "web/static/src/scss/primary_variables.dark.scss",
            ),
            (
                "before",
                "web/static/src/scss/bootstrap_overridden.scss",
                "web/static/src/scss/bootstrap_overridden.dark.scss",
            ),
        ],
        # styles of dark pages: their modules are those of the light ones
        "web.assets_web_dark": [
            ("include", "web.assets_web"),
            ("include", "web.dark_mode_variables"),
        ],
        "web.assets_backend_lazy_dark": [
            ("include", "web.assets_backend_lazy"),
            ("include", "web.dark_mode_variables"),
        ],
        "web.assets_backend_lazy": [
            ("include", "web._assets_helpers"),
            ("include", "web._assets_backend_helpers"),
            "web/static/src/views/calendar/**/*",
            "web/static/src/views/report/**/*",
            "web/static/src/views/graph/**/*",
            "web/static/src/views/pivot/**/*",
            "web/static/src/webclient/settings_form_view/**/*",
            ("remove", "web/static/src/webclient/settings_form_view/fields/**/*"),
            ("remove", "web/static/src/webclient/settings_form_view/widgets/*_service.js"),
        ],
        "web.ace_lib": [
            "web/static/src/libs/code_mirror.js",
        ],
        "web.chartjs_lib": [
            "web/static/src/libs/chartjs.js",
        ],
        "web.fullcalendar_lib": [
            "web/static/src/libs/full_calendar.js",
        ],
        # what finds the places of errors in modules
        "web.trace_mapping_lib": [
            "web/static/src/libs/trace_mapping.js",
        ],
        # jQuery, for pages that ask for it later
        "web.jquery_lib": [
            "web/static/src/libs/jquery.js",
        ],
        "web.assets_frontend": [
            ("include", "web._assets_helpers"),
            ("include", "web._assets_frontend_helpers"),
            ("include", "web._assets_bootstrap"),
            "web/static/src/scss/base.scss",
            "web/static/src/scss/overlays.scss",
            "web/static/src/libs/jquery.js",
            ("include", "web._assets_core"),
            "web/static/src/legacy/**/*",
            "web/static/src/public/**/*.js",
        ],
        # what public pages have at once: it loads the rest when they are shown
        "web.assets_frontend_minimal": [
            "web/static/src/module_loader.js",
            "web/static/src/boot/globals.js",
            "web/static/src/session.js",
            "web/static/src/legacy/js/public/lazyloader.js",
        ],
        "web.assets_frontend_lazy": [
            ("include", "web.assets_frontend"),
        ],
        "web.report_assets_common": [
            ("include", "web._assets_helpers"),
            ("include", "web._assets_frontend_helpers"),
            ("include", "web._assets_bootstrap"),
            "web/static/src/scss/report_fonts.scss",
            "web/static/src/scss/report.scss",
        ],
        "web.report_assets_pdf": [
            "web/static/src/scss/report_pdf.scss",
        ],
        # what clicks through all menus
        "web.assets_clickbot": [
            "web/static/src/webclient/clickbot/clickbot.js",
        ],
        "web.assets_tests": [
            "web/static/tests/_framework/hoot/dom_events.js",
            "web/static/tests/_framework/hoot/dom_query.js",
            "web/static/tests/_framework/hoot/hoot_dom.js",
            "web/static/tests/_framework/hoot/time.js",
            "web/static/tests/tours/**/*",
        ],
        # what the page of the unit tests has before the tests themselves: the client, the runner, the mock server
        "web.assets_unit_tests_setup": [
            ("include", "web.assets_backend"),
            ("include", "web.assets_backend_lazy"),
            "web/static/tests/_framework/**/*",
            "web/static/tests/tours/tour_selectors.js",
            "web/static/tests/web_test_helpers.js",
        ],
        "web.assets_unit_tests": [
            "web/static/tests/**/*.test.js",
        ],
    },
}
