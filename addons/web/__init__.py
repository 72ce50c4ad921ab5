"""The web client."""

from . import controllers
from . import models
