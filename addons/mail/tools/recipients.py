"""The addresses of an incoming e-mail, and which aliases they are."""

from dataclasses import dataclass


def _local(address):
    """Return the part of an address before the at sign."""
    return address.rpartition("@")[0]


def _domain(address):
    """Return the part of an address behind the at sign."""
    return address.rpartition("@")[2]


@dataclass
class GatewayRecipients:
    """Addresses in normal form.

    ``to`` are those the e-mail is for, ``every`` all of it. ``catchalls`` are the addresses of domains for answers.
    Where ``allowed`` has domains, aliases that count with any domain count with these only.
    """

    to: list
    every: list
    catchalls: frozenset = frozenset()
    allowed: frozenset = frozenset()

    @property
    def only_catchall(self):
        """Tell whether the e-mail is for nobody but domains."""
        return bool(self.to) and self.catchalls.issuperset(self.to)

    @property
    def has_catchall(self):
        """Tell whether the e-mail is for a domain."""
        return not self.catchalls.isdisjoint(self.to)

    def _locals(self, addresses):
        """Return names that count with any domain."""
        return [_local(one) for one in addresses if not self.allowed or _domain(one) in self.allowed]

    def domain(self, addresses):
        """Return the search domain of the aliases that addresses are."""
        return [
            "|",
            ("alias_full_name", "in", list(addresses)),
            "&",
            ("alias_name", "in", self._locals(addresses)),
            ("alias_incoming_local", "=", True),
        ]

    def without_tags(self):
        """Return the addresses without what stands behind a plus sign, those that have it only."""
        return [f"{_local(one).partition('+')[0]}@{_domain(one)}" for one in self.every if "+" in _local(one)[1:]]

    def keep(self, aliases):
        """Forget the addresses that are none of some aliases."""
        full = set(aliases.mapped("alias_full_name"))
        local = set(aliases.filtered("alias_incoming_local").mapped("alias_name"))
        self.every = [one for one in self.every if one in full or _local(one) in local]
