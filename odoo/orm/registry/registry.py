"""The registry: the model classes of one database, and what is looked up in them."""

from collections import deque
from collections.abc import Mapping

from odoo.db.extensions import FunctionStatus, accent_function, has_trigram, has_unaccent
from odoo.sql import SQL
from odoo.tools.config import config
from odoo.tools.containers import OrderedSet
from odoo.tools.text import remove_accents

from .. import model_class as assembly
from ..environment import Transaction
from ..schema import SchemaSync
from ..services import Services
from ..triggers import TriggerTree, build_triggers, field_ranks, transitive_tree
from .caches import Caches
from .cursors import Cursors
from .publishing import Publishing
from .setup import Setup
from .signaling import Signaling
from .testing import TestMode

__all__ = ["Registry"]


class Registry(Publishing, Setup, SchemaSync, Caches, Cursors, Signaling, TestMode, Mapping):
    """Model name -> registry class, for one database; made once per process and kept.

    ``Registry(db_name)`` gives the registry, loading it at the first call.
    """

    def init(self, db_name):
        """Start empty."""
        self.models: dict = {}
        #: what models were called in older editions -> their name
        self.former_names: dict = {}
        self.services = Services()
        self.db_name = db_name
        self.loaded = False
        self._init_modules: set = set()
        self.updated_modules: list = []
        self.loaded_xmlids: set = set()
        self._assertion_report = None
        self._triggers = None
        self._ranks = None
        self._trigger_trees: dict = {}
        self._modified_trees: dict = {}
        self._mirrors_trees: dict = {}
        self._unaccent = None
        self._accent_function = None
        self._trigram = None
        self._init_caches()
        self._init_cursors(db_name)
        self._init_publishing()
        self._init_schema()
        self._init_setup()
        self._init_signaling()
        self._init_test_mode()

    def start_over(self):
        """Forget the models and all that was loaded, to be loaded again; reports of tests stay."""
        report, updated = self._assertion_report, self.updated_modules
        self.init(self.db_name)
        self._assertion_report, self.updated_modules = report, updated
        self.setup_signaling()

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

    # what the database can do

    @property
    def has_unaccent(self) -> FunctionStatus:
        """Whether searches ignore accents, and indexes can as well."""
        if self._unaccent is None:
            self._unaccent = FunctionStatus.MISSING
            if config.get("unaccent"):
                with self.cursor() as cr:
                    self._unaccent = has_unaccent(cr)
        return self._unaccent

    def look_for_unaccent(self, cr) -> None:
        """Find out anew how accents are ignored.

        :param cr: the cursor that made the function for it, which others do not see before it is committed
        """
        self._unaccent = has_unaccent(cr) if config.get("unaccent") else FunctionStatus.MISSING
        self._accent_function = accent_function(cr)

    @property
    def has_trigram(self) -> bool:
        """Whether trigram indexes are available."""
        if self._trigram is None:
            with self.cursor() as cr:
                self._trigram = has_trigram(cr)
        return self._trigram

    @property
    def unaccent(self):
        """Function that makes an SQL expression accent-insensitive, where the database can."""
        if not self.has_unaccent:
            return lambda sql: sql
        if self._accent_function is None:
            with self.cursor() as cr:
                self._accent_function = accent_function(cr)
        return lambda sql: SQL("%s(%s)", self._accent_function, sql)

    @property
    def unaccent_python(self):
        """Function that does in Python what :attr:`unaccent` does in SQL."""
        return remove_accents if self.has_unaccent else (lambda text: text)


# environments of cursors that were opened without a registry
Transaction.register_registries(Registry)
