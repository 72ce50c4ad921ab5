"""What a transaction remembers: fields and ids, no SQL and no recordsets.

Each register has a class whose dictionaries are its own; others use its verbs.
"""
