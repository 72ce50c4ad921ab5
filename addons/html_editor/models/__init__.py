"""What is told of files in texts."""

from . import ir_attachment
