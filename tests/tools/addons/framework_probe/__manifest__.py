{
    "name": "Probe of the test framework",
    "version": "18.0.1.0.0",
    "license": "LGPL-3",
    "depends": ["web"],
    "data": ["security/ir.model.access.csv", "views/probe_order_views.xml"],
    "assets": {"web.assets_tests": ["framework_probe/static/tests/tours/**/*"]},
}
