"""Changes of models in one transaction while other threads work with the registry.

A registry that others use is never set up anew under them. The transaction that wants to change models is undone and
begun again, on a registry of its own that nobody else knows of; when it succeeds, that registry takes the place of the
old one, on which the transactions under way end. An advisory lock lets one such change at a time into a database.
"""

from .registry import Registry, RegistryChange

__all__ = ["roll_back", "run_on_registry"]


def roll_back(env):
    """Undo a failed attempt: the transaction, and what it changed in memory."""
    env.cr.rollback()
    env.transaction.reset()
    env.registry.reset_changes()


def run_on_registry(env, attempt, start_over=roll_back):
    """Call ``attempt``, a second time on a registry of its own when it turns out to change models.

    :param env: environment of the transaction; its records of before do not outlive the change of the registry
    :param attempt: function without parameters that does the work and commits
    :param start_over: function of ``env`` that undoes what a failed attempt left behind
    :return: what ``attempt`` returns
    """
    transaction = env.transaction
    transaction.restartable = True
    try:
        return attempt()
    except RegistryChange:
        transaction.restartable = False
        start_over(env)
        return _run_beside(env, attempt)
    finally:
        transaction.restartable = False


def _run_beside(env, attempt):
    """Call ``attempt`` on a new registry, and make it everybody's."""
    transaction = env.transaction
    try:
        with Registry.beside(transaction.registry.db_name) as registry:
            transaction.follow(registry)
            transaction.owns_registry = True
            return attempt()
    finally:
        transaction.owns_registry = False
        # on failure back to what all others have
        if not transaction.registry.published:
            transaction.reset()
