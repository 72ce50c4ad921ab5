"""Transactions that meet a change of models: their own, or one that others make meanwhile.

A registry that others use is never set up anew under them. The transaction that wants to change models is undone and
begun again, on a registry of its own that nobody else knows of; when it succeeds, that registry takes the place of the
old one, on which the transactions under way end. An advisory lock lets one such change at a time into a database.

A transaction on the old registry may find the database changed already: a column is gone, or one is required that it
does not know. Where it fails it waits for the end of the change, and is begun again on the registry that knows it.
"""

import logging

import psycopg2

from odoo import sql_db

from .registry import Registry, RegistryChange
from .registry.adoption import adopt_records
from .registry.locks import models_are_changing, wait_for_models

__all__ = ["roll_back", "run_on_registry"]

_logger = logging.getLogger("odoo.modules.registry")

#: seconds that what failed waits for the end of a change of models
PATIENCE = 60
#: how often an attempt begins in all: one change may follow the other
MAX_BEGINNINGS = 5


def roll_back(env):
    """Undo a failed attempt: the transaction, and what it changed in memory."""
    env.cr.rollback()
    env.transaction.reset()
    env.registry.reset_changes()


def run_on_registry(env, attempt, start_over=roll_back, answers=()):
    """Call ``attempt``, and once more where models that change are to blame.

    :param env: environment of the transaction, which has another registry then
    :param attempt: function without parameters that does the work and commits
    :param start_over: function of ``env`` that undoes what a failed attempt left behind
    :param answers: types of exceptions that are no failure of the attempt, whatever the models
    :return: what ``attempt`` returns
    """
    transaction = env.transaction
    for tries_left in reversed(range(MAX_BEGINNINGS)):
        # undoing what failed may give the transaction another one already
        registry = transaction.registry
        transaction.restartable = True
        try:
            return attempt()
        except RegistryChange:
            transaction.restartable = False
            start_over(env)
            return _run_beside(env, attempt)
        except answers:
            raise
        except Exception as error:
            if not (tries_left and transaction.restartable and _is_outdated(registry, env.cr)):
                raise
            _logger.info("The models changed meanwhile, beginning again after %s: %s", type(error).__name__, error)
            start_over(env)
            _follow(transaction, Registry(transaction.registry.db_name).check_signaling())
        finally:
            transaction.restartable = False
    raise AssertionError("not reached")


def _is_outdated(registry, failed_cr) -> bool:
    """Tell whether the models are others by now than those of ``registry``; wait for those that change just now.

    :param failed_cr: cursor of what failed, which is rolled back before it waits
    """
    if registry.in_test_mode() or failed_cr.closed:
        return False
    try:
        # what failed may hold locks that the change waits for
        with sql_db.db_connect(registry.db_name).cursor() as cr:
            if models_are_changing(cr):
                failed_cr.rollback()
                wait_for_models(cr, PATIENCE)
            return registry.get_sequences(cr)[0] != registry.registry_sequence
    except psycopg2.OperationalError as error:
        # the caller hears of what failed first
        _logger.info("Cannot tell whether the models changed: %s", error)
        return False


def _follow(transaction, registry):
    """Go on with another registry, also with records of before: the parameters of the attempt may be such."""
    transaction.follow(registry)
    adopt_records(transaction)


def _run_beside(env, attempt):
    """Call ``attempt`` on a new registry, and make it everybody's."""
    transaction = env.transaction
    try:
        with Registry.beside(transaction.registry.db_name) as registry:
            _follow(transaction, registry)
            transaction.owns_registry = True
            return attempt()
    finally:
        transaction.owns_registry = False
        # on failure back to what all others have
        if not transaction.registry.published:
            _follow(transaction, Registry(transaction.registry.db_name))
