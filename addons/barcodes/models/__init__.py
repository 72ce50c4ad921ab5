"""Nomenclatures, their rules, and what reacts to scans."""

from . import barcode_events_mixin, barcode_nomenclature, barcode_rule, ir_http, res_company
