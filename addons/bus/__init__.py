"""Messages from the server to open pages, at once: the bus, who is there, and WebSockets."""

from . import controllers, models, websocket
