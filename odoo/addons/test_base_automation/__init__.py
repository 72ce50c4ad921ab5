"""Tests of automation rules."""

from . import models
