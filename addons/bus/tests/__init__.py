from . import common, test_bus, test_presence, test_routes, test_subscriptions, test_websocket
