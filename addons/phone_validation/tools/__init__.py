"""What numbers are read and written with."""

from . import phone_validation
