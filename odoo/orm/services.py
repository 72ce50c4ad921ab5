"""What the ORM asks of the addon that has the users, rules, defaults, languages, ... of a database.

The ORM knows no model by name. Where it needs one of an addon it asks a *service*: an object with the methods of one of
the protocols below. An addon gives its services to the ORM with :func:`register`, and a registry uses those of the
modules that were loaded into it; before, and without such an addon, those of :mod:`~odoo.orm.bare_services` answer.

Services keep nothing: one object serves all registries. Where a method takes ``model``, its records do not matter, only
what they are records of and their environment, in which the method works.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from . import bare_services as bare

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from odoo.exceptions import AccessError
    from odoo.sql import SQL

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
    "NamedRecord",
    "Parameters",
    "Reflection",
    "Services",
    "Texts",
    "register",
    "registered",
]


class Access(Protocol):
    """Rights: who may do what, with a model at all and with which of its records.

    ``operation`` is one of ``read``, ``write``, ``create``, ``unlink``. Superuser mode is not asked about: it may
    everything.
    """

    def allows(self, model: BaseModel, operation: str) -> bool:
        """Tell whether the user may do ``operation`` with records of the model, as far as rules let them."""

    def domain(self, model: BaseModel, operation: str) -> list | None:
        """Return the domain of the records with which the rules let the user do ``operation``; none for all of them.

        It is asked at every search and read: the answer has to be known after the first time.
        """

    def model_refusal(self, model: BaseModel, operation: str) -> AccessError:
        """Return the error for a user who may not do ``operation`` with the model."""

    def records_refusal(self, records: BaseModel, operation: str) -> AccessError:
        """Return the error for a user whom the rules keep from ``operation`` with ``records``."""

    def may_export(self, env: Environment) -> bool:
        """Tell whether the user, who is no administrator, may take data away in bulk."""

    def may_write_any_html(self, env: Environment) -> bool:
        """Tell whether the user's texts are kept as they are in fields that let some do without sanitising."""


class Accounts(Protocol):
    """Who acts: users and their companies."""

    def user(self, env: Environment) -> Any:
        """Return the record of the acting user, in superuser mode.

        The ORM reads ``tz``, ``company_id`` and ``company_ids`` of it, and calls ``_get_company_ids()``,
        ``has_groups(groups)``, ``_is_admin()``, ``_is_internal()``, ``_is_superuser()`` and ``_is_system()``.
        """

    def companies(self, env: Environment, ids: Sequence[int]) -> Any:
        """Return the companies with the given ids in the environment; ``parent_ids`` are those above and themselves."""


class Attachments(Protocol):
    """Contents of binary fields that are kept beside the table, in base64."""

    def contents(self, records: BaseModel, field_name: str) -> dict[int, bytes | None]:
        """Return ``{record id: contents}``, without the records that have none or with nothing for them."""

    def sizes(self, records: BaseModel, field_name: str) -> dict[int, int]:
        """Return ``{record id: number of bytes}`` of those ``records`` that have contents."""

    def holders(self, model: BaseModel, field_name: str) -> SQL:
        """Return a query in parentheses for the ids of all records that have contents."""

    def add(self, model: BaseModel, field_name: str, contents: Mapping[int, bytes]) -> None:
        """Keep contents of records without any.

        :param contents: ``{record id: contents}``
        :raise UserError: when contents cannot be kept
        """

    def replace(self, records: BaseModel, field_name: str, contents: bytes | None) -> None:
        """Have all ``records`` have the same contents, or none.

        :raise UserError: when contents cannot be kept
        """

    def forget(self, records: BaseModel) -> None:
        """Delete what is kept of ``records``, which were deleted: contents, and whatever else is attached to them."""

    def serves(self, model: BaseModel) -> bool:
        """Tell whether records of the model are what contents are kept in, and watched over when they are served."""


class Defaults(Protocol):
    """The values that people set for fields of new records, and for companies without a value of their own."""

    def of_model(self, model: BaseModel, condition: str | Literal[False] = False) -> dict[str, Any]:
        """Return the defaults that hold for the user and the current company: ``{field name: value as JSON has it}``.

        It is asked whenever a record is created: the answer has to be known after the first time.

        :param condition: return those for records with this value instead, given as ``field=value``
        """

    def of_companies(self, model: BaseModel, field_name: str) -> str:
        """Return what companies fall back on in a company-dependent field, as the text of a JSON object.

        Its keys are the ids of the companies, its values such as the column has.
        """

    def forget(self, records: BaseModel) -> None:
        """Delete the defaults that are one of ``records``, which were deleted."""


class ExternalIds(Protocol):
    """Names of records, ``module.name``, that data files and code use."""

    def find(self, env: Environment, xml_id: str, must_exist: bool) -> tuple[str, int] | None:
        """Return ``(model name, id)`` of what an external id names, which may be gone.

        :raise ValueError: when there is no such external id, if ``must_exist``
        """

    def look_up(self, model: BaseModel, xml_ids: Sequence[str]) -> dict[str, NamedRecord]:
        """Return ``{external id: what it names}`` of those ``xml_ids`` that there are.

        :param model: model that the records should be of
        """

    def of_records(self, records: BaseModel) -> dict[int, list[dict[str, Any]]]:
        """Return the external ids of those ``records`` that have some, the oldest first.

        :return: ``{record id: [{"xmlid": "module.name", "noupdate": whether updates leave the record alone}]}``
        """

    def add(self, model: BaseModel, names: Mapping[int, str]) -> None:
        """Name records.

        :param names: ``{record id: external id}``
        """

    def assign(self, model: BaseModel, entries: Sequence[Mapping[str, Any]], update: bool) -> None:
        """Have external ids name records, whatever they named before.

        :param entries: ``{"xml_id": "module.name", "record": record of any model, "noupdate": bool}``
        :param update: leave those external ids alone that are marked ``noupdate``
        """

    def remove(self, model: BaseModel, named: NamedRecord) -> None:
        """Delete an external id that was looked up."""

    def forget(self, records: BaseModel) -> None:
        """Delete the external ids of ``records``, which were deleted."""


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """What an external id names.

    :param line: id of the record that stands for the external id
    :param model_name: model of the record that is named
    :param id: id of that record
    :param noupdate: whether updates leave the record alone
    :param exists: whether the record exists, when it is of the model that it should be of
    """

    line: int
    model_name: str
    id: int
    noupdate: bool
    exists: bool


class Imports(Protocol):
    """What the texts of files mean."""

    def converter(self, model: BaseModel) -> Callable[[dict, Callable[[str, Exception], None]], dict[str, Any]]:
        """Return the function that converts the texts of a record for ``model``.

        It takes ``{field name: text, or lines}`` and returns ``{field name: value to write}``; for each problem it
        calls the function that it takes too, with the field's name and an exception, which may be a warning.
        """


class Languages(Protocol):
    """The languages of the database, beside the one that the code is written in, which is always there."""

    def is_active(self, env: Environment, code: str) -> bool:
        """Tell whether people may use the language with a code like ``de_DE``."""

    def codes(self, env: Environment) -> Sequence[str]:
        """Return the codes of all languages that people may use."""


class Parameters(Protocol):
    """Settings of the database."""

    def get(self, env: Environment, name: str) -> str | Literal[False]:
        """Return the value of a setting, whatever the user may read, ``False`` where there is none."""


class Texts(Protocol):
    """What the people of a database call fields and options, or read of constraints, in the environment's language."""

    def label(self, env: Environment, field: Field) -> str | None:
        """Return the label of a field, none for that of its definition."""

    def help(self, env: Environment, field: Field) -> str | None:
        """Return the help text of a field, none for that of its definition."""

    def options(self, env: Environment, field: Field) -> Sequence[tuple[str, str]]:
        """Return ``(value, label)`` of options of a selection field, at least of those that are called otherwise."""

    def refusal(self, model: BaseModel, constraint: str) -> str | None:
        """Return what a violated constraint of the model's table means, none for the message of its definition."""


class Reflection(Protocol):
    """Models as records: those of the code are described by some, and others stand for models and fields."""

    def add_models(self, env: Environment) -> None:
        """Add the models that people defined to the registry, which has those of the code, all without fields yet."""

    def add_fields(self, env: Environment) -> None:
        """Add the fields that people defined to the models, which have those of the code, none set up yet.

        A field that cannot be added is one that the registry is told to leave out.
        """

    def describe_models(self, env: Environment, model_names: Sequence[str]) -> None:
        """Bring the records that describe models, their fields, options and constraints up to date with the code.

        :param env: the context names the module that is being loaded, if any, as ``module``
        """

    def describe_foreign_keys(self, added: Sequence[tuple[BaseModel, str, str]]) -> None:
        """Describe foreign keys that were added to the tables of models.

        :param added: for each the model, what it is called in the database, and the module that it is for
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """A service for each protocol; what is not given is answered as without any addon."""

    access: Access = field(default_factory=bare.Access)
    accounts: Accounts = field(default_factory=bare.Accounts)
    attachments: Attachments = field(default_factory=bare.Attachments)
    defaults: Defaults = field(default_factory=bare.Defaults)
    external_ids: ExternalIds = field(default_factory=bare.ExternalIds)
    imports: Imports = field(default_factory=bare.Imports)
    languages: Languages = field(default_factory=bare.Languages)
    parameters: Parameters = field(default_factory=bare.Parameters)
    reflection: Reflection = field(default_factory=bare.Reflection)
    texts: Texts = field(default_factory=bare.Texts)


_registered: dict[str, Services] = {}


def register(module: str, services: Services) -> None:
    """Have the registries that the module ``module`` is loaded into use ``services``, until a later one brings others.

    An addon does this when it is imported.
    """
    _registered[module] = services


def registered(module: str) -> Services | None:
    """Return the services that a module brings."""
    return _registered.get(module)
