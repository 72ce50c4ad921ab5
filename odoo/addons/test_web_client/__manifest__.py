{
    "name": "Tests of the web client by addons",
    "version": "1.0",
    "category": "Hidden/Tests",
    "summary": "A field, a service, widgets of a public page, and the unit tests that an addon has for them",
    "author": "The Quoin authors",
    "license": "LGPL-3",
    "depends": ["web"],
    "data": ["views/page.xml"],
    "assets": {
        "web.assets_backend": [
            "test_web_client/static/src/*",
        ],
        "web.assets_frontend": [
            "test_web_client/static/src/public/**/*",
        ],
        "web.assets_unit_tests": [
            "test_web_client/static/tests/*.js",
        ],
        "web.qunit_suite_tests": [
            "test_web_client/static/tests/legacy/*.js",
        ],
        "web.qunit_mobile_suite_tests": [
            "test_web_client/static/tests/legacy_mobile/*.js",
        ],
    },
    "installable": True,
}
