{
    "name": "Bus",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "Messages from the server to open pages, at once",
    "description": "Models send messages to channels; pages listen to those of their user over a WebSocket, and fetch "
    "what they missed when a connection was lost. Tells who is online, too.",
    "depends": ["base", "web"],
    "auto_install": True,
    "data": ["security/ir.model.access.csv", "security/bus_security.xml"],
    "assets": {
        "web.assets_backend": [
            "bus/static/src/*.js",
            "bus/static/src/services/**/*.js",
            "bus/static/src/live/**/*",
            "bus/static/src/workers/websocket_worker.js",
            "bus/static/src/workers/websocket_worker_utils.js",
        ],
        "web.assets_frontend": [
            "bus/static/src/*.js",
            "bus/static/src/services/**/*.js",
            ("remove", "bus/static/src/services/assets_watchdog_service.js"),
            ("remove", "bus/static/src/simple_notification_service.js"),
            "bus/static/src/workers/websocket_worker.js",
            "bus/static/src/workers/websocket_worker_utils.js",
        ],
        "bus.websocket_worker_assets": [
            "web/static/src/module_loader.js",
            "bus/static/src/workers/*",
        ],
        "web.assets_unit_tests": [
            "bus/static/tests/**/*",
        ],
    },
    "license": "LGPL-3",
}
