"""What is told of files in texts."""

from . import base, ir_attachment
