"""Tests of ratings."""

from . import models
