"""The base class of test cases."""

import unittest

__all__ = ["TestCase"]


class TestCase(unittest.TestCase):
    """A test case that messages name by its class and method."""

    def shortDescription(self):
        """Nothing: names identify tests, docstrings do not."""
        return
