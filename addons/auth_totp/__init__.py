"""Two-factor authentication: codes that an app makes, asked for after the password."""

from . import controllers, models, wizard
