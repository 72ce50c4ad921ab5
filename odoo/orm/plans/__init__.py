"""What is worked out once about a model, and used at every call.

==========  ==========================================================
``create``  what creating records with a given set of fields involves
``write``   what writing a given set of fields involves
``search``  which compiled searches may be kept
==========  ==========================================================
"""
