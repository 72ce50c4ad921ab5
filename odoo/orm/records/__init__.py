"""What can be done with records: mixins of the base class of models, one for each verb.

===============  ==============================================================
``recordset``    the algebra of recordsets: iterate, combine, map, filter, sort
``read``         from the database to the cache, from there to callers
``search``       from domains and orders to queries
``create``       rows of a batch in one go, then what goes with them
``write``        values into the cache, and what changes with them
===============  ==============================================================
"""
