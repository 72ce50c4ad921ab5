"""Wizards of sales orders."""

from . import sale_order_discount
