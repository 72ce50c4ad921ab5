"""The test framework: what the tests of addons import."""

from . import common
from .common import *
