"""The caches of a registry: what methods answered, kept for all transactions."""

from odoo.tools.cache import MethodCache, clear_method_caches

__all__ = ["CACHE_FAMILIES", "CACHE_SIZES", "Caches"]

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


class Caches:
    """The registry's caches, which ``ormcache`` fills."""

    def _init_caches(self):
        self._Registry__caches = {name: MethodCache(size) for name, size in CACHE_SIZES.items()}

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
        self._forget_answers(CACHE_FAMILIES[name])

    def _clear_all_locally(self):
        self._forget_answers(list(self._Registry__caches))

    def _forget_answers(self, names):
        clear_method_caches(self._Registry__caches, names, shared=self.published and not self.in_test_mode())
