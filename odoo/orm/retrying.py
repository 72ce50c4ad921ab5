"""Transactions that are tried again when the database asks for that."""

import logging
import random
import time

import psycopg2

from odoo.db.replica import is_configured
from odoo.tools.budgets import begin_work, settle, settle_by, uninterrupted

from .pg_errors import RETRIABLE, validation_error
from .registry_change import roll_back, run_on_registry

__all__ = ["MAX_TRIES", "keep", "retrying"]

# the name that operators know the messages by
_logger = logging.getLogger("odoo.service.model")

#: how often a transaction is tried in all
MAX_TRIES = 5


def retrying(func, env, *, begin=None, start_over=None, answers=()):
    """Call ``func`` until the database accepts its transaction, then commit.

    A serialization failure, deadlock or lock that is not available starts the function anew, on a fresh
    transaction of the same cursor and after a pause, at most :data:`MAX_TRIES` times in all.
    A function that changes models starts anew on a registry of its own, and one that fails while others change models
    once more when they are done, see :mod:`odoo.orm.registry_change`.

    :param func: function without parameters, that takes its records from ``env``
    :param env: environment whose cursor ``func`` works on
    :param begin: function without parameters, called before ``func`` and at the end: ``env`` may have another registry
    :param start_over: function without parameters, called when a try failed and was rolled back
    :param answers: types of exceptions that ``func`` ends with although nothing failed
    :return: what ``func`` returns
    :raise odoo.exceptions.ValidationError: the database refuses the data
    """
    begin_work()
    begin = begin or _nothing
    start_over = start_over or _nothing

    def undo(env):
        roll_back(env)
        start_over()

    def attempt():
        begin()
        try:
            result = _first_accepted(func, env, undo)
        except BaseException:
            _forget_changes(env)
            raise
        keep(env)
        return result

    try:
        return run_on_registry(env, attempt, undo, answers)
    finally:
        begin()


def _nothing():
    """Nothing is to be done."""


@uninterrupted
def _forget_changes(env):
    """Forget what a failed transaction changed in memory."""
    env.transaction.reset()
    # a registry of its own is forgotten as a whole
    if not env.transaction.owns_registry:
        env.registry.reset_changes()


@uninterrupted
def keep(env):
    """Commit at the end of the work, tell other processes of it, and have it not ended for its length any more.

    :param env: environment whose changes were flushed
    """
    if env.cr.closed:
        _tell(env)
        return
    before = env.cr.commits
    try:
        settle_by(env.cr.commit)
    finally:
        # a hook that fails after the commit does not undo it
        if env.cr.commits != before:
            _tell(env)


def _tell(env):
    """Tell other processes of what is kept, which cannot be ended any more."""
    try:
        env.registry.signal_changes()
    finally:
        settle()


def _first_accepted(func, env, undo):
    """Return the result of the first call whose changes the database takes, before they are committed.

    :param undo: function of ``env`` that undoes a failed try
    """
    pauses_left = MAX_TRIES - 1
    while True:
        try:
            result = func()
            if not env.cr.closed:
                env.cr.flush()
            return result
        except psycopg2.IntegrityError as error:
            if env.cr.closed:
                raise
            undo(env)
            raise validation_error(env, error) from error
        except RETRIABLE as error:
            if env.cr.closed:
                raise
            undo(env)
            if env.cr.readonly and is_configured():
                # the replica takes back what is read: the database itself does not
                raise
            if not pauses_left:
                _logger.info("%s, and no try is left", type(error).__name__)
                raise
            _pause(error, pauses_left)
            pauses_left -= 1
        except psycopg2.OperationalError:
            if not env.cr.closed:
                undo(env)
            raise


def _pause(error, pauses_left):
    """Wait before the next try, longer each time, and never as long as those that wait for the same."""
    longest = 0.2 * 2 ** (MAX_TRIES - 1 - pauses_left)
    pause = random.uniform(0.02, longest)
    _logger.info("%s, %d tries are left, the next in %.2f s", type(error).__name__, pauses_left, pause)
    time.sleep(pause)
