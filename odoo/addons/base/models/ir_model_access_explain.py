"""Why a user may, or may not, do something with the records of a model."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL
from odoo.tools.translate import _

from .ir_model_access import MODES


class IrModelAccess(models.Model):
    """Permissions explain themselves."""

    _inherit = "ir.model.access"

    @api.model
    def explain_access(self, model_name, res_id=False, user_id=False):
        """Tell which permissions and which rules let a user work with a model, or with one of its records.

        Employees may ask about themselves, who has the settings about everybody; nobody else may ask, and domains
        of rules are told to those only who may read them.

        :param str model_name: a model with records
        :param int res_id: id of a record, ``False`` to ask about the model
        :param int user_id: id of the user, by default the one who asks
        :return: dictionary with the ``model`` and its ``model_name``, ``res_id``, the ``user`` as id and name,
            ``is_superuser``, and for each of the ``operations``: ``operation``; ``allowed``; ``access``: permissions
            that there are for it, each with ``id``, ``name``, ``group`` (``False``: everybody) and whether it
            ``applies`` to the user; ``rules``, the record rules that concern the user, see :meth:`_explain_rules`;
            ``by_code``, whether neither explains what the model itself refuses
        :raise AccessError: the one who asks may not
        :raise UserError: there is no such model, record or user
        """
        user = self._explained_user(user_id)
        records = self._explained_records(model_name, res_id).with_user(user)
        return {
            "model": model_name,
            "model_name": self.env["ir.model"]._get(model_name).name,
            "res_id": res_id or False,
            "user": [user.id, user.name],
            "is_superuser": records.env.su,
            "operations": [self._explain_operation(records, operation) for operation in MODES],
        }

    def _explained_user(self, user_id):
        """Return the user to explain, if the current one may ask about him."""
        asking = self.env.user
        if not (self.env.su or asking._is_internal()):
            raise AccessError(_("Only employees can ask for an explanation of access rights."))
        if not user_id or user_id == asking.id:
            return asking
        if not (self.env.su or asking._is_system()):
            raise AccessError(_("Only administrators can ask for the access rights of another user."))
        user = isinstance(user_id, int) and asking.browse(user_id).exists()
        if not user:
            raise UserError(_("There is no user with the id %s.", user_id))
        return user

    def _explained_records(self, model_name, res_id):
        """Return the record, or the empty recordset of the model."""
        records = self.env.get(model_name) if isinstance(model_name, str) else None
        if records is None or records._abstract:
            raise UserError(_("There is no model %s whose records could be accessed.", model_name))
        if not res_id:
            return records
        record = isinstance(res_id, int) and records.browse(res_id).exists()
        if not record:
            raise UserError(_("There is no record of %(model)s with the id %(id)s.", model=model_name, id=res_id))
        return record

    def _explain_operation(self, records, operation):
        """Return the explanation of one operation, see :meth:`explain_access`."""
        access = self._explain_permissions(records, operation)
        rules = [] if records.env.su else self._explain_rules(records, operation)
        # with a rule that cannot be evaluated nothing can be accessed
        allowed = not any("error" in rule for rule in rules) and records.has_access(operation)
        is_permitted = records.env.su or any(permission["applies"] for permission in access)
        return {
            "operation": operation,
            "allowed": allowed,
            "access": access,
            "rules": rules,
            "by_code": is_permitted and not allowed and not self._is_excluded(rules),
        }

    def _is_excluded(self, rules):
        """Tell whether rules, as they are explained, keep the user from the record."""
        of_models = {}
        for rule in rules:
            of_models.setdefault(rule["model"], []).append(rule)
        for own in of_models.values():
            of_groups = [rule["admits"] for rule in own if not rule["is_global"]]
            if (of_groups and not any(of_groups)) or any(not rule["admits"] for rule in own if rule["is_global"]):
                return True
        return False

    def _explain_permissions(self, records, operation):
        """Return the permissions that there are for an operation; those of the user's groups come first."""
        self.flush_model()
        user_groups = set(records.env.user._get_group_ids())
        self.env.cr.execute(
            SQL(
                """SELECT a.id, a.name, a.group_id FROM ir_model_access a JOIN ir_model m ON m.id = a.model_id
                WHERE m.model = %s AND a.active AND %s ORDER BY a.name, a.id""",
                records._name,
                self._column(operation),
            )
        )
        rows = self.env.cr.fetchall()
        names = self._group_names({group_id for _id, _name, group_id in rows if group_id})
        explained = [
            {
                "id": access_id,
                "name": name,
                "group": names.get(group_id, False),
                "applies": not group_id or group_id in user_groups,
            }
            for access_id, name, group_id in rows
        ]
        return sorted(explained, key=lambda permission: not permission["applies"])

    def _group_names(self, group_ids):
        """Return the full names of groups by id."""
        return {group.id: group.full_name for group in self.env["res.groups"].sudo().browse(sorted(group_ids))}

    def _explain_rules(self, records, operation):
        """Return the rules that concern the user: of the model, and of those that it delegates to.

        :return: list of dictionaries: ``id``, ``name``, ``model``, names of ``groups``, ``is_global``, the text of the
            ``domain`` for who may read it, and whether the rule ``admits`` the record, ``None`` without one; where
            that cannot be found out, the ``error``
        """
        rules = records.env["ir.rule"]._get_rules(records._name, mode=operation).sudo()
        may_read_domain = self.env["ir.rule"].has_access("read")
        explained = []
        for rule in rules:
            explained.append(
                {
                    "id": rule.id,
                    "name": rule.name or "",
                    "model": records._name,
                    "groups": rule.groups.mapped("full_name"),
                    "is_global": not rule.groups,
                    "domain": (rule.domain_force or "[]") if may_read_domain else False,
                    **self._admission(rule, records),
                }
            )
        for parent_name, link in records._inherits.items():
            parents = records.sudo()[link].with_env(records.env) if records else records.env[parent_name]
            explained.extend(self._explain_rules(parents, operation))
        return explained

    def _admission(self, rule, records):
        """Return whether a rule admits the record, or why that is not known."""
        if not records:
            return {"admits": None}
        try:
            with self.env.cr.savepoint(flush=False):
                of_all, of_groups = rule.with_env(records.env)._domains()
                [domain] = [*of_all.values(), *of_groups.values()]
                return {"admits": records.env["ir.rule"]._admits(records, domain)}
        except Exception as error:  # a rule that cannot be evaluated is what somebody looks for here
            return {"admits": False, "error": str(error)}
