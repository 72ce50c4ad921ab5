"""Silencing and lowering log messages for a while."""

from __future__ import annotations

import logging
from contextlib import ContextDecorator
from functools import wraps

__all__ = ["lower_logging", "mute_logger", "mute_warnings"]


class _Detour(logging.Handler):
    """A handler that takes the place of all handlers of some loggers while it is active."""

    def __init__(self, loggers):
        super().__init__()
        self.loggers = loggers
        self._saved = {}

    def __enter__(self):
        for name in self.loggers:
            logger = logging.getLogger(name)
            self._saved[name] = (logger.handlers[:], logger.propagate)
            logger.handlers[:] = [self]
            logger.propagate = False
        return self

    def __exit__(self, exc_type=None, exc_value=None, traceback=None):
        for name, (handlers, propagate) in self._saved.items():
            logger = logging.getLogger(name)
            logger.handlers[:] = handlers
            logger.propagate = propagate
        self._saved = {}

    def __call__(self, func):
        @wraps(func)
        def run(*args, **kwargs):
            with type(self)(*self._arguments()):
                return func(*args, **kwargs)

        return run


class mute_logger(_Detour):
    """Context manager and decorator that silences loggers.

    :param loggers: names of the loggers
    """

    def __init__(self, *loggers):
        super().__init__(loggers)

    def _arguments(self):
        return self.loggers

    def emit(self, record):
        """Drop the record."""


class lower_logging(_Detour):
    """Context manager and decorator that lowers the level of messages above ``max_level``.

    :param max_level: highest level left as it is
    :param to_level: level given to the messages above it, ``max_level`` by default
    """

    def __init__(self, max_level, to_level=None):
        super().__init__((None,))
        self.max_level = max_level
        self.to_level = max_level if to_level is None else to_level
        self.had_error_log = False
        self._targets = []

    def _arguments(self):
        return self.max_level, self.to_level

    def __enter__(self):
        self._targets = logging.getLogger().handlers[:]
        return super().__enter__()

    def emit(self, record):
        """Hand the record to the handlers of the root logger, at a lower level when it is above the limit."""
        if record.levelno > self.max_level:
            record.had_levelname = record.levelname
            record.levelname = f"_{record.levelname}"
            record.levelno = self.to_level
            self.had_error_log = True
        for handler in self._targets:
            if handler.level <= record.levelno:
                handler.handle(record)


class mute_warnings(ContextDecorator):
    """Context manager and decorator that ignores Python warnings of a category.

    :param category: the warning class
    """

    def __init__(self, category=Warning):
        self.category = category

    def __enter__(self):
        import warnings

        self._catcher = warnings.catch_warnings()
        self._catcher.__enter__()
        warnings.simplefilter("ignore", self.category)
        return self

    def __exit__(self, *exc_info):
        return self._catcher.__exit__(*exc_info)
