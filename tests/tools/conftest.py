"""Tests of tools and of the test framework."""

# its tests run inside of a server, see test_addon_tests.py
collect_ignore_glob = ["addons/*"]
