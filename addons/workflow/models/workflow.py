"""Workflows: which documents they are of, and how these are watched."""

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..tools.graph import draw

#: caches that know which models have workflows: views of such models have buttons
_CACHES = ("default", "templates")


def _watched_create(origin):
    @api.model_create_multi
    def create(self, vals_list):
        """Create records, and begin their workflows."""
        records = origin(self, vals_list)
        self.env["workflow"]._begin(records)
        return records

    return create


def _watched_write(origin):
    def write(self, vals):
        """Write, and follow the transitions whose conditions hold now."""
        result = origin(self, vals)
        self.env["workflow"]._follow(self)
        return result

    return write


def _watched_unlink(origin):
    def unlink(self):
        """Delete records, and their ways through workflows."""
        instances = self.env["workflow.instance"]._of_records(self)
        result = origin(self)
        instances.unlink()
        return result

    return unlink


def _inherited(kind, name):
    """Return a function that calls the method as ``kind`` inherits it, also from addons that are loaded later."""

    def call(self, *args):
        return getattr(super(kind, self), name)(*args)

    return call


_WATCHED = {"create": _watched_create, "write": _watched_write, "unlink": _watched_unlink}


class Workflow(models.Model):
    """The ways that documents of a model can take."""

    _name = "workflow"
    _description = "Workflow"
    _order = "name, id"
    _allow_sudo_commands = False

    name = fields.Char(required=True)
    osv = fields.Char(string="Resource Model", required=True, index=True, help="Technical name of the model.")
    model_id = fields.Many2one("ir.model", string="Model", compute="_compute_model_id", inverse="_inverse_model_id")
    on_create = fields.Boolean(string="Begin with New Documents", default=True)
    active = fields.Boolean(default=True)
    activities = fields.One2many("workflow.activity", "wkf_id", copy=False)
    graph = fields.Html(compute="_compute_graph", sanitize=False)

    @api.depends("osv")
    def _compute_model_id(self):
        """Find the descriptions of the models."""
        id_of = self.env["ir.model"]._get_id
        for model_name, workflows in self.grouped("osv").items():
            workflows.model_id = model_name and id_of(model_name)

    def _inverse_model_id(self):
        """Take the name of the model."""
        for workflow in self.filtered("model_id"):
            workflow.osv = workflow.model_id.model

    @api.onchange("model_id")
    def _onchange_model_id(self):
        """Take the name of the model that is chosen."""
        self.osv = self.model_id.model

    @api.depends("activities.name", "activities.kind", "activities.out_transitions.signal")
    def _compute_graph(self):
        """Draw the activities and the transitions between them."""
        for workflow in self:
            workflow.graph = workflow._draw()

    def _draw(self, current=()):
        """Return the picture of the workflow.

        :param current: ids of the activities where a document is
        """
        activities = self.activities
        boxes = [(act.id, act.name, act.flow_start, act.flow_stop) for act in activities]
        arrows = [(t.act_from.id, t.act_to.id, t.signal or "") for t in activities.out_transitions]
        return draw(boxes, arrows, current)

    @api.constrains("osv")
    def _check_osv(self):
        """Refuse models that have no documents."""
        for workflow in self:
            model = self.env.get(workflow.osv)
            if model is None or model._abstract or model._transient or model._name.startswith("workflow"):
                raise ValidationError(
                    self.env._(
                        "The workflow %(workflow)s cannot be about %(model)s, which is no model of lasting documents.",
                        workflow=workflow.name,
                        model=workflow.osv,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Create workflows, and watch their models from now on."""
        for vals in vals_list:
            if not vals.get("osv") and vals.get("model_id"):
                vals["osv"] = self.env["ir.model"].sudo().browse(int(vals["model_id"])).model
        workflows = super().create(vals_list)
        workflows._renew()
        return workflows

    def write(self, vals):
        """Write; other models may be watched from now on."""
        result = super().write(vals)
        self._renew()
        return result

    def unlink(self):
        """Delete workflows with all that is about them."""
        result = super().unlink()
        self._renew()
        return result

    # ------------------------------------------------------------------ documents

    @api.model
    @tools.ormcache("model_name")
    def _ids_of_model(self, model_name):
        """Return the ids of the workflows of a model, those that begin with the document first."""
        # whatever the context of the documents says about archived records
        domain = [("osv", "=", model_name), ("active", "=", True)]
        return tuple(self.sudo().search(domain, order="on_create desc, id")._ids)

    @api.model
    def _of_model(self, model_name):
        """Return the workflows of a model, whoever asks."""
        return self.sudo().browse(self._ids_of_model(model_name))

    @api.model
    def _begin(self, records):
        """Begin the workflows that begin with new documents."""
        for workflow in self._of_model(records._name).filtered("on_create"):
            self.env["workflow.instance"]._begin(workflow, records)

    @api.model
    def _follow(self, records):
        """Follow the transitions that wait for nothing but a condition."""
        if self._ids_of_model(records._name):
            self.env["workflow.instance"]._of_records(records)._advance(records)

    # ------------------------------------------------------------------ watching

    def _renew(self):
        """Have all processes watch the models that have workflows now."""
        registry = self.env.registry
        registry.clear_cache(*_CACHES)
        self._unregister_hook()
        self._register_hook()
        if registry.ready:
            registry.registry_invalidated = True

    def _register_hook(self):
        """Watch the documents of the models that have workflows."""
        super()._register_hook()
        self.flush_model(["osv", "active"])
        for model_name in self.sudo().search([("active", "=", True)]).grouped("osv"):
            kind = self.env.registry.get(model_name)
            for name, watched in _WATCHED.items() if kind else ():
                former = vars(kind).get(name)
                method = watched(former or _inherited(kind, name))
                method._workflow_former = former
                setattr(kind, name, method)

    def _unregister_hook(self):
        """Watch no documents any more."""
        super()._unregister_hook()
        for kind in self.env.registry.values():
            for name in _WATCHED:
                method = vars(kind).get(name)
                if hasattr(method, "_workflow_former"):
                    delattr(kind, name)
                    if method._workflow_former:
                        setattr(kind, name, method._workflow_former)
