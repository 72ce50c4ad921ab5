"""The ORM asks services: it names nothing of the addon that answers."""

import ast
import re
from pathlib import Path

from odoo import api, fields, models
from odoo.addons.base import orm_services
from odoo.orm import services

ROOT = Path(__file__).parents[2]

#: names of models, tables and records of base
OF_BASE = re.compile(r"\b(ir|res)[._][a-z]|^base\.[a-z]")

#: those that the ORM has, each with the reason; this list may only become shorter
NAMED = {
    "odoo/orm/names.py: res.users": "every table has columns that refer to who made and changed a record",
}


def texts(tree):
    """Yield the texts of a module, those of f-strings too, without docstrings."""
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and node.body
        if isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            yield node.value


def test_the_orm_names_nothing_of_base():
    named = {
        f"{path.relative_to(ROOT).as_posix()}: {text}"
        for path in sorted((ROOT / "odoo" / "orm").rglob("*.py"))
        for text in texts(ast.parse(path.read_text(encoding="utf-8")))
        if OF_BASE.search(text)
    }
    assert named == set(NAMED)


def test_a_registry_uses_the_services_of_its_modules(setup):
    class Nothing(models.Model):
        _module = None
        _name = "test_services.nothing"
        _description = "Nothing"

    env = setup(Nothing)
    assert env.registry.services is services.registered("base")
    assert isinstance(env.registry.services.access, orm_services.Access)


def test_overrides_of_what_answers_count(setup):
    class Rule(models.Model):
        _module = None
        _name = "ir.rule"
        _inherit = "ir.rule"

        @api.model
        def _compute_domain(self, model_name, mode="read"):
            if model_name == "res.country":
                return [("code", "=", "BE")]
            return super()._compute_domain(model_name, mode)

    env = setup(Rule)
    user = env["res.users"].create({"name": "U", "login": "test_services"})
    assert env["res.country"].with_user(user).search([]).mapped("code") == ["BE"]


def test_a_field_of_companies_refers_to_what_belongs_to_the_company_itself(setup):
    class Company(models.Model):
        _module = None
        _name = "res.company"
        _inherit = "res.company"

        clerk_id = fields.Many2one("res.users", check_company=True)

    env = setup(Company)
    domain = env["res.company"].fields_get(["clerk_id"])["clerk_id"]["domain"]
    assert domain.startswith("[('company_ids', 'in', id)]")
