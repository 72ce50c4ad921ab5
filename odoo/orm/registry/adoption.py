"""Records that a transaction made before it went on with another registry."""

import gc

from ..model_class import MetaModel

__all__ = ["adopt_records"]


def adopt_records(transaction):
    """Give the records of a transaction the classes of its registry, as if it had been set up in place.

    Nobody keeps a list of all records, as that would cost something for each of them: those that refer to an
    environment of the transaction are found by the garbage collector, which takes some 50 ms. Records of models that
    are gone stay as they are.
    """
    models = transaction.registry.models
    # what is set aside is not looked at
    gc.unfreeze()
    referrers = gc.get_referrers(*transaction.envs)
    gc.freeze()
    for found in referrers:
        # frames and dictionaries refer to environments, too
        if isinstance(type(found), MetaModel) and found._name in models:
            object.__setattr__(found, "__class__", models[found._name])
