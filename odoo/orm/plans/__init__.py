"""What is worked out once about a model, and used at every call.

===============  ===============================================================
``model_plans``  all plans of one model, and who makes them be worked out anew
``methods``      which methods are called because of their marks
``read``         what reading involves
``create``       what creating involves, in general and with given fields
``write``        what writing given fields involves
``search``       which compiled searches may be kept
``recent``       a dictionary that keeps what was asked for most recently
===============  ===============================================================
"""
