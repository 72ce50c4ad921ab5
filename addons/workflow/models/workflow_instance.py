"""The ways of documents through workflows.

A document has an *instance* for each workflow it is in, and that has *workitems*: the activities where it is. What
moves it reads and writes these with the rights of the program; conditions, code and server actions run with those of
the user.
"""

import types

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.safe_eval import datetime, dateutil, safe_eval, time

#: activities that a document may pass before it has to wait for something
_MAX_STEPS = 100
#: key of a cursor's cache that has the ids of the instances being moved, which what they do does not move again;
#: contexts are what callers say
_MOVING = "workflow.instance.moving"
#: how the signals begin that subflows send, and nobody else
SUBFLOW_SIGNAL = "subflow."


class WorkflowInstance(models.Model):
    """The way of one document through one workflow."""

    _name = "workflow.instance"
    _description = "Workflow Instance"
    _rec_name = "res_type"
    _order = "id desc"
    _allow_sudo_commands = False

    wkf_id = fields.Many2one("workflow", string="Workflow", required=True, ondelete="cascade", index=True)
    res_type = fields.Char(string="Resource Model", required=True)
    res_id = fields.Many2oneReference(string="Resource", model_field="res_type", required=True)
    state = fields.Selection([("active", "Under Way"), ("complete", "Complete")], required=True, default="active")
    workitem_ids = fields.One2many("workflow.workitem", "inst_id", string="Workitems")
    arrived_ids = fields.Many2many("workflow.transition", string="Waiting for Others to Arrive")
    graph = fields.Html(compute="_compute_graph", sanitize=False)

    _sql_constraints = [
        ("one_way", "UNIQUE(wkf_id, res_type, res_id)", "A document takes one way through a workflow."),
    ]

    def init(self):
        """Find the instances of documents quickly."""
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS workflow_instance_resource_index ON workflow_instance (res_type, res_id)"
        )

    def _compute_graph(self):
        """Draw the workflow, and where the document is."""
        for instance in self:
            instance.graph = instance.wkf_id._draw(instance.workitem_ids.act_id.ids)

    # ------------------------------------------------------------------ documents

    def _of_records(self, records):
        """Return the instances of documents, with the rights of the program."""
        return self.sudo().search([("res_type", "=", records._name), ("res_id", "in", records.ids)], order="id")

    def _begin(self, workflow, records):
        """Have documents begin a workflow, those that have not yet; return their instances in it.

        :raise UserError: the workflow has no beginning
        """
        starts = workflow.activities.filtered("flow_start")
        if not starts:
            raise UserError(self.env._("The workflow %s has no activity to begin with.", workflow.name))
        known = self._of_records(records).filtered(lambda instance: instance.wkf_id == workflow)
        missing = records - records.browse(known.mapped("res_id"))
        values = {"wkf_id": workflow.id, "res_type": records._name}
        created = self.sudo().create([{**values, "res_id": record.id} for record in missing])
        for instance, record in zip(created, missing, strict=True):
            with _Way(instance, record) as way:
                for activity in starts:
                    way.enter(activity)
                way.settle()
        return known + created

    def _advance(self, records, signal=None):
        """Move documents: along the transitions that wait for a signal, when one is sent, and those that hold.

        :param records: the documents of these instances, in the environment of the user
        :return: ``{id of the document: what it led to}``: an action, or whether it moved
        """
        moving = self.env.cr.cache.get(_MOVING, ())
        mine = self._under_way().filtered(lambda instance: instance.id not in moving)
        results = dict.fromkeys(records.ids, False)
        if mine:
            # who moves a document waits for others who do
            mine.flush_recordset()
            self.env.cr.execute(SQL("SELECT id FROM workflow_instance WHERE id = ANY(%s) FOR UPDATE", mine.ids))
        for instance in mine:
            with _Way(instance, records.browse(instance.res_id).with_prefetch(records._ids)) as way:
                moved = way.follow(signal) if signal else False
                way.settle()
            results[instance.res_id] = way.result or moved or results.get(instance.res_id, False)
        return results

    def _signals(self, record):
        """Return the signals that would move a document now, in order."""
        signals = {}
        for instance in self._under_way():
            way = _Way(instance, record)
            for item in instance.workitem_ids.filtered(lambda item: item.state == "complete"):
                for transition in item.act_id.out_transitions.filtered("signal"):
                    signal = transition.signal
                    if not signal.startswith(SUBFLOW_SIGNAL) and way.holds(transition, signal):
                        signals[signal] = None
        return list(signals)

    def _under_way(self):
        """Return those that go on: they have not come to their end, and nobody archived their workflow."""
        return self.filtered(lambda instance: instance.state == "active" and instance.wkf_id.active)


class WorkflowWorkitem(models.Model):
    """An activity where a document is."""

    _name = "workflow.workitem"
    _description = "Workitem"
    _rec_name = "act_id"
    _order = "id"
    _allow_sudo_commands = False

    inst_id = fields.Many2one("workflow.instance", string="Instance", required=True, ondelete="cascade", index=True)
    act_id = fields.Many2one("workflow.activity", string="Activity", required=True, ondelete="cascade", index=True)
    wkf_id = fields.Many2one(related="inst_id.wkf_id", string="Workflow")
    subflow_id = fields.Many2one("workflow.instance", string="Subflow", ondelete="set null", index=True)
    state = fields.Selection(
        [("active", "Entered"), ("running", "Subflow under Way"), ("complete", "Done")],
        required=True,
        default="active",
    )

    def _note_deletion(self):
        """Leave no trace: a document leaves activities all the time."""


class _Way:
    """Moves one document through one workflow; as a context, it is not moved by what it does itself.

    :param instance: its instance, with the rights of the program
    :param record: the document, in the environment of the user
    """

    def __init__(self, instance, record):
        self.instance = instance
        self.record = record
        self.result = None
        self._steps = 0
        self._entered = False

    def __enter__(self):
        moving = self.record.env.cr.cache.setdefault(_MOVING, set())
        self._entered = self.instance.id not in moving
        moving.add(self.instance.id)
        return self

    def __exit__(self, *_error):
        if self._entered:
            self.record.env.cr.cache.get(_MOVING, set()).discard(self.instance.id)

    # ------------------------------------------------------------------ transitions

    def follow(self, signal):
        """Take the transitions that hold with a signal, or with none; return whether there are any."""
        left = False
        for item in self._items("complete"):
            # what was left before may have stopped all
            if not left or item.exists():
                left = self._leave(item, signal) or left
        return left

    def settle(self):
        """Take the transitions that hold until none does, and see whether that is the end."""
        while self.follow(None):
            continue
        items = self.instance.workitem_ids
        if items and all(item.state == "complete" and item.act_id.flow_stop for item in items):
            self.instance.state = "complete"
            self._resume_parents()

    def holds(self, transition, signal):
        """Tell whether the document may take a transition: signal, group and condition."""
        env = self.record.env
        if transition.signal and transition.signal != signal:
            return False
        group = transition.group_id
        if group and not env.su and group.id not in env.user._get_group_ids():
            return False
        condition = transition.condition.strip()
        return condition == "True" or bool(safe_eval(condition, self._names(condition, "eval")))

    def _items(self, state):
        return self.instance.workitem_ids.filtered(lambda item: item.state == state)

    def _taken(self, activity, signal):
        """Return the transitions that a document leaves an activity by."""
        transitions = activity.out_transitions
        holding = transitions.filtered(lambda transition: self.holds(transition, signal))
        if activity.split_mode == "AND":
            return holding if holding == transitions else holding.browse()
        return holding[:1] if activity.split_mode == "XOR" else holding

    def _leave(self, item, signal):
        """Leave an activity if a transition holds; return whether one did."""
        transitions = self._taken(item.act_id, signal)
        if not transitions:
            return False
        item.unlink()
        for transition in transitions:
            self._arrive(transition)
        return True

    def _arrive(self, transition):
        activity = transition.act_to
        if activity.join_mode == "AND":
            arrived = self.instance.arrived_ids | transition
            missing = activity.in_transitions - arrived
            self.instance.arrived_ids = arrived if missing else arrived - activity.in_transitions
            if missing:
                return
        self.enter(activity)

    # ------------------------------------------------------------------ activities

    def enter(self, activity):
        """Come to an activity and do what it says.

        :raise UserError: the document goes round and round
        """
        self._steps += 1
        if self._steps > _MAX_STEPS:
            raise UserError(
                self.record.env._(
                    "The workflow %(workflow)s goes round and round: %(record)s came to %(activity)s without waiting.",
                    workflow=self.instance.wkf_id.name,
                    record=repr(self.record),
                    activity=activity.name,
                )
            )
        item = self.instance.workitem_ids.create({"inst_id": self.instance.id, "act_id": activity.id})
        answer = self._carry_out(activity)
        item.state = "complete"
        if activity.kind == "subflow":
            self._begin_subflow(item, answer)
        elif activity.kind == "stopall":
            (self.instance.workitem_ids - item).unlink()
            self.instance.arrived_ids = False
        if activity.signal_send:
            self._resume_parents(SUBFLOW_SIGNAL + activity.signal_send)

    def _carry_out(self, activity):
        """Run the code and the server action of an activity; return what the code gave."""
        answer = None
        code = (activity.action or "").strip()
        if code and activity.kind != "dummy":
            names = self._names(code, "exec")
            safe_eval(code, names, mode="exec", nocopy=True)
            answer = names.get("action")
            if isinstance(answer, dict):
                self.result = answer
        if activity.action_id:
            record = self.record
            context = {"active_model": record._name, "active_id": record.id, "active_ids": record.ids}
            server_action = activity.action_id.with_env(record.env).with_context(**context)
            self.result = server_action.run() or self.result
        return answer

    def _names(self, code, mode):
        """Return the names that code can use: those of the environment, the document's fields and its methods."""
        record, env = self.record, self.record.env
        used = _names_in(compile(code, "workflow", mode))
        own = {name: getattr(record, name) for name in used if not name.startswith("_") and hasattr(record, name)}
        return {
            **own,
            **dict.fromkeys(("record", "object", "obj"), record),
            "env": env,
            "user": env.user,
            "uid": env.uid,
            "context": env.context,
            "time": time,
            "datetime": datetime,
            "dateutil": dateutil,
        }

    # ------------------------------------------------------------------ subflows

    def _begin_subflow(self, item, answer):
        """Begin the workflow of a subflow with the document, or the one that the code gave."""
        workflow = item.act_id.subflow_id
        target = self.record.env[workflow.osv]
        if isinstance(answer, int) and not isinstance(answer, bool):
            document = target.browse(answer)
        else:
            document = answer if getattr(answer, "_name", None) == target._name else self.record
        if document._name != target._name:
            raise UserError(
                self.record.env._(
                    "The subflow of %(activity)s is about %(model)s: its code has to give a document of that model.",
                    activity=item.act_id.name,
                    model=target._name,
                )
            )
        former = self.instance._of_records(document).filtered(lambda way: way.wkf_id == workflow)
        former.filtered(lambda way: way.state == "complete").unlink()
        subflow = self.instance._begin(workflow, document)
        item.write({"subflow_id": subflow.id, "state": "complete" if subflow.state == "complete" else "running"})

    def _resume_parents(self, signal=None):
        """Go on where others wait for this way: at its end, or with a signal that it sends."""
        waiting = [("subflow_id", "=", self.instance.id), ("state", "=", "running")]
        for item in self.instance.workitem_ids.search(waiting):
            # where the one before led may have stopped all
            if not item.exists():
                continue
            document = self.record.env[item.inst_id.res_type].browse(item.inst_id.res_id)
            with _Way(item.inst_id, document) as parent:
                if signal:
                    parent._leave(item, signal)
                else:
                    item.state = "complete"
                parent.settle()


def _names_in(code):
    """Return the names that code uses, those inside of comprehensions and functions as well."""
    inner = [_names_in(constant) for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return set(code.co_names).union(*inner)
