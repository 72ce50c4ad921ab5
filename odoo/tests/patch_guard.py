"""Notices what tests put on model classes and forget to take away."""

import sys
from unittest.mock import patch

from odoo.orm.fields import Field
from odoo.orm.model_class import MetaModel

__all__ = ["SETATTR_SOURCES", "PatchGuard"]

#: function name -> ends of the paths of files where a function of that name may set methods of model classes for good
SETATTR_SOURCES: dict[str, tuple[str, ...]] = {
    "setup_base": ("/odoo/orm/model_class.py",),
    "set_attributes": ("/odoo/orm/model_class.py",),
    "add_field": ("/odoo/orm/model_class.py",),
}

_MISSING = object()


class PatchGuard:
    """Watches the methods of model classes from :meth:`start` to :meth:`stop`."""

    def __init__(self):
        self._originals: dict = {}
        self._patcher = None

    def start(self):
        """Begin to watch."""
        guard = self
        set_attribute = MetaModel.__setattr__

        def watched_setattr(model_class, name, value):
            guard._note(model_class, name, value, sys._getframe(1))
            set_attribute(model_class, name, value)

        self._patcher = patch.object(MetaModel, "__setattr__", watched_setattr)
        self._patcher.start()

    def _note(self, model_class, name, value, frame):
        if not callable(value) or isinstance(value, Field) or (model_class, name) in self._originals:
            return
        while frame.f_code.co_filename.endswith("/unittest/mock.py"):
            frame = frame.f_back
        if not frame.f_code.co_filename.endswith(SETATTR_SOURCES.get(frame.f_code.co_name, ())):
            self._originals[model_class, name] = model_class.__dict__.get(name, _MISSING)

    def stop(self):
        """End watching.

        :return: ``model.method`` of everything that is not as it was
        """
        self._patcher.stop()
        return [
            f"{model_class._name}.{name}"
            for (model_class, name), original in self._originals.items()
            if model_class.__dict__.get(name, _MISSING) is not original
        ]
