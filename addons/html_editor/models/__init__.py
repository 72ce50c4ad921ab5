"""What is told of files in texts, and of texts that several people write."""

from . import base, ir_attachment, ir_websocket
