from . import (
    common,
    test_bus,
    test_client,
    test_dispatch,
    test_live_records,
    test_presence,
    test_routes,
    test_subscriptions,
    test_websocket,
)
