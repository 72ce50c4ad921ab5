"""The models."""

from . import test_mail_models
