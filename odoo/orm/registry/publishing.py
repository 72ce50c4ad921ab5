"""Which registry is whose: one thread builds or changes it, then it is everybody's."""

import logging
import threading
import time
from contextlib import ExitStack, contextmanager

from odoo.tools.gc import set_aside_living
from odoo.tools.lru import LRU
from odoo.tools.metrics import REGISTRIES, observe

from ..environment import Environment
from ..names import SUPERUSER_ID
from .adoption import adopt_records
from .locks import changing_models, changing_modules

__all__ = ["Publishing"]

_logger = logging.getLogger("odoo.modules.registry")

#: whatever registry there is
_ANY = object()


class _Building(threading.local):
    """The registries that a thread is building, by database: for its code they are the ones there are."""

    def __init__(self):
        self.registries = {}


_building = _Building()


class Publishing:
    """How registries are made, and who gets which.

    A registry is *published* when it is the one that threads get. It is built by one thread, beside the one that is
    published; from its publication on its models do not change any more.
    """

    #: database -> the published registry
    registries: LRU = LRU(64)
    _lock = threading.RLock()
    _database_locks: dict = {}
    _loader = None
    #: whether threads of this process use registries at the same time, see :meth:`share`
    shared = False

    def _init_publishing(self):
        self._init = True
        self.ready = False
        self.published = False

    @classmethod
    def register_loader(cls, loader):
        """Have ``loader(registry, force_demo, status, update_module, request, cr)`` fill registries that are empty.

        The module system does this: it knows the modules of a database, and their code.
        """
        cls._loader = staticmethod(loader)

    @classmethod
    def share(cls):
        """Have every change of models made beside the registry, as this process answers requests or runs jobs."""
        cls.shared = True

    @classmethod
    def _locked(cls, db_name):
        """Return the lock of those who load or publish the registry of a database in this process."""
        with cls._lock:
            return cls._database_locks.setdefault(db_name, threading.RLock())

    @classmethod
    def _seen(cls, db_name):
        """Return the registry of the database that this thread is to see, ``None`` when there is none yet."""
        registry = cls.tested.get(db_name)
        if registry is None:
            registry = _building.registries.get(db_name)
        return cls.registries.get(db_name) if registry is None else registry

    def __new__(cls, db_name: str):
        """Return the registry of the database; the first to ask loads it, the others wait."""
        assert db_name, "Missing database name"
        registry = cls._seen(db_name)
        if registry is None:
            with cls._locked(db_name):
                registry = cls._seen(db_name)
                if registry is None:
                    registry = cls.new(db_name)
        return registry

    @classmethod
    def new(cls, db_name, force_demo=False, status=None, update_module=False, request=None):
        """Make the registry of ``db_name`` anew and publish it; until then others go on with the one there is.

        :param force_demo: install demo data
        :param update_module: install, upgrade and uninstall the modules that are marked for it
        :param request: what to install and update besides, for the loader; by default what the options ask for
        :raise ModulesBusyError: when others are changing the modules of the database
        """
        started = time.monotonic()
        with ExitStack() as stack:
            # in this order everywhere: what is published was changed before
            if update_module:
                stack.enter_context(changing_modules(db_name))
            if cls.registries.get(db_name) is None:
                # there is nothing to go on with: others wait
                stack.enter_context(cls._locked(db_name))
            try:
                self = cls._built(db_name, force_demo, status, update_module, request)
            except Exception:
                _logger.error("The registry of database %r could not be built", db_name)
                if update_module:
                    # modules that were done before are committed
                    cls.signal_models(db_name)
                raise
            self.registry_invalidated = bool(update_module)
            self._publish()
        set_aside_living()
        took = time.monotonic() - started
        _logger.info("Registry loaded in %.3fs", took)
        observe(REGISTRIES, db_name, value=took)
        return self

    @classmethod
    def _built(cls, db_name, force_demo=False, status=None, update_module=False, request=None, cr=None):
        """Return a new registry with its modules loaded, of which only this thread knows.

        :param cr: cursor to read with, whose transaction goes on with the new registry; by default one that sees what
            is committed
        """
        if cls._loader is None:
            raise RuntimeError("Registries cannot be loaded: odoo.modules.loading, which does it, was not imported")
        self = object.__new__(cls)
        self.init(db_name)
        outer = _building.registries.get(db_name)
        _building.registries[db_name] = self
        try:
            self.setup_signaling()
            if cr is not None:
                cr.transaction.follow(self)
            cls._loader(self, force_demo, status, update_module, request, cr)
        finally:
            if outer is None:
                del _building.registries[db_name]
            else:
                _building.registries[db_name] = outer
        self._init = False
        self.ready = True
        # what was answered meanwhile was answered by some of the modules
        self._clear_all_locally()
        return self

    def _publish(self, instead_of=_ANY):
        """Make this the registry that threads get, and tell other processes of what was changed.

        :param instead_of: when another one is published meanwhile it stays: it may know what this one does not, and the
            numbers have it loaded again
        """
        # whoever finds the new sequence numbers finds this registry, too
        with self._locked(self.db_name):
            self.published = True
            # the transaction that changed it has seen what it alone may have known
            self._clear_all_locally()
            self.signal_changes()
            if instead_of is _ANY or self.registries.get(self.db_name) is instead_of:
                self.registries[self.db_name] = self

    @classmethod
    @contextmanager
    def beside(cls, db_name):
        """Give a new registry of what is committed, for the block to change; afterwards it is everybody's.

        One block at a time for a database, in all processes. When the block raises, the registry is forgotten.
        """
        with changing_models(db_name):
            self = cls._built(db_name)
            self.registry_invalidated = False
            self.cache_invalidated.clear()
            before = cls.registries.get(db_name)
            yield self
            self._publish(before)
        set_aside_living()

    def _change_beside(self, cr):
        """Have the transaction of ``cr`` go on with a new registry, which is published when it is committed."""
        Environment(cr, SUPERUSER_ID, {}).flush_all()
        transaction, before = cr.transaction, self.registries.get(self.db_name)
        try:
            # with the cursor of the change: another one may wait for what it has locked
            own = self._built(self.db_name, cr=cr)
        except Exception:
            transaction.follow(self)
            raise
        transaction.owns_registry = True
        adopt_records(transaction)
        set_aside_living()

        @cr.postcommit.add
        def publish():
            transaction.owns_registry = False
            own.registry_invalidated = True
            own._publish(before)

        @cr.postrollback.add
        def forget():
            transaction.owns_registry = False
            transaction.reset()
            adopt_records(transaction)

    @classmethod
    def delete(cls, db_name):
        """Forget the registry of ``db_name``."""
        cls.registries.pop(db_name, None)

    @classmethod
    def delete_all(cls):
        """Forget all registries."""
        cls.registries.clear()
