"""Nomenclatures and rules of GS1."""

from . import barcode_nomenclature, barcode_rule, ir_http
