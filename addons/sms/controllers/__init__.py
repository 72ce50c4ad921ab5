"""What servers that send text messages tell."""

from . import main
