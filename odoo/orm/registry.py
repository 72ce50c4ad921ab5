"""The registry: the model classes of one database, and what is worked out from them once."""

import logging
import threading
import time
import warnings
from collections import defaultdict, deque
from collections.abc import Mapping
from contextlib import contextmanager, nullcontext

from odoo import sql_db
from odoo.sql import SQL
from odoo.tools.config import config
from odoo.tools.containers import OrderedSet
from odoo.tools.gc import set_aside_living
from odoo.tools.lru import LRU

from . import model_class as assembly
from .environment import Environment, Transaction
from .names import SUPERUSER_ID
from .schema import SchemaSync
from .triggers import InverseMap, TriggerTree, broken_path, build_triggers, field_ranks, refuse_circles, transitive_tree

__all__ = ["Registry", "RegistryChange"]

_logger = logging.getLogger("odoo.modules.registry")

#: sizes of the named caches that ``ormcache`` uses
CACHE_SIZES = {
    "default": 8192,
    "assets": 512,
    "templates": 1024,
    "routing": 1024,
    "routing.rewrites": 8192,
    "templates.cached_values": 2048,
    "groups": 8,
    "stable": 2048,
}
#: caches that are cleared together with the one named: what is made of it, and what templates keep of anything
CACHE_FAMILIES = {
    name: (name, *made_of_it, "templates.cached_values")
    for name, *made_of_it in (
        ("default",),
        # what hardly ever changes: languages, precisions, parameters, the description of models
        ("stable", "default"),
        ("assets",),
        ("templates",),
        ("routing", "routing.rewrites"),
        ("groups", "templates"),
    )
}


class RegistryChange(BaseException):
    """Models are about to change in a registry that others use: the transaction begins again on one of its own.

    Raised where :func:`~odoo.orm.registry_change.run_on_registry` can begin again. It is no error, so no handler of
    errors may take it for one.
    """


class Registry(SchemaSync, Mapping):
    """Model name -> registry class, for one database; made once per process and kept.

    ``Registry(db_name)`` gives the registry, loading it at the first call. The class attribute ``loader`` is set by the
    module system, which knows how to load the modules of a database.
    """

    _lock = threading.RLock()
    registries: LRU = LRU(64)
    loader = None

    def __new__(cls, db_name: str):
        """Return the loaded registry of the database; the first to ask loads it, the others wait."""
        assert db_name, "Missing database name"
        registry = cls.registries.get(db_name)
        if registry is not None and registry.ready:
            return registry
        # the thread that loads it has the lock
        with cls._lock:
            try:
                return cls.registries[db_name]
            except KeyError:
                return cls.new(db_name)

    @classmethod
    def new(cls, db_name, force_demo=False, status=None, update_module=False, request=None):
        """Make the registry of ``db_name`` anew and load the modules into it.

        :param force_demo: install demo data
        :param update_module: install, upgrade and uninstall the modules that are marked for it
        :param request: what to install and update besides, for the loader; by default what the options ask for
        """
        started = time.monotonic()
        with cls._lock:
            self = object.__new__(cls)
            self.init(db_name)
            cls.delete(db_name)
            cls.registries[db_name] = self
            try:
                self.setup_signaling()
                cls.loader(self, force_demo, status, update_module, request)
            except Exception:
                _logger.error("The registry of database %r could not be built", db_name)
                cls.registries.pop(db_name, None)
                raise
            # loading may have made another one
            self = cls.registries[db_name]
            self.registry_invalidated = bool(update_module)
            self._become_ready()
            self.signal_changes()
        set_aside_living()
        _logger.info("Registry loaded in %.3fs", time.monotonic() - started)
        return self

    def _become_ready(self, published=True):
        self._init = False
        self.published = published
        self.ready = True

    @classmethod
    @contextmanager
    def beside(cls, db_name):
        """Give a new registry of what is committed, for the block to change; afterwards it is everybody's.

        One block at a time for a database, in all processes. When the block raises, the registry is forgotten.
        """
        with sql_db.db_connect(db_name).cursor() as lock:
            lock.execute("SELECT pg_advisory_xact_lock(hashtext('odoo.orm.registry'))")
            with cls._lock:
                self = object.__new__(cls)
                self.init(db_name)
                self.setup_signaling()
                cls.loader(self)
                self._become_ready(published=False)
                self.registry_invalidated = False
                self.cache_invalidated.clear()
            before = cls.registries.get(db_name)
            yield self
            # whoever finds the new sequence numbers finds this registry, too
            with cls._lock:
                self.published = True
                self.signal_changes()
                # one that was loaded meanwhile may know what this one does not: by the numbers it is loaded again
                if cls.registries.get(db_name) is before:
                    cls.registries[db_name] = self
        set_aside_living()

    def init(self, db_name):
        """Start empty."""
        self.models: dict = {}
        self.db_name = db_name
        self._db = sql_db.db_connect(db_name)
        self._init = True
        self.ready = False
        self.published = False
        self.loaded = False
        self._init_modules: set = set()
        self.updated_modules: list = []
        self.loaded_xmlids: set = set()
        self._assertion_report = None
        # one cursor for all in tests
        self.test_cr = None
        self.test_lock = None
        self.test_readonly_enabled = True
        # invalidation
        self._Registry__caches = {name: LRU(size) for name, size in CACHE_SIZES.items()}
        self._local = threading.local()
        self.registry_sequence = None
        self.cache_sequences: dict = {}
        # what fields are to each other
        self.field_depends: dict = {}
        self.field_depends_context: dict = {}
        self.field_inverses = InverseMap()
        self.field_computed: dict = {}
        self.many2one_company_dependents: dict = defaultdict(tuple)
        self.many2many_relations: dict = defaultdict(OrderedSet)
        self._triggers = None
        self._ranks = None
        self._trigger_trees: dict = {}
        self._modified_trees: dict = {}
        self._mirrors_trees: dict = {}
        self._unaccent = None
        self._trigram = None
        #: (model name, field name) of custom fields that cannot be set up -> why
        self.left_out: dict = {}
        self._init_schema()

    @classmethod
    def delete(cls, db_name):
        """Forget the registry of ``db_name``."""
        with cls._lock:
            cls.registries.pop(db_name, None)

    @classmethod
    def delete_all(cls):
        """Forget all registries."""
        with cls._lock:
            cls.registries.clear()

    # mapping

    def __len__(self):
        return len(self.models)

    def __iter__(self):
        return iter(self.models)

    def __getitem__(self, model_name):
        return self.models[model_name]

    def __call__(self, model_name):
        """Return the class of a model, as indexing does."""
        return self.models[model_name]

    def __setitem__(self, model_name, model):
        self.models[model_name] = model

    def __delitem__(self, model_name):
        gone = self.models.pop(model_name)
        # its parents must not keep it as a child
        for parent in filter(assembly.is_registry_class, gone._BaseModel__base_classes):
            parent._inherit_children.discard(model_name)

    def __eq__(self, other):
        return self is other

    __hash__ = object.__hash__

    def descendants(self, model_names, *kinds):
        """Return ``model_names`` and the models that inherit from them.

        :param kinds: ``"_inherit"`` and/or ``"_inherits"``
        """
        found = OrderedSet()
        queue = deque(model_names)
        while queue:
            model = self.models.get(queue.popleft())
            if model is None or model._name in found:
                continue
            found.add(model._name)
            for kind in kinds:
                queue.extend(getattr(model, f"{kind}_children"))
        return found

    # loading and setup

    def load(self, cr, module):
        """Add the definition classes of ``module`` (a node of the module graph, or a name); return its model names."""
        name = getattr(module, "name", module)
        self._triggers = None
        names = OrderedSet()
        for definition in assembly.MetaModel.module_to_models.get(name, ()):
            model = assembly.build_model(definition, self)
            names.add(model._name)
        return self.descendants(names, "_inherit", "_inherits")

    def setup_models(self, cr):
        """Give every model its fields and work out how they depend on each other.

        :raise RegistryChange: when the transaction can begin again on a registry that nobody else uses
        """
        if self.ready and not self.in_test_mode() and cr.transaction is not None and cr.transaction.restartable:
            raise RegistryChange
        env = Environment(cr, SUPERUSER_ID, {})
        env.invalidate_all()
        self._forget_setup()
        if self.ready:
            for model in env.values():
                model._unregister_hook()
        self._add_manual_models(env)
        for model in self.models.values():
            assembly.setup_base(model)
        if "ir.model.fields" in self.models and self._has_table(cr, "ir_model_fields"):
            for name in self.models:
                env["ir.model.fields"]._add_manual_fields(env[name])
        self._inherit_fields()
        self._setup_manual_fields(env)
        for name, model_class in self.models.items():
            model = env[name]
            for field in list(model_class._fields.values()):
                field.setup(model)
        for name in self.models:
            env[name]._setup_complete()
        self._relate_fields(env)
        self.registry_invalidated = True
        if self.ready:
            for model in env.values():
                model._register_hook()
            env.flush_all()
        # what was answered meanwhile was answered by half of the models
        self._clear_all_locally()

    def _clear_all_locally(self):
        for cache in self._Registry__caches.values():
            cache.clear()

    def _forget_setup(self):
        self._clear_all_locally()
        self.field_inverses = InverseMap()
        self.many2many_relations.clear()
        self.field_depends, self.field_depends_context, self.field_computed = {}, {}, {}
        self.left_out = {}
        self._triggers = self._ranks = None
        self._trigger_trees.clear()
        self._modified_trees.clear()
        self._mirrors_trees.clear()
        for model in self.models.values():
            model._inherits_children = set()
            model._forget_class_lookups()

    @staticmethod
    def _has_table(cr, table) -> bool:
        cr.execute("SELECT to_regclass(%s)", [table])
        return cr.fetchone()[0] is not None

    def _add_manual_models(self, env):
        """Replace the models that users defined in the database."""
        manual = [name for name, model in self.models.items() if model._custom]
        for name in manual:
            del self[name]
        if "ir.model" in self.models and self._has_table(env.cr, "ir_model"):
            # the models that read them must be usable first
            for name in ("base", *(name for name in self.models if name.startswith("ir.model"))):
                if not self.models[name]._fields:
                    assembly.setup_base(self.models[name])
            env["ir.model"]._add_manual_models()

    def _inherit_fields(self):
        """Add delegated fields, parents before children."""
        done = set()

        def visit(model_class):
            if model_class._name in done:
                return
            done.add(model_class._name)
            assembly.check_inherits(model_class)
            for parent in model_class._inherits:
                visit(self.models[parent])
            assembly.add_inherited_fields(model_class)

        for model_class in self.models.values():
            visit(model_class)
        for model_class in self.models.values():
            assembly.determine_rec_name(model_class)

    def _setup_manual_fields(self, env):
        """Set up the fields that users defined, and leave out those that what is there now has no place for."""
        for name, model_class in list(self.models.items()):
            for field in [field for field in model_class._fields.values() if field.manual]:
                try:
                    field.setup(env[name])
                except Exception as error:
                    self.leave_out(name, field.name, error)

    def leave_out(self, model_name, name, reason):
        """Do without a custom field, as it must not keep everybody from working.

        :param reason: why; logged, and told to those who change the field
        """
        self.left_out[model_name, name] = str(reason)
        self._warn("The custom field %s.%s is left out: %s", model_name, name, reason)
        field = self.models[model_name]._fields.get(name)
        if field is None:
            return
        for model_class in self.models.values():
            inherited = model_class._fields.get(name)
            if inherited is field or (inherited is not None and inherited.inherited_field is field):
                assembly.pop_field(model_class, name)

    def _warn(self, *message):
        # while modules are being loaded, what is missing may be in one of the next
        _logger.log(logging.WARNING if self.loaded else logging.DEBUG, *message)

    def _relate_fields(self, env):
        """Work out dependencies, inverses and the groups of fields that are computed together."""
        groups: dict = {}
        dependents: dict = defaultdict(list)
        for name, model_class in self.models.items():
            model = env[name]
            for field in model_class._fields.values():
                depends, _context_keys = field.get_depends(model)
                if field.manual:
                    depends = self._without_broken_paths(field, depends)
                self.field_depends[field] = tuple(depends)
                if field.context_keys:
                    self.field_depends_context[field] = field.context_keys
                if field.compute:
                    # related fields compute alone
                    key = (name, field.compute) if isinstance(field.compute, str) else (name, field)
                    groups.setdefault(key, []).append(field)
                if field.type in ("one2many", "many2many") and not model_class._abstract:
                    field.register_inverses(self)
                if field.type == "many2one" and field.company_dependent:
                    dependents[field.comodel_name].append(field)
            refuse_circles(model_class._fields, self.field_depends)
        for fields in groups.values():
            for field in fields:
                self.field_computed[field] = fields
            self._check_group(fields)
        self.many2one_company_dependents = defaultdict(
            tuple, {name: tuple(fields) for name, fields in dependents.items()}
        )

    def _without_broken_paths(self, field, depends):
        """Yield the dependencies of a custom field that can be followed, and log the others."""
        for dotted in depends:
            if problem := broken_path(self, field.model_name, dotted):
                self._warn("The custom field %s does not follow one of its dependencies: %s", field, problem)
            else:
                yield dotted

    @staticmethod
    def _check_group(fields):
        """Warn where fields of one compute method do not agree on how it runs."""
        for attribute in ("compute_sudo", "precompute"):
            if len({bool(getattr(field, attribute)) for field in fields}) > 1:
                names = ", ".join(field.name for field in fields)
                message = f"{fields[0].model_name}: inconsistent {attribute!r} for computed fields {names}"
                if attribute == "precompute":
                    warnings.warn(message, stacklevel=2)
                else:
                    _logger.debug(message)

    # triggers

    @property
    def field_triggers(self):
        """Field -> path -> fields that depend on it directly."""
        if self._triggers is None:
            self._triggers = build_triggers(self)
        return self._triggers

    def get_field_trigger_tree(self, field) -> TriggerTree:
        """Return the tree of everything that depends on ``field``."""
        tree = self._trigger_trees.get(field)
        if tree is None:
            tree = self._trigger_trees[field] = transitive_tree(self.field_triggers, field)
        return tree

    def get_trigger_tree(self, fields, select=bool) -> TriggerTree:
        """Return the merged trees of ``fields``, with the dependent fields that ``select`` accepts."""
        merged = TriggerTree()
        for field in fields:
            merged.merge(self.get_field_trigger_tree(field), select)
        return merged.pruned()

    def modified_tree(self, fields: tuple) -> TriggerTree:
        """Return the merged tree of ``fields``, kept for the next time."""
        tree = self._modified_trees.get(fields)
        if tree is None:
            tree = self._modified_trees[fields] = self.get_trigger_tree(fields)
        return tree

    def mirrors_tree(self, field) -> TriggerTree:
        """Return the part of the tree of a many2one ``field`` that begins with the one2many fields that mirror it."""
        tree = self._mirrors_trees.get(field)
        if tree is None:
            tree = self._mirrors_trees[field] = TriggerTree()
            for edge, subtree in self.get_field_trigger_tree(field).items():
                if edge.type == "one2many" and edge.awaited is field:
                    tree[edge] = subtree
        return tree

    def get_dependent_fields(self, field):
        """Yield the fields that depend on ``field``."""
        for tree in self.get_field_trigger_tree(field).depth_first():
            yield from tree.root

    def is_modifying_relations(self, field) -> bool:
        """Tell whether a change of ``field`` changes a relation that something depends on."""
        return bool(self.get_field_trigger_tree(field)) and (
            field.relational
            or bool(self.field_inverses[field])
            or any(
                dependent.relational or self.field_inverses[dependent] for dependent in self.get_dependent_fields(field)
            )
        )

    def field_rank(self, field) -> int:
        """Return a number that is greater than those of the fields that ``field`` depends on."""
        if self._ranks is None:
            self._ranks = field_ranks(self.field_triggers)
        return self._ranks.get(field, 0)

    # caches and their invalidation in other processes

    @property
    def registry_invalidated(self) -> bool:
        """Whether this process changed models, so that others must reload."""
        return getattr(self._local, "registry_invalidated", False)

    @registry_invalidated.setter
    def registry_invalidated(self, value):
        self._local.registry_invalidated = value

    @property
    def cache_invalidated(self) -> set:
        """The names of the caches that this thread cleared and others must clear."""
        try:
            return self._local.cache_invalidated
        except AttributeError:
            names = self._local.cache_invalidated = set()
            return names

    def clear_cache(self, *cache_names):
        """Clear the named caches (the default one without a name) and those that build on them."""
        for name in cache_names or ("default",):
            if "." in name:
                raise ValueError(f"cache {name!r} is cleared with the one it belongs to")
            self._clear_locally(name)
            self.cache_invalidated.add(name)

    def clear_all_caches(self):
        """Clear every cache."""
        self.clear_cache(*CACHE_FAMILIES)

    def _clear_locally(self, name):
        for member in CACHE_FAMILIES[name]:
            self._Registry__caches[member].clear()

    def setup_signaling(self):
        """Create the sequences that tell processes about each other's changes, and read them."""
        if self.in_test_mode():
            return
        names = self._signaling_sequences()
        with self.cursor() as cr:
            cr.execute("SELECT count(*) FROM pg_class WHERE relkind = 'S' AND relname = ANY(%s)", [names])
            if cr.fetchone()[0] < len(names):
                for name in names:
                    cr.execute(
                        SQL("CREATE SEQUENCE IF NOT EXISTS %s INCREMENT BY 1 START WITH 1", SQL.identifier(name))
                    )
                    cr.execute("SELECT nextval(%s)", [name])
            self.registry_sequence, self.cache_sequences = self.get_sequences(cr)

    @staticmethod
    def _signaling_sequences() -> list:
        return ["base_registry_signaling", *(f"base_cache_signaling_{name}" for name in CACHE_FAMILIES)]

    def get_sequences(self, cr) -> tuple:
        """Return the registry's sequence number and those of the caches."""
        names = self._signaling_sequences()
        cr.execute(
            SQL("SELECT %s", SQL(", ").join(SQL("(SELECT last_value FROM %s)", SQL.identifier(name)) for name in names))
        )
        registry_sequence, *cache_sequences = cr.fetchone()
        return registry_sequence, dict(zip(CACHE_FAMILIES, cache_sequences, strict=True))

    def check_signaling(self, cr=None):
        """Follow what other processes changed: reload the registry or clear caches; return the registry to use."""
        if self.in_test_mode():
            return self
        if cr is None:
            with self.cursor(readonly=True) as own_cr:
                return self.check_signaling(own_cr)
        registry_sequence, cache_sequences = self.get_sequences(cr)
        if self.registry_sequence != registry_sequence:
            with Registry._lock:
                current = Registry.registries.get(self.db_name)
                if current is not None and current is not self:
                    # another thread of this process was first
                    return current.check_signaling(cr)
                _logger.info("The models were changed: building the registry anew")
                return Registry.new(self.db_name)
        if self.cache_sequences != cache_sequences:
            for name, value in cache_sequences.items():
                if value != self.cache_sequences.get(name):
                    self._clear_locally(name)
            self.cache_sequences = cache_sequences
        return self

    def signal_changes(self):
        """Tell other processes what this one changed; what a registry beside others changed is told with its turn."""
        if not self.published:
            return
        names = {}
        if self.registry_invalidated:
            names["base_registry_signaling"] = None
        for name in self.cache_invalidated:
            names[f"base_cache_signaling_{name}"] = name
        if names and not self.in_test_mode():
            with self.cursor() as cr:
                for sequence, name in names.items():
                    cr.execute("SELECT nextval(%s)", [sequence])
                    value = cr.fetchone()[0]
                    if name is not None:
                        self.cache_sequences[name] = value
                    elif value == self.registry_sequence + 1:
                        self.registry_sequence = value
                    # else others changed models, too, which the next request finds by the number
        self.registry_invalidated = False
        self.cache_invalidated.clear()

    def reset_changes(self):
        """Undo, after a rollback, what this thread changed in memory."""
        if self.registry_invalidated:
            with self.cursor() as cr:
                self.setup_models(cr)
                self.registry_invalidated = False
        if self.cache_invalidated:
            for name in self.cache_invalidated:
                self._clear_locally(name)
            self.cache_invalidated.clear()

    @contextmanager
    def manage_changes(self):
        """Signal changes when the block succeeds, undo them when it fails."""
        try:
            yield self
            self.signal_changes()
        except Exception:
            self.reset_changes()
            raise

    # cursors

    def cursor(self, readonly=False):
        """Return a new cursor for the models of this registry, or in test mode one on top of the test's."""
        if self.test_cr is not None:
            cr = sql_db.TestCursor(self.test_cr, self.test_lock, readonly and self.test_readonly_enabled)
        else:
            cr = self._db.cursor()
        cr.transaction = Transaction(self)
        return cr

    def in_test_mode(self) -> bool:
        """Tell whether cursors are made on top of a test's."""
        return self.test_cr is not None

    def enter_test_mode(self, cr, test_readonly_enabled=True):
        """Make :meth:`cursor` give cursors on top of ``cr``."""
        assert self.test_cr is None, "already in test mode"
        self.test_cr, self.test_lock = cr, threading.RLock()
        self.test_readonly_enabled = test_readonly_enabled
        # the thread that runs the tests may be loading modules: the threads that answer its requests must not wait
        Registry._real_lock, Registry._lock = Registry._lock, nullcontext()

    def leave_test_mode(self):
        """Make :meth:`cursor` give real cursors again."""
        assert self.test_cr is not None, "not in test mode"
        self.test_cr = self.test_lock = None
        Registry._lock = Registry._real_lock

    # what the database can do

    @property
    def has_unaccent(self) -> bool:
        """Whether searches ignore accents."""
        if self._unaccent is None:
            self._unaccent = bool(config.get("unaccent")) and self._has_function("unaccent")
        return self._unaccent

    @property
    def has_trigram(self) -> bool:
        """Whether trigram indexes are available."""
        if self._trigram is None:
            self._trigram = self._has_function("word_similarity")
        return self._trigram

    @property
    def unaccent(self):
        """Function that makes an SQL expression accent-insensitive, where the database can."""
        return (lambda sql: SQL("unaccent(%s)", sql)) if self.has_unaccent else (lambda sql: sql)

    @property
    def unaccent_python(self):
        """Function that does in Python what :attr:`unaccent` does in SQL."""
        from odoo.tools.text import remove_accents

        return remove_accents if self.has_unaccent else (lambda text: text)

    def _has_function(self, name) -> bool:
        with self.cursor() as cr:
            cr.execute("SELECT 1 FROM pg_proc WHERE proname = %s LIMIT 1", [name])
            return bool(cr.rowcount)
