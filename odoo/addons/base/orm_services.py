"""What the ORM asks of this addon: its services, see :mod:`odoo.orm.services`.

Each asks the method of a model that does the work, so that other addons change the answer by overriding that method.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal

from odoo import sql
from odoo.orm import services
from odoo.orm.model_class import setup_base
from odoo.sql import SQL
from odoo.tools import clean_context

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from odoo.api import Environment
    from odoo.exceptions import AccessError
    from odoo.fields import Field
    from odoo.models import BaseModel

#: what opens an attachment beside the record that it belongs to
WITHOUT_OWN_DOORS = {"access_token": False, "public": False, "url": False}


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

    def may_export(self, env: Environment) -> bool:
        """Tell whether the user is in the group of those who may."""
        return env.user.has_group("base.group_allow_export")

    def may_write_any_html(self, env: Environment) -> bool:
        """Tell whether the user is in the group of those who may."""
        return env.user.has_group("base.group_sanitize_override")


class Accounts:
    """Users and companies."""

    def user(self, env: Environment) -> Any:
        """Return the user, readable without access rights."""
        return env(su=True)["res.users"].browse(env.uid)

    def companies(self, env: Environment, ids: Sequence[int]) -> Any:
        """Return the companies."""
        return env["res.company"].browse(ids)


class Attachments:
    """Attachments of records, whoever may see them: the rights of the records count."""

    def _of(self, records: BaseModel, field_name: str) -> Any:
        """Return the attachments that hold a field of ``records``."""
        about = [("res_model", "=", records._name), ("res_field", "=", field_name), ("res_id", "in", records.ids)]
        return records.env["ir.attachment"].sudo().search(about)

    def contents(self, records: BaseModel, field_name: str) -> dict[int, bytes | None]:
        """Return what the attachments hold."""
        attachments = self._of(records, field_name).with_context(bin_size=False)
        return {attachment.res_id: attachment.datas or None for attachment in attachments}

    def sizes(self, records: BaseModel, field_name: str) -> dict[int, int]:
        """Return the sizes of the attachments' files."""
        return {attachment.res_id: attachment.file_size for attachment in self._of(records, field_name)}

    def holders(self, model: BaseModel, field_name: str) -> SQL:
        """Return the query for what the attachments belong to."""
        return SQL(
            "(SELECT res_id FROM ir_attachment WHERE res_model = %s AND res_field = %s)", model._name, field_name
        )

    def add(self, model: BaseModel, field_name: str, contents: Mapping[int, bytes]) -> None:
        """Make an attachment for each record: with the rights of the record, so without anybody's defaults."""
        model.env["ir.attachment"].sudo().with_context(clean_context(model.env.context)).create(
            [
                {
                    "name": field_name,
                    "res_model": model._name,
                    "res_field": field_name,
                    "res_id": id_,
                    "type": "binary",
                    "datas": datas,
                    **WITHOUT_OWN_DOORS,
                }
                for id_, datas in contents.items()
            ]
        )

    def replace(self, records: BaseModel, field_name: str, contents: bytes | None) -> None:
        """Write, make or delete the attachments."""
        attachments = self._of(records, field_name)
        if not contents:
            attachments.unlink()
            return
        attachments.write({"datas": contents})
        known = set(attachments.mapped("res_id"))
        self.add(records, field_name, {id_: contents for id_ in records._ids if id_ not in known})

    def forget(self, records: BaseModel) -> None:
        """Delete attachments, those of fields and those that people added."""
        owner = [("res_model", "=", records._name), ("res_id", "in", records.ids)]
        domain = [*owner, "|", ("res_field", "=", False), ("res_field", "!=", False)]
        records.env["ir.attachment"].sudo().with_context({}).search(domain).unlink()

    def serves(self, model: BaseModel) -> bool:
        """Tell whether these are attachments: what they are served as is up to the rights of their user."""
        return model._name == "ir.attachment"


class Defaults:
    """Defaults that users and administrators set."""

    def of_model(self, model: BaseModel, condition: str | Literal[False] = False) -> dict[str, Any]:
        """Return the defaults, the user's own before the company's before everybody's."""
        return model.env["ir.default"]._get_model_defaults(model._name, condition)

    def of_companies(self, model: BaseModel, field_name: str) -> str:
        """Return the defaults of all companies."""
        return model.env["ir.default"]._get_field_column_fallbacks(model._name, field_name)

    def forget(self, records: BaseModel) -> None:
        """Delete defaults."""
        records.env["ir.default"].sudo().discard_records(records)


class ExternalIds:
    """The names that data files gave."""

    def find(self, env: Environment, xml_id: str, must_exist: bool) -> tuple[str, int] | None:
        """Look the name up."""
        model_name, res_id = env["ir.model.data"]._xmlid_to_res_model_res_id(xml_id, raise_if_not_found=must_exist)
        return (model_name, res_id) if model_name and res_id else None

    def look_up(self, model: BaseModel, xml_ids: Sequence[str]) -> dict[str, services.NamedRecord]:
        """Look names up, and whether there are records with their ids."""
        rows = model.env["ir.model.data"].sudo()._lookup_xmlids(xml_ids, model)
        return {
            f"{module}.{name}": services.NamedRecord(line, model_name, res_id, noupdate, bool(found))
            for line, module, name, model_name, res_id, noupdate, found in rows
        }

    def of_records(self, records: BaseModel) -> dict[int, list[dict[str, Any]]]:
        """Return the names, whoever may read them."""
        known: dict[int, list] = defaultdict(list)
        domain = [("model", "=", records._name), ("res_id", "in", records.ids)]
        lines = records.env["ir.model.data"].sudo()
        for line in lines.search_read(domain, ["res_id", "module", "name", "noupdate"], order="id"):
            known[line["res_id"]].append({"xmlid": f"{line['module']}.{line['name']}", "noupdate": line["noupdate"]})
        return known

    def add(self, model: BaseModel, names: Mapping[int, str]) -> None:
        """Make records of the names."""
        lines = model.env["ir.model.data"]
        vals_list = []
        for id_, xml_id in names.items():
            module, _dot, name = xml_id.partition(".")
            vals_list.append({"module": module, "name": name, "model": model._name, "res_id": id_})
        lines.sudo().create(vals_list)
        lines.invalidate_model()

    def assign(self, model: BaseModel, entries: Sequence[Mapping[str, Any]], update: bool) -> None:
        """Make or change the records of names."""
        model.env["ir.model.data"].sudo()._update_xmlids(entries, update)

    def remove(self, model: BaseModel, named: services.NamedRecord) -> None:
        """Delete the record of a name."""
        model.env["ir.model.data"].sudo().browse(named.line).unlink()

    def forget(self, records: BaseModel) -> None:
        """Delete the records of names."""
        domain = [("model", "=", records._name), ("res_id", "in", records.ids)]
        records.env["ir.model.data"].sudo().with_context({}).search(domain).unlink()


class Imports:
    """Texts as the converter of fields takes them."""

    def converter(self, model: BaseModel) -> Callable[[dict, Callable[[str, Exception], None]], dict[str, Any]]:
        """Return the converter for a model."""
        return model.env["ir.fields.converter"].for_model(model)


class Languages:
    """The languages that were activated."""

    def is_active(self, env: Environment, code: str) -> bool:
        """Tell whether there is an active language with the code."""
        return bool(env(context={})["res.lang"]._get_data(code=code))

    def codes(self, env: Environment) -> Sequence[str]:
        """Return the codes of the active languages."""
        return [code for code, _name in env["res.lang"].get_installed()]


class Parameters:
    """System parameters."""

    def get(self, env: Environment, name: str) -> str | Literal[False]:
        """Return a parameter."""
        return env["ir.config_parameter"].sudo().get_param(name)


class Texts:
    """Labels and help texts as the models of models have them, translated or changed."""

    def label(self, env: Environment, field: Field) -> str | None:
        """Return the label."""
        return self._texts(env, field)[0]

    def help(self, env: Environment, field: Field) -> str | None:
        """Return the help text."""
        return self._texts(env, field)[1]

    @staticmethod
    def _texts(env, field):
        return env["ir.model.fields"]._get_texts(field.base_field.model_name).get(field.name) or (None, None)

    def options(self, env: Environment, field: Field) -> Sequence[tuple[str, str]]:
        """Return the options."""
        return env["ir.model.fields"].get_field_selection(field.model_name, field.name) or ()

    def refusal(self, model: BaseModel, constraint: str) -> str | None:
        """Return the message of the constraint, of the last module that describes it."""
        return model.env["ir.model.constraint"]._message_of(model._name, constraint)


#: models that describe models -> the method that does, in the order in which they refer to each other
_REFLECTIONS = {
    "ir.model": "_reflect_models",
    "ir.model.fields": "_reflect_fields",
    "ir.model.fields.selection": "_reflect_selections",
    "ir.model.constraint": "_reflect_constraints",
    "ir.model.inherit": "_reflect_inherits",
    "ir.model.relation": "_reflect_model_relations",
}


class Reflection:
    """The models of models; before they have tables, while this addon is being installed, nothing is in them."""

    def add_models(self, env: Environment) -> None:
        """Add custom models."""
        if not sql.table_exists(env.cr, "ir_model"):
            return
        models = env.registry.models
        # the models that read them must be usable first
        for name in ("base", *(name for name in models if name.startswith("ir.model"))):
            if not models[name]._fields:
                setup_base(models[name])
        env["ir.model"]._add_manual_models()

    def add_fields(self, env: Environment) -> None:
        """Add custom fields."""
        if sql.table_exists(env.cr, "ir_model_fields"):
            for model in env.values():
                env["ir.model.fields"]._add_manual_fields(model)

    def describe_models(self, env: Environment, model_names: Sequence[str]) -> None:
        """Update the records that stand for the models and what belongs to them."""
        if sql.table_exists(env.cr, "ir_model"):
            for reflection, method in _REFLECTIONS.items():
                getattr(env[reflection], method)(model_names)

    def describe_foreign_keys(self, added: Sequence[tuple[BaseModel, str, str]]) -> None:
        """Make a record of each foreign key, which is deleted along with the module."""
        env = added[0][0].env
        env["ir.model.constraint"]._reflect_each([(model, name, "f", None, module) for model, name, module in added])


services.register(
    "base",
    services.Services(
        access=Access(),
        accounts=Accounts(),
        attachments=Attachments(),
        defaults=Defaults(),
        external_ids=ExternalIds(),
        imports=Imports(),
        languages=Languages(),
        parameters=Parameters(),
        reflection=Reflection(),
        texts=Texts(),
    ),
)
