"""Text messages to telephones."""

from . import controllers, models, tools, wizard
