"""Barcodes: what they mean, and how scanners tell them to pages."""

from . import models
