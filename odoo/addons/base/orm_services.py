"""What the ORM asks of this addon: its services, see :mod:`odoo.orm.services`.

Each asks the method of a model that does the work, so that other addons change the answer by overriding that method.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odoo.orm import services

if TYPE_CHECKING:
    from collections.abc import Sequence

    from odoo.api import Environment
    from odoo.exceptions import AccessError
    from odoo.models import BaseModel


class Access:
    """Access rights of groups and record rules."""

    def allows(self, model: BaseModel, operation: str) -> bool:
        """Tell whether the access rights of the user's groups include ``operation``."""
        return model.env["ir.model.access"].check(model._name, operation, raise_exception=False)

    def domain(self, model: BaseModel, operation: str) -> list | None:
        """Return the domain of the record rules."""
        return model.env["ir.rule"]._compute_domain(model._name, operation)

    def model_refusal(self, model: BaseModel, operation: str) -> AccessError:
        """Return the error that names the groups whose members may."""
        return model.env["ir.model.access"]._make_access_error(model._name, operation)

    def records_refusal(self, records: BaseModel, operation: str) -> AccessError:
        """Return the error that names the rules, for those who may know them."""
        return records.env["ir.rule"]._make_access_error(operation, records)


class Accounts:
    """Users and companies."""

    def user(self, env: Environment) -> Any:
        """Return the user, readable without access rights."""
        return env(su=True)["res.users"].browse(env.uid)

    def companies(self, env: Environment, ids: Sequence[int]) -> Any:
        """Return the companies."""
        return env["res.company"].browse(ids)


services.register(
    "base",
    services.Services(
        access=Access(),
        accounts=Accounts(),
    ),
)
