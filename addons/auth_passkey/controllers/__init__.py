"""What pages ask for before a browser asks for a passkey."""

from . import main
