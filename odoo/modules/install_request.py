"""What is asked of the modules of a database: installation, update, demonstration data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from odoo.tools.config import config

__all__ = ["ALL", "InstallRequest"]

#: in place of the names of modules
ALL = "all"


@dataclass(frozen=True)
class InstallRequest:
    """What one load of a registry is to change; an empty one applies the marks that modules have already.

    :ivar init: names of modules to install; installed ones have their data loaded as if they were new
    :ivar update: names of modules to update
    :ivar demo: names of modules that get demonstration data when they are installed
    :ivar without_demo: names of modules that do not, whatever they depend on
    :ivar tested: names of modules whose tests run when they are installed or updated while tests are enabled; ``None``
        for all
    """

    init: frozenset[str] = frozenset()
    update: frozenset[str] = frozenset()
    demo: frozenset[str] = frozenset()
    without_demo: frozenset[str] = frozenset()
    tested: frozenset[str] | None = None

    @classmethod
    def of(
        cls,
        init: Iterable[str] = (),
        update: Iterable[str] = (),
        demo: Iterable[str] = (),
        without_demo: Iterable[str] = (),
    ) -> InstallRequest:
        """Return a request; ``"all"`` stands for all modules in each of the names."""
        return cls(frozenset(init), frozenset(update), frozenset(demo), frozenset(without_demo))

    @classmethod
    def from_options(cls) -> InstallRequest:
        """Return what the command line and the configuration file ask for."""
        unwanted = config.get("without_demo") or ""
        return cls.of(
            init=config.get("init") or (),
            update=config.get("update") or (),
            demo=config.get("demo") or (),
            without_demo=unwanted.split(",") if isinstance(unwanted, str) and unwanted else unwanted,
        )

    def __bool__(self) -> bool:
        return bool(self.init or self.update)

    def installing(self, *modules: str) -> InstallRequest:
        """Return this request with more modules to install."""
        return replace(self, init=self.init | set(modules))

    def with_all_demo(self) -> InstallRequest:
        """Return this request with demonstration data for every new module."""
        return replace(self, demo=frozenset([ALL]))

    def wants_demo(self, name: str) -> bool | None:
        """Tell whether a new module gets demonstration data; ``None`` leaves it to the modules it depends on."""
        if {ALL, name} & self.without_demo:
            return False
        return True if {ALL, name} & self.demo else None

    def wants_tests(self, name: str) -> bool:
        """Tell whether the tests of a module run when it is installed or updated while tests are enabled."""
        return self.tested is None or name in self.tested
