"""What the links in digests lead to."""

from . import portal
