"""What can be done with records: mixins of the base class of models, one for each verb.

===============  ==============================================================
``recordset``    the algebra of recordsets: iterate, combine, map, filter, sort
``read``         from the database to the cache, from there to callers
``search``       from domains and orders to queries
``terms``        fields and orders as terms of SQL
``create``       complete values, then what goes with the new rows
``batch``        the values of records that are created together
``insert``       the rows of a batch in one go
``write``        values into the cache, and what changes with them
``unlink``       rows deleted, and what other models keep about them
``copying``      copies, with their lines and translations
===============  ==============================================================
"""
