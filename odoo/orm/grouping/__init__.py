"""Grouping and aggregating records in the database.

===============  ==========================================================
``terms``        the words of specifications
``aggregate``    ``_read_group``: groups as tuples
``properties``   groups by properties
``read_group``   groups as dictionaries for clients, with labels and domains
``fill``         groups without records
===============  ==========================================================
"""
