"""Where visitors and customers come from."""

from . import models
