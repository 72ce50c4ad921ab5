"""Keeping computed fields up to date."""

from odoo.exceptions import MissingError

from . import decorators as api
from .cache import NOTHING
from .fields.callables import determine
from .overrides import original
from .plans.model_plans import Watched

__all__ = ["ComputeMixin"]

_BACK_TO_ONE = ("many2one", "many2one_reference")


class ComputeMixin(metaclass=Watched):
    """What happens after values changed."""

    __slots__ = ()

    # what depends on changed values

    @api.private
    @original
    def modified(self, fnames, create=False, before=False):
        """Mark what depends on the given fields of these records: stored values to recompute, others to forget.

        :param create: the records were just created, so nothing refers to them yet
        :param before: the fields are about to change: mark what depends on their present values
        """
        if not self._ids or not fnames:
            return
        fields = self._fields
        tree = self.pool.modified_tree(tuple(fields[name] for name in fnames))
        if tree and before:
            # what is found must be all there is before something of it is computed anew
            found: list = []
            self._find_dependents(tree, found)
            for records, stale in found:
                for field in stale:
                    records._mark_stale(field)
        elif tree:
            self._mark_dependents(tree, create)

    def _find_dependents(self, tree, found: list):
        """Add to ``found`` pairs of records and the fields of theirs that a change along ``tree`` makes stale."""
        found.append((self, tree.root))
        for edge, subtree in tree.items():
            if subtree.affects(self.env.cache):
                related = self._backward(edge)
                if related._ids:
                    related._find_dependents(subtree, found)

    def _mark_dependents(self, tree, create=False):
        for field in tree.root:
            self._mark_stale(field, create)
        for edge, subtree in tree.items():
            # fast path of _backward(): nothing refers to new records
            if (create and edge.type in _BACK_TO_ONE) or not subtree.affects(self.env.cache):
                continue
            related = self._backward(edge)
            if related._ids:
                related._mark_dependents(subtree)

    def _mark_stale(self, field, create=False):
        """Mark a stored field to be recomputed on the records, or forget a computed one.

        :param create: the records were just created, so nothing refers to them yet
        """
        env = self.env
        ids = self._ids
        stale = env.transaction.stale
        shields = stale.shields(field)
        # fast path of what is below: one record that nothing else is said of
        if len(ids) == 1 and field.recomputed and not field.recursive:
            id_ = ids[0]
            if shields:
                for shield in shields:
                    if id_ in shield:
                        return
            stale.marks(field)[id_] = None
            return
        if shields:
            protected = stale.protected_ids(field)
            ids = tuple(id_ for id_ in ids if id_ not in protected)
            if not ids:
                return
        if field.store and field.compute:
            pending = stale.marks(field)
            fresh = [id_ for id_ in ids if id_ not in pending] if field.recursive else ()
            pending.update(dict.fromkeys(ids))
        else:
            if field.store:
                # relations of records in memory are nowhere else
                ids = tuple(filter(None, ids))
            fresh = env.cache.columns.forget(field, ids)
        if field.recursive and fresh:
            self.browse(tuple(fresh)).modified([field.name], create=create)

    def _backward(self, edge):
        """Return the records whose relation ``edge`` contains some of these records."""
        env, ids = self.env, self._ids
        # fast path of _backward_to_parent(): the parent is in the cache
        if len(ids) == 1 and (inverse := edge.plain_inverse):
            parent = env.live[inverse].get(ids[0], NOTHING)
            if parent is not NOTHING:
                # a record in the database does not depend on one in memory
                ids = () if parent is None or (parent and not ids[0]) else (parent,)
                return env.registry.models[edge.model_name](env, ids, ids)
        model = env[edge.model_name]
        if edge.type == "one2many" and edge.inverse_name and (edge.store or not edge.compute):
            return self._backward_to_parent(edge, model)
        if not edge.store:
            return model.browse(self._cached_referrers(edge))
        ids: tuple = ()
        real = [id_ for id_ in self._ids if id_]
        if real:
            ids = self._stored_referrers(edge, model, real)
        if len(real) < len(self._ids):
            ids = (*ids, *(id_ for id_ in self._cached_referrers(edge) if not id_))
        return model.browse(ids)

    def _backward_to_parent(self, edge, model):
        inverse = self._fields[edge.inverse_name]
        if inverse.type != "many2one":
            records = self.sudo()
            if inverse.type == "many2one_reference":
                records = records.filtered(lambda record: record[inverse.model_field] == edge.model_name)
            return model.browse(tuple(filter(None, dict.fromkeys(inverse.mapped(records))))).exists()
        if inverse.recomputed:
            # it may just have been marked
            inverse.recompute(self)
        column = self.env.cache.field_data(self, inverse)
        try:
            values = [column[id_] for id_ in self._ids]
        except KeyError:
            try:
                values = inverse.mapped(self.sudo())._ids
            except MissingError:
                values = inverse.mapped(self.sudo().exists())._ids
        if not any(self._ids):
            # a record in the database does not depend on those in memory
            values = [value for value in values if not value]
        return model.browse(tuple(dict.fromkeys(value for value in values if value is not None)))

    def _stored_referrers(self, edge, model, ids) -> tuple:
        """Return the ids of the database records of ``model`` that refer to ``ids`` by a stored relation."""
        # fast path of search(): the lines are in the cache
        if edge.type == "many2one":
            for inverse in self.pool.field_inverses[edge]:
                column = self.env.cache.columns.known(inverse)
                if column and inverse.type == "one2many" and not inverse.get_domain_list(self):
                    found = [column.get(id_) for id_ in ids]
                    if None not in found:
                        return tuple(dict.fromkeys(id_ for value in found for id_ in value))
        everything = model.sudo().with_context(active_test=False)
        return everything.search([(edge.name, "in", list(ids))], order="id")._ids

    def _cached_referrers(self, edge) -> tuple:
        """Return the ids whose cached value of ``edge`` refers to these records."""
        ids = set(self._ids)
        found: dict = {}
        for column in self.env.cache.columns.every(edge):
            for id_, value in column.items():
                if value in ids if edge.type == "many2one" else value and not ids.isdisjoint(value):
                    found[id_] = None
        return tuple(found)

    # computing

    def _compute_field_value(self, field):
        """Run the compute method of ``field`` and check the constraints on what it stored."""
        determine(field.compute, self)
        if field.store and self._constraint_methods:
            # records in memory are checked when they are created
            stored = self.filtered("id")
            if stored:
                computed = self.pool.field_computed.get(field) or (field,)
                stored._validate_fields({other.name for other in computed})
