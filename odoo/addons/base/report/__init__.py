"""Reports on the models themselves."""

from . import report_base_report_irmodulereference
