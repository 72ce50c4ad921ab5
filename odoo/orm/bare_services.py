"""What the services answer where no addon does: only the superuser, no rules, no defaults, one language.

With them the models of a registry can be used that has none of users, rules and the like. See
:mod:`~odoo.orm.services` for what the methods are asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from odoo.exceptions import AccessError, UserError
from odoo.sql import SQL

from .names import SUPERUSER_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .base_model import BaseModel
    from .environment import Environment
    from .fields.base import Field

__all__ = [
    "Access",
    "Accounts",
    "Attachments",
    "Defaults",
    "ExternalIds",
    "Imports",
    "Languages",
    "Parameters",
    "Reflection",
    "Texts",
]


class Access:
    """Nobody but the superuser may do anything."""

    def allows(self, model: BaseModel, operation: str) -> bool:
        """Tell that the user may not: there is nothing that would allow it."""
        return False

    def domain(self, model: BaseModel, operation: str) -> list | None:
        """Return that there is no rule."""
        return None

    def model_refusal(self, model: BaseModel, operation: str) -> AccessError:
        """Return the error for a user, who may not do anything."""
        return AccessError(
            f"User {model.env.uid} may not {operation} records of {model._name}: this database has no access rights."
        )

    def records_refusal(self, records: BaseModel, operation: str) -> AccessError:
        """Return the error for records, which there is no rule to keep anybody from."""
        return self.model_refusal(records, operation)

    def may_export(self, env: Environment) -> bool:
        """Tell that the user may not."""
        return False

    def may_write_any_html(self, env: Environment) -> bool:
        """Tell that nobody's texts are kept as they are."""
        return False


class Accounts:
    """There are no users and companies."""

    def user(self, env: Environment) -> Nobody:
        """Return somebody without a name, a company and groups."""
        return Nobody(env)

    def companies(self, env: Environment, ids: Sequence[int]) -> Any:
        """Return no companies."""
        return env["base"]


class Nobody:
    """What stands for the record of a user where there are none."""

    tz = False

    def __init__(self, env: Environment) -> None:
        self.id = env.uid
        self.company_id = self.company_ids = env["base"]

    def _get_company_ids(self) -> tuple[int, ...]:
        return ()

    def has_groups(self, group_spec: str) -> bool:
        """Tell that the user is in no group."""
        return False

    def _is_superuser(self) -> bool:
        return self.id == SUPERUSER_ID

    _is_admin = _is_internal = _is_system = _is_superuser


class Attachments:
    """There is nothing that contents could be kept in."""

    def contents(self, records: BaseModel, field_name: str) -> dict[int, bytes | None]:
        """Return that no record has any."""
        return {}

    def sizes(self, records: BaseModel, field_name: str) -> dict[int, int]:
        """Return that no record has contents."""
        return {}

    def holders(self, model: BaseModel, field_name: str) -> SQL:
        """Return a query without rows."""
        return SQL("(SELECT NULL::int4 WHERE FALSE)")

    def add(self, model: BaseModel, field_name: str, contents: Mapping[int, bytes]) -> None:
        """Refuse contents, as they would be lost."""
        if contents:
            raise UserError(
                f"{model._name}.{field_name} keeps contents in attachments, which this database does not have."
            )

    def replace(self, records: BaseModel, field_name: str, contents: bytes | None) -> None:
        """Refuse contents; there are none to delete."""
        if contents:
            self.add(records, field_name, dict.fromkeys(records.ids, contents))

    def forget(self, records: BaseModel) -> None:
        """Do nothing: there is nothing."""

    def serves(self, model: BaseModel) -> bool:
        """Tell that the model is another one."""
        return False


class Defaults:
    """Nobody set a default."""

    def of_model(self, model: BaseModel, condition: str | Literal[False] = False) -> dict[str, Any]:
        """Return no defaults."""
        return {}

    def of_companies(self, model: BaseModel, field_name: str) -> str:
        """Return an object without any company."""
        return "{}"

    def forget(self, records: BaseModel) -> None:
        """Do nothing: there is no default."""


class ExternalIds:
    """Nothing has a name."""

    def find(self, env: Environment, xml_id: str, must_exist: bool) -> tuple[str, int] | None:
        """Return nothing, or refuse to."""
        if must_exist:
            raise ValueError(f"There is no record {xml_id}: this database has no external ids.")
        return None

    def look_up(self, model: BaseModel, xml_ids: Sequence[str]) -> dict:
        """Return that no name names anything."""
        return {}

    def of_records(self, records: BaseModel) -> dict[int, list[dict[str, Any]]]:
        """Return that no record has a name."""
        return {}

    def add(self, model: BaseModel, names: Mapping[int, str]) -> None:
        """Refuse names, as they would be lost."""
        if names:
            raise UserError(f"{next(iter(names.values()))} cannot be named: this database has no external ids.")

    def assign(self, model: BaseModel, entries: Sequence[Mapping[str, Any]], update: bool) -> None:
        """Refuse names, as they would be lost."""
        self.add(model, {entry["record"].id: entry["xml_id"] for entry in entries})

    def remove(self, model: BaseModel, named: Any) -> None:
        """Do nothing: there is no name."""

    def forget(self, records: BaseModel) -> None:
        """Do nothing: there is no name."""


class Imports:
    """Nothing tells what the texts of files mean."""

    def converter(self, model: BaseModel) -> Callable[[dict, Callable[[str, Exception], None]], dict[str, Any]]:
        """Refuse to convert anything."""
        raise UserError(f"No records of {model._name} can be imported: this database does not read files.")


class Languages:
    """There is no language but the one that the code is written in."""

    def is_active(self, env: Environment, code: str) -> bool:
        """Tell that the language is not there."""
        return False

    def codes(self, env: Environment) -> Sequence[str]:
        """Return the code of that one language."""
        return ("en_US",)


class Parameters:
    """Nothing is set."""

    def get(self, env: Environment, name: str) -> str | Literal[False]:
        """Return no value."""
        return False


class Texts:
    """Fields and options are called what their definitions call them."""

    def label(self, env: Environment, field: Field) -> str | None:
        """Return no other label."""
        return None

    def help(self, env: Environment, field: Field) -> str | None:
        """Return no other help text."""
        return None

    def options(self, env: Environment, field: Field) -> Sequence[tuple[str, str]]:
        """Return no other labels."""
        return ()

    def refusal(self, model: BaseModel, constraint: str) -> str | None:
        """Return no other message."""
        return None


class Reflection:
    """Models are nowhere but in the code."""

    def add_models(self, env: Environment) -> None:
        """Add nothing."""

    def add_fields(self, env: Environment) -> None:
        """Add nothing."""

    def describe_models(self, env: Environment, model_names: Sequence[str]) -> None:
        """Describe nothing."""

    def describe_foreign_keys(self, added: Sequence[tuple[BaseModel, str, str]]) -> None:
        """Describe nothing."""
