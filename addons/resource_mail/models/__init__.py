"""Resources with a user."""

from . import resource_resource
