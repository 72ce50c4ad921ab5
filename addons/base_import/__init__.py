"""Import of records from CSV files and spreadsheets."""

from . import controllers, models
