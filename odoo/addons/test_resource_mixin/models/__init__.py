"""Machines."""

from . import machine
