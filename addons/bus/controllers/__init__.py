"""Routes of the bus."""

from . import home, main, websocket
