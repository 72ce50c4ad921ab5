"""Setup of the models of a registry: their fields, and how these depend on each other."""

import logging
import warnings
from collections import defaultdict

from odoo.tools.containers import OrderedSet

from .. import model_class as assembly
from ..environment import Environment
from ..names import SUPERUSER_ID
from ..plans.model_plans import renew_plans
from ..services import registered
from ..triggers import InverseMap, broken_path, refuse_circles

__all__ = ["RegistryChange", "Setup"]

_logger = logging.getLogger("odoo.modules.registry")


class RegistryChange(BaseException):
    """Models are about to change in a registry that others use: the transaction begins again on one of its own.

    Raised where :func:`~odoo.orm.registry_change.run_on_registry` can begin again. It is no error, so no handler of
    errors may take it for one.
    """


class Setup:
    """Loads the definitions of modules into the registry and sets up its models."""

    def _init_setup(self):
        # what fields are to each other
        self.field_depends: dict = {}
        self.field_depends_context: dict = {}
        self.field_inverses = InverseMap()
        self.field_computed: dict = {}
        self.many2one_company_dependents: dict = defaultdict(tuple)
        self.many2many_relations: dict = defaultdict(OrderedSet)
        #: (model name, field name) of custom fields that cannot be set up -> why
        self.left_out: dict = {}

    def load(self, cr, module):
        """Add the definition classes of ``module`` (a node of the module graph, or a name); return its model names.

        When the module brings services, the ORM asks those from now on.
        """
        name = getattr(module, "name", module)
        self._triggers = None
        names = OrderedSet()
        for definition in assembly.MetaModel.module_to_models.get(name, ()):
            model = definition._build_model(self, cr)
            names.add(model._name)
        self.services = registered(name) or self.services
        return self.descendants(names, "_inherit", "_inherits")

    def setup_models(self, cr):
        """Give every model its fields and work out how they depend on each other.

        On a registry that other threads use nothing changes: where the transaction of ``cr`` cannot begin again, it
        goes on with a registry of its own, which everybody gets when it is committed.

        :raise RegistryChange: when the transaction can begin again on a registry that nobody else uses
        """
        own = self._registry_of(cr)
        if own is not self:
            own.setup_models(cr)
        elif not self._is_used_by_others():
            self._change_in_place(cr)
        elif cr.transaction is not None and cr.transaction.restartable:
            raise RegistryChange
        elif self.shared:
            self._change_beside(cr)
        else:
            self._change_in_place(cr)

    def _registry_of(self, cr):
        """Return the registry that the transaction of ``cr`` has in place of this one, or this one."""
        transaction = cr.transaction
        if transaction is not None and transaction.owns_registry and transaction.registry.db_name == self.db_name:
            return transaction.registry
        return self

    def _is_used_by_others(self) -> bool:
        return self.ready and self.published and not self.in_test_mode()

    def _change_in_place(self, cr):
        """Set the models up, and once more when a savepoint undoes what they were changed for."""
        invalidated = self.registry_invalidated

        def change_back():
            # what waits for being written came after the setup, which wrote what waited then: it is undone, too
            cr.transaction.clear()
            self._set_up(cr)
            self.registry_invalidated = invalidated

        cr.when_undone(self, change_back)
        self._set_up(cr)

    def _set_up(self, cr):
        """Set the models up in place."""
        for model in self.models.values():
            assembly.settle(model)
        env = Environment(cr, SUPERUSER_ID, {})
        env.invalidate_all()
        self._forget_setup()
        if self.ready:
            for model in env.values():
                model._unregister_hook()
        self._replace_manual_models(env)
        for model in env.values():
            model._setup_base()
        self.services.reflection.add_fields(env)
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
        # what was answered and worked out meanwhile was by half of the models
        renew_plans(self.models.values())
        self._clear_all_locally()

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
            # quietly: the plans are forgotten at once
            type.__setattr__(model, "_inherits_children", set())
        renew_plans(self.models.values())

    def _replace_manual_models(self, env):
        """Replace the models that users defined in the database."""
        manual = [name for name, model in self.models.items() if model._custom]
        for name in manual:
            del self[name]
        self.services.reflection.add_models(env)

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
