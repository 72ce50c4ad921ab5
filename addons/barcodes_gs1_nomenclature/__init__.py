"""Barcodes with application identifiers of GS1."""

from . import models
