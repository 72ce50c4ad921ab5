{
    "name": "Tours",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "Stories of clicks that show people around, and that test pages",
    "description": "A tour is a list of steps. People are led through it by a pointer, tests run it by themselves. "
    "Tours come with addons, or are recorded in the client and kept in the database.",
    "depends": ["web"],
    "data": [
        "security/ir.model.access.csv",
        "views/web_tour_tour_views.xml",
        "views/res_users_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "web_tour/static/src/tour_service/**/*",
            "web_tour/static/src/user_menu/**/*",
            "web_tour/static/src/views/**/*",
            "web_tour/static/src/widgets/**/*",
        ],
        "web.assets_frontend": [
            "web_tour/static/src/tour_service/**/*",
        ],
        # the service takes its place
        "web.assets_tests": [
            ("remove", "web/static/tests/tours/tour_runner.js"),
        ],
        # what plays tours, for the pages on which there is one
        "web_tour.player": [
            ("include", "web._assets_helpers"),
            "web/static/tests/_framework/hoot/dom_query.js",
            "web/static/tests/_framework/hoot/dom_events.js",
            "web/static/tests/tours/**/*",
            ("remove", "web/static/tests/tours/tour_runner.js"),
            "web_tour/static/src/tour_player/**/*",
        ],
        "web_tour.recorder": [
            ("include", "web._assets_helpers"),
            "web/static/tests/tours/tour_selectors.js",
            "web_tour/static/src/tour_recorder/**/*",
        ],
    },
    "auto_install": True,
    "license": "LGPL-3",
}
