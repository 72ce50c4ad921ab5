"""``ir.rule``: which records of a model a user may work with."""

import logging
import warnings

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.osv import expression
from odoo.tools import SQL, ormcache
from odoo.tools import safe_eval as safe_eval_module
from odoo.tools.safe_eval import safe_eval
from odoo.tools.translate import _

_logger = logging.getLogger(__name__)


class IrRule(models.Model):
    """A condition on the records that members of some groups, or everybody, may work with."""

    _name = "ir.rule"
    _description = "Record Rule"
    _order = "model_id DESC,id"
    _allow_sudo_commands = False

    #: permissions that rules restrict
    _MODES = ("read", "write", "create", "unlink")

    name = fields.Char(index=True)
    active = fields.Boolean(default=True, help="Archived rules are kept but do not count.")
    model_id = fields.Many2one("ir.model", string="Model", index=True, required=True, ondelete="cascade")
    groups = fields.Many2many("res.groups", "rule_group_rel", "rule_group_id", "group_id", ondelete="restrict")
    domain_force = fields.Text(string="Domain")
    perm_read = fields.Boolean(string="Read", default=True)
    perm_write = fields.Boolean(string="Write", default=True)
    perm_create = fields.Boolean(string="Create", default=True)
    perm_unlink = fields.Boolean(string="Delete", default=True)
    # "global" is a keyword of Python, so that it cannot be assigned to
    locals()["global"] = fields.Boolean(
        compute="_compute_global",
        store=True,
        help="The rule has no group: it holds for everybody.",
    )

    _sql_constraints = [
        (
            "no_access_rights",
            "CHECK (perm_read OR perm_write OR perm_create OR perm_unlink)",
            "A rule restricts at least one of read, write, create and delete.",
        ),
    ]

    @api.model
    def _eval_context(self):
        """Return the names that rule domains may use.

        Only scalars and the user's own data belong here: the result of a rule is cached by the values of
        :meth:`_compute_domain_keys` in the context.
        """
        # a rule reads the same of the user whatever language or filter the caller works with
        plain = self.env(context={})
        return {
            "company_id": self.env.company.id,
            "company_ids": self.env.companies.ids,
            "time": safe_eval_module.time,
            "user": plain.user,
        }

    @api.depends("groups")
    def _compute_global(self):
        """Rules without groups hold for everybody."""
        for rule in self:
            rule["global"] = not rule.groups

    @api.constrains("model_id")
    def _check_model_name(self):
        """Refuse rules on rules."""
        if self._name in self.mapped("model_id.model"):
            raise ValidationError(_("There can be no rules on record rules themselves."))

    @api.constrains("active", "domain_force", "model_id")
    def _check_domain(self):
        """Refuse domains that cannot be evaluated or do not fit the model."""
        context = self._eval_context()
        for rule in self:
            if not (rule.active and rule.domain_force) or rule.model_id.model not in self.env:
                continue
            try:
                domain = safe_eval(rule.domain_force, context)
                self.env[rule.model_id.model]._for_rules()._where_calc(domain)
            except Exception as error:
                raise ValidationError(
                    _(
                        "The domain of rule %(rule)s is not valid: %(error)s",
                        rule=rule.name,
                        error=error,
                    )
                ) from error

    def _compute_domain_keys(self):
        """Return the context keys that rule domains depend on."""
        return ["allowed_company_ids"]

    def _compute_domain_context_values(self):
        """Return an iterator of the values of the context keys that rule domains depend on, hashable."""
        values = map(self.env.context.get, self._compute_domain_keys())
        return (tuple(value) if isinstance(value, list) else value for value in values)

    def _get_failing(self, for_records, mode="read"):
        """Return the rules that keep the user from ``mode`` on ``for_records``.

        All group rules are named when no group rule admits all of the records.
        """
        for_everybody, for_groups = self._get_rules(for_records._name, mode=mode)._domains()
        failing = [rule for rule, domain in for_everybody.items() if not self._admits(for_records, domain)]
        if for_groups and not self._admits(for_records, expression.OR(for_groups.values())):
            failing.extend(for_groups)
        return self.browse(rule.id for rule in failing)

    def _admits(self, for_records, domain):
        """Tell whether the domain of rules holds for all of ``for_records``."""
        ids = set(for_records.ids)
        checked = for_records.browse().sudo().with_context(active_test=False)
        return checked.search_count(expression.AND([[("id", "in", list(ids))], domain])) >= len(ids)

    def _domains(self):
        """Return the evaluated domains of the rules: ``{rule: domain}`` of those for everybody, then of group rules."""
        names = self._eval_context()
        for_everybody, for_groups = {}, {}
        for rule in self.sudo():
            domain = safe_eval(rule.domain_force, names) if rule.domain_force else []
            kind = for_groups if rule.groups else for_everybody
            kind[rule] = expression.normalize_domain(domain)
        return for_everybody, for_groups

    def _get_rules(self, model_name, mode="read"):
        """Return the rules that concern the user for ``mode`` on a model.

        :raise ValueError: when there is no such mode
        """
        if mode not in self._MODES:
            raise ValueError(f"Invalid mode: {mode!r}")
        if self.env.su:
            return self.browse(())
        return self.browse(self._get_rule_ids(model_name, mode))

    @ormcache("self.env.uid", "model_name", "mode")
    def _get_rule_ids(self, model_name, mode):
        """Return the ids of the rules that concern the user for ``mode`` on a model, in order."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT r.id FROM ir_rule r JOIN ir_model m ON r.model_id = m.id
                WHERE m.model = %s AND r.active AND %s
                  AND (NOT EXISTS (SELECT 1 FROM rule_group_rel g WHERE g.rule_group_id = r.id)
                       OR EXISTS (SELECT 1 FROM rule_group_rel g
                                   WHERE g.rule_group_id = r.id AND g.group_id = ANY(%s)))
             ORDER BY r.id""",
                model_name,
                SQL.identifier("r", f"perm_{mode}"),
                list(self.env.user._get_group_ids()),
            )
        )
        return tuple(rule_id for [rule_id] in self.env.cr.fetchall())

    @api.model
    @ormcache("self.env.uid", "self.env.su", "model_name", "mode", "tuple(self._compute_domain_context_values())")
    def _compute_domain(self, model_name, mode="read"):
        """Return the domain of the records that the user may ``mode``, ``None`` when no rule restricts them.

        Rules without groups all hold; of those of the user's groups, one is enough. The rules of the models that
        this one delegates to hold as well.
        """
        for_everybody, for_groups = self._get_rules(model_name, mode=mode)._domains()
        conditions = [*for_everybody.values()]
        if for_groups:
            conditions.append(expression.OR(for_groups.values()))
        for parent_name, link in self.env[model_name]._inherits.items():
            if of_parent := self._compute_domain(parent_name, mode):
                conditions.append([(link, "any", of_parent)])
        return expression.AND(conditions) if conditions else None

    @api.private
    @api.model
    def domain_get(self, model_name, mode="read"):
        """Return where clause, parameters and tables for the rules; kept for old callers."""
        warnings.warn("ir.rule.domain_get() is deprecated, use _compute_domain()", DeprecationWarning, stacklevel=2)
        domain = self._compute_domain(model_name, mode)
        if not domain:
            return [], [], [SQL.identifier(self.env[model_name]._table).code]
        query = self.env[model_name].sudo().with_context(active_test=False)._where_calc(domain)
        return [query.where_clause.code], query.where_clause.params, [query.from_clause.code]

    # changes

    def _forget_domains(self):
        """Forget cached domains; what was changed under the old rules is written under them."""
        self.env.flush_all()
        self.env.registry.clear_cache()

    @api.model_create_multi
    def create(self, vals_list):
        """Add rules and forget cached ones."""
        created = super().create(vals_list)
        created._forget_domains()
        return created

    def write(self, vals):
        """Update rules and forget cached ones."""
        done = super().write(vals)
        self._forget_domains()
        return done

    def unlink(self):
        """Delete rules and forget cached ones."""
        done = super().unlink()
        self._forget_domains()
        return done

    # refusal

    def _make_access_error(self, operation, records):
        """Return the error for a user whom the rules keep from ``operation`` on ``records``.

        Who has debugging rights is told the records, the rules and the companies concerned. When one company is the
        reason and the user may work in it, the error has a ``context`` with it as ``suggested_company``.
        """
        _logger.info(
            "Record rules forbid to %s the records %r for user %s on model %s",
            operation,
            records.ids[:6],
            self.env.uid,
            records._name,
        )
        rules = self._get_failing(records, mode=operation).sudo()
        error = (not rules and self._parent_access_error(operation, records)) or self._own_access_error(
            operation, records, rules
        )
        records.invalidate_recordset()
        return error

    def _parent_access_error(self, operation, records):
        """Return the error about records that ``records`` delegate to, if the rules keep the user from those."""
        for link in records._inherits.values():
            parents = records.sudo()[link].with_env(records.env)
            if parents and self._get_failing(parents, mode=operation):
                error = self._make_access_error(operation, parents)
                way = _(
                    "They are reached through '%(model)s' (%(name)s).",
                    model=self.env["ir.model"]._get(records._name).name,
                    name=records._name,
                )
                told = AccessError(f"{error}\n\n{way}")
                told.context = getattr(error, "context", {})
                return told
        return None

    def _own_access_error(self, operation, records, rules):
        """Return the error for ``records`` that ``rules`` of their model exclude."""
        operations = {"read": _("read"), "write": _("modify"), "create": _("create"), "unlink": _("delete")}
        lines = [
            _(
                "The rules of this database do not let %(user)s %(operation)s these records of '%(model)s' (%(name)s).",
                user=self.env.user.name,
                operation=operations[operation],
                model=self.env["ir.model"]._get(records._name).name,
                name=records._name,
            )
        ]
        about_companies = any("company_id" in (rule.domain_force or "") for rule in rules)
        if self.env.user.has_group("base.group_no_one") and self.env.user._is_internal():
            lines += self._failure_details(records, rules, about_companies)
        else:
            lines.append(_("Ask an administrator if you need to."))
        companies = about_companies and records.sudo()._get_redirect_suggested_company()
        may_switch = len(companies or ()) == 1 and companies in self.env.user.company_ids
        if companies:
            lines.append(self._company_advice(companies, may_switch))
        error = AccessError("\n\n".join(lines))
        if may_switch:
            error.context = {"suggested_company": {"id": companies.id, "display_name": companies.display_name}}
        return error

    @staticmethod
    def _company_advice(companies, may_switch) -> str:
        """Return what to do about records that belong to other companies than those one works in."""
        if may_switch:
            return _("They belong to the company %s: switch to it to work with them.", companies.display_name)
        if len(companies) > 1:
            return _("They belong to several companies: switching to another one may help.")
        return _("They belong to a company that you may not work in.")

    def _failure_details(self, records, rules, with_company):
        """Return paragraphs that name the records and the rules that exclude them.

        :param with_company: name the companies of the records as well
        """
        with_company = with_company and "company_id" in records._fields
        names = [
            f"- {record.display_name} (id={record.id}"
            + (f", company={record.company_id.display_name})" if with_company and record.company_id else ")")
            for record in records.sudo()[:6]
        ]
        return [
            _("Records:\n%s", "\n".join(names)),
            _("Rules:\n%s", "\n".join(f"- {rule.name}" for rule in rules)),
        ]
