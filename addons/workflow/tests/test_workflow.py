"""Workflows of contacts: what moves them, who may, and what they show."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests.common import Form, TransactionCase, new_test_user


class WorkflowCase(TransactionCase):
    """A workflow of contacts: new, then confirmed by a signal, then done by another or by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls.env["workflow"]._unregister_hook)
        cls.env["workflow"].search([]).active = False
        cls.Partner = cls.env["res.partner"]
        cls.Instance = cls.env["workflow.instance"]
        cls.manager = new_test_user(cls.env, "manager", "base.group_user,base.group_partner_manager")
        cls.group = cls.env["res.groups"].create({"name": "Approvers"})
        cls.approver = new_test_user(cls.env, "approver", "base.group_user,base.group_partner_manager")
        cls.approver.groups_id += cls.group

    @classmethod
    def workflow(cls, activities, transitions, **values):
        """Make a workflow.

        :param activities: ``{name: values}``
        :param transitions: ``(from, to, values)``
        :return: the workflow; its activities are in ``cls.acts``, its transitions in ``cls.ways``
        """
        workflow = cls.env["workflow"].create({"name": "Test", "osv": "res.partner", **values})
        acts = {
            name: cls.env["workflow.activity"].create({"name": name, "wkf_id": workflow.id, **own})
            for name, own in activities.items()
        }
        cls.ways = [
            cls.env["workflow.transition"].create({"act_from": acts[origin].id, "act_to": acts[target].id, **own})
            for origin, target, own in transitions
        ]
        cls.acts = acts
        return workflow

    def simple(self, **values):
        """Make a workflow with two signals."""
        return self.workflow(
            {
                "new": {"flow_start": True},
                "confirmed": {"kind": "function", "action": "write({'ref': 'confirmed'})"},
                "done": {"flow_stop": True, "kind": "function", "action": "write({'ref': name + ' is done'})"},
            },
            [
                ("new", "confirmed", {"signal": "confirm"}),
                ("confirmed", "done", {"signal": "finish", "condition": "color > 3", "group_id": self.group.id}),
            ],
            **values,
        )

    def where(self, record):
        """Return the names of the activities where a contact is, and the state of its instance."""
        instance = self.Instance._of_records(record)
        return sorted(instance.workitem_ids.act_id.mapped("name")), instance.state


class TestWorkflow(WorkflowCase):
    # the way of a document

    def test_signals(self):
        before = self.Partner.create({"name": "Before"})
        self.simple()
        partner = self.Partner.create({"name": "New"})
        self.assertEqual(self.where(partner), (["new"], "active"))
        self.assertEqual(partner.signal_workflow("finish"), {partner.id: False}, "nothing waits for it here")
        self.assertEqual(partner.signal_workflow("confirm"), {partner.id: True})
        self.assertEqual((self.where(partner), partner.ref), ((["confirmed"], "active"), "confirmed"))
        self.assertEqual(partner.signal_workflow("finish"), {partner.id: False}, "the condition does not hold")
        partner.color = 4
        self.assertEqual(self.where(partner)[0], ["confirmed"], "a signal is needed")
        partner.signal_workflow("finish")
        self.assertEqual((self.where(partner), partner.ref), ((["done"], "complete"), "New is done"))
        self.assertEqual(self.Instance._of_records(before).ids, [])
        before.create_workflow()
        self.assertEqual(self.where(before), (["new"], "active"))
        before.delete_workflow()
        self.assertFalse(self.Instance._of_records(before))
        instance = self.Instance._of_records(partner)
        partner.unlink()
        self.assertFalse(instance.exists())

    def test_conditions_are_followed_by_every_write(self):
        self.workflow(
            {"new": {"flow_start": True}, "big": {}, "huge": {"flow_stop": True}},
            [("new", "big", {"condition": "color >= 5"}), ("big", "huge", {"condition": "object.color >= 10"})],
        )
        partners = self.Partner.create([{"name": "a", "color": 1}, {"name": "b", "color": 7}])
        self.assertEqual([self.where(partner)[0] for partner in partners], [["new"], ["big"]])
        partners.write({"color": 11})
        self.assertEqual([self.where(partner) for partner in partners], [(["huge"], "complete")] * 2)
        partner = self.Partner.create({"name": "c"})
        partner.color = 5
        self.assertEqual(self.where(partner)[0], ["big"])

    def test_names_inside_of_comprehensions(self):
        self.workflow(
            {"new": {"flow_start": True}, "same": {"flow_stop": True}},
            [("new", "same", {"condition": "child_ids and all(child.color == color for child in child_ids)"})],
        )
        partner = self.Partner.create({"name": "Parent", "color": 2})
        partner.child_ids = [(0, 0, {"name": "Child", "color": 2})]
        self.assertEqual(self.where(partner), (["same"], "complete"))

    def test_callers_do_not_keep_documents_from_moving(self):
        self.workflow({"new": {"flow_start": True}, "big": {}}, [("new", "big", {"condition": "color > 1"})])
        partner = self.Partner.create({"name": "New"})
        ids = self.Instance._of_records(partner).ids
        context = dict.fromkeys(("workflow_moving", "workflow.instance.moving"), ids)
        partner.with_context(**context).write({"color": 5})
        self.assertEqual(self.where(partner)[0], ["big"])

    def test_archived_workflows_move_nothing(self):
        workflow = self.simple()
        partner = self.Partner.create({"name": "New"})
        workflow.active = False
        self.workflow({"other": {"flow_start": True}}, [], name="Other")
        self.assertEqual(partner.signal_workflow("confirm"), {partner.id: False})
        self.assertEqual(partner.get_workflow_signals(), [])
        self.assertEqual(self.where(partner), (["new"], "active"))

    def test_writes_take_as_many_statements_for_many_documents(self):
        self.workflow({"new": {"flow_start": True}, "big": {}}, [("new", "big", {"condition": "color > 9"})])
        counts = []
        for size in (2, 40):
            partners = self.Partner.create([{"name": f"{size}.{number}"} for number in range(size)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            partners.write({"ref": "written"})
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_signals_are_names(self):
        partner = self.Partner.create({"name": "New"})
        for signal in (False, None, "", 7, ["confirm"]):
            for send in (partner.signal_workflow, partner.action_signal_workflow):
                with self.assertRaisesRegex(UserError, "name"):
                    send(signal)

    def test_groups(self):
        self.simple()
        partner = self.Partner.create({"name": "New", "color": 9})
        partner.with_user(self.manager).signal_workflow("confirm")
        self.assertEqual(partner.with_user(self.manager).signal_workflow("finish"), {partner.id: False})
        self.assertEqual(partner.with_user(self.approver).signal_workflow("finish"), {partner.id: True})
        self.assertEqual(self.where(partner)[1], "complete")

    def test_splits_and_joins(self):
        for split, expected in (("XOR", ["left"]), ("OR", ["left", "right"]), ("AND", ["new"])):
            workflow = self.workflow(
                {"new": {"flow_start": True, "split_mode": split}, "left": {}, "right": {}, "never": {}},
                [
                    ("new", "left", {"signal": "go", "sequence": 1}),
                    ("new", "right", {"signal": "go", "sequence": 2}),
                    ("new", "never", {"condition": "False", "sequence": 3}),
                ],
            )
            partner = self.Partner.create({"name": split})
            partner.signal_workflow("go")
            self.assertEqual(self.where(partner)[0], expected, split)
            workflow.unlink()
        self.workflow(
            {
                "new": {"flow_start": True, "split_mode": "AND"},
                "left": {},
                "right": {},
                "both": {"join_mode": "AND", "flow_stop": True},
            },
            [
                ("new", "left", {}),
                ("new", "right", {}),
                ("left", "both", {"signal": "left"}),
                ("right", "both", {"signal": "right"}),
            ],
        )
        partner = self.Partner.create({"name": "Both"})
        self.assertEqual(self.where(partner)[0], ["left", "right"])
        partner.signal_workflow("right")
        self.assertEqual(self.where(partner), (["left"], "active"))
        partner.signal_workflow("left")
        self.assertEqual(self.where(partner), (["both"], "complete"))

    def test_stop_all(self):
        self.workflow(
            {
                "new": {"flow_start": True},
                "other": {"flow_start": True},
                "cancelled": {"kind": "stopall", "flow_stop": True},
            },
            [("new", "cancelled", {"signal": "cancel"})],
        )
        partner = self.Partner.create({"name": "New"})
        self.assertEqual(self.where(partner)[0], ["new", "other"])
        with self.assertRaises(UserError):
            self.acts["other"].unlink()
        partner.signal_workflow("cancel")
        self.assertEqual(self.where(partner), (["cancelled"], "complete"))

    def test_subflow(self):
        inner = self.workflow(
            {"asked": {"flow_start": True}, "answered": {"flow_stop": True, "signal_send": "heard"}},
            [("asked", "answered", {"signal": "answer"})],
            name="Inner",
            on_create=False,
        )
        self.workflow(
            {
                "new": {"flow_start": True},
                "asking": {"kind": "subflow", "subflow_id": inner.id, "action": "action = parent_id.id"},
                "heard": {"flow_stop": True},
            },
            [("new", "asking", {"signal": "ask"}), ("asking", "heard", {"signal": "subflow.heard"})],
        )
        parent = self.Partner.create({"name": "Parent", "is_company": True})
        self.Instance._of_records(parent).unlink()
        child = self.Partner.create({"name": "Child", "parent_id": parent.id})
        child.signal_workflow("ask")
        self.assertEqual(self.where(parent), (["asked"], "active"))
        self.assertEqual(self.Instance._of_records(child).workitem_ids.state, "running")
        self.assertEqual(child.get_workflow_signals(), [])
        for name in ("subflow.heard", "subflow.other"):
            with self.assertRaises(UserError):
                child.signal_workflow(name)
        child.create_workflow()
        self.assertEqual(len(self.Instance._of_records(child)), 1, "others begin the inner one")
        parent.signal_workflow("answer")
        self.assertEqual(self.where(parent), (["answered"], "complete"))
        self.assertEqual(self.where(child), (["heard"], "complete"))

    def test_items_that_wait_for_one_subflow(self):
        for signal in (False, "over"):
            inner = self.workflow(
                {"asked": {"flow_start": True}, "answered": {"flow_stop": True, "signal_send": signal}},
                [("asked", "answered", {"signal": "answer"})],
                name="Inner",
                on_create=False,
            )
            asking = {"kind": "subflow", "subflow_id": inner.id, "flow_start": True}
            leaving = {"signal": "subflow.over"} if signal else {}
            outer = self.workflow(
                {"one": asking, "other": asking, "cancelled": {"kind": "stopall", "flow_stop": True}},
                [("one", "cancelled", leaving), ("other", "cancelled", leaving)],
            )
            partner = self.Partner.create({"name": "New"})
            instance = self.Instance._of_records(partner).filtered(lambda way, outer=outer: way.wkf_id == outer)
            self.assertEqual(instance.workitem_ids.mapped("state"), ["running"] * 2)
            partner.signal_workflow("answer")
            self.assertEqual((instance.workitem_ids.act_id.name, instance.state), ("cancelled", "complete"))
            outer.active = False

    def test_server_action_of_an_activity(self):
        code = 'record.write({"ref": "by action"})\naction = {"type": "ir.actions.act_window_close"}'
        server_action = self.env["ir.actions.server"].create(
            {"name": "x", "state": "code", "model_id": self.env["ir.model"]._get("res.partner").id, "code": code}
        )
        self.workflow(
            {"new": {"flow_start": True}, "done": {"action_id": server_action.id}}, [("new", "done", {"signal": "go"})]
        )
        partner = self.Partner.create({"name": "New"})
        self.assertEqual(partner.action_signal_workflow("go"), {"type": "ir.actions.act_window_close"})
        self.assertEqual(partner.ref, "by action")

    def test_what_fails_leaves_no_trace(self):
        self.workflow(
            {"new": {"flow_start": True}, "failing": {"kind": "function", "action": "write({'color': 1 / 0})"}},
            [("new", "failing", {"signal": "fail"})],
        )
        partner = self.Partner.create({"name": "New"})
        with self.assertRaises(ZeroDivisionError):
            partner.signal_workflow("fail")
        self.assertEqual(self.where(partner), (["new"], "active"))

    def test_endless_way(self):
        self.workflow({"a": {"flow_start": True}, "b": {}}, [("a", "b", {}), ("b", "a", {})])
        with self.assertRaisesRegex(UserError, "round and round"):
            self.Partner.create({"name": "New"})

    def test_code_of_a_way_does_not_move_it_again(self):
        self.workflow(
            {"new": {"flow_start": True}, "counted": {"kind": "function", "action": "write({'color': color + 1})"}},
            [("new", "counted", {"condition": "color > 0"}), ("counted", "new", {"signal": "again"})],
        )
        partner = self.Partner.create({"name": "New"})
        partner.color = 1
        self.assertEqual((partner.color, self.where(partner)[0]), (2, ["counted"]))

    # rights

    def test_access(self):
        workflow = self.simple()
        partner = self.Partner.create({"name": "New"})
        user = new_test_user(self.env, "reader", "base.group_user")
        for call in (
            lambda: partner.with_user(user).signal_workflow("confirm"),
            lambda: partner.with_user(user).create_workflow(),
            lambda: partner.with_user(user).delete_workflow(),
            lambda: workflow.with_user(self.manager).read(["name"]),
            lambda: self.Instance.with_user(self.manager).search([]),
            lambda: self.acts["new"].with_user(self.manager).write({"name": "x"}),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual(partner.with_user(user).get_workflow_signals(), [])
        self.assertEqual(self.where(partner)[0], ["new"])

    def test_code_has_the_rights_of_the_user(self):
        self.workflow(
            {"new": {"flow_start": True}, "risen": {"kind": "function", "action": "env['res.groups'].create({})"}},
            [("new", "risen", {"signal": "rise"})],
        )
        partner = self.Partner.create({"name": "New"})
        with self.assertRaises(AccessError):
            partner.with_user(self.manager).signal_workflow("rise")

    def test_definitions_are_checked(self):
        workflow = self.simple()
        other = self.env["workflow"].create({"name": "Other", "osv": "res.users"})
        foreign = self.env["workflow.activity"].create({"name": "Foreign", "wkf_id": other.id})
        Transition, Activity = self.env["workflow.transition"], self.env["workflow.activity"]
        ends = {"act_from": self.acts["new"].id, "act_to": self.acts["done"].id}
        for create in (
            lambda: self.env["workflow"].create({"name": "x", "osv": "no.model"}),
            lambda: self.env["workflow"].create({"name": "x", "osv": "res.config"}),
            lambda: Transition.create({**ends, "act_to": foreign.id}),
            lambda: Transition.create({**ends, "condition": "import os"}),
            lambda: Activity.create({"name": "x", "wkf_id": workflow.id, "action": "x ="}),
            lambda: Activity.create({"name": "x", "wkf_id": workflow.id, "kind": "subflow"}),
        ):
            with self.assertRaises(ValidationError):
                create()
        with self.assertRaisesRegex(UserError, "no activity to begin with"):
            new_test_user(self.env, "no_start", "base.group_user")

    # who sends signals

    def action(self, **values):
        """Return a server action of the state trigger."""
        model = self.env["ir.model"]._get("res.partner")
        transition = {"wkf_transition_id": self.ways[0].id}
        return self.env["ir.actions.server"].create(
            {"name": "x", "state": "trigger", "model_id": model.id, **transition, **values}
        )

    def test_server_action(self):
        self.simple()
        partner = self.Partner.create({"name": "New"})
        action = self.action()
        self.assertEqual(action.use_relational_model, "base")
        context = {"active_model": "res.partner", "active_id": partner.id, "active_ids": partner.ids}
        action.with_context(**context).run()
        self.assertEqual(self.where(partner)[0], ["confirmed"])
        self.assertFalse(action.run(), "no document, no signal")

    def test_server_action_on_a_relation(self):
        self.simple()
        parent = self.Partner.create({"name": "Parent", "child_ids": [(0, 0, {"name": "Child"})]})
        field = self.env["ir.model.fields"]._get("res.partner", "parent_id")
        model = self.env["ir.model"]._get("res.partner")
        action = self.action(use_relational_model="relational", wkf_model_id=model.id, wkf_field_id=field.id)
        child = parent.child_ids
        action.with_context(active_model="res.partner", active_id=child.id, active_ids=child.ids).run()
        self.assertEqual((self.where(parent)[0], self.where(child)[0]), (["confirmed"], ["new"]))
        with self.assertRaises(ValidationError):
            title = self.env["ir.model.fields"]._get("res.partner", "title")
            self.action(use_relational_model="relational", wkf_field_id=title.id)
        with self.assertRaises(ValidationError):
            self.action(model_id=self.env["ir.model"]._get("res.users").id)
        self.ways[0].signal = False
        with self.assertRaises(ValidationError):
            self.action()

    def test_cron(self):
        self.simple()
        first, second = self.Partner.create([{"name": "First"}, {"name": "Second"}])
        second.signal_workflow("confirm")
        cron = self.env["ir.cron"].create(
            {
                "name": "Confirm",
                "state": "trigger",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "wkf_transition_id": self.ways[0].id,
            }
        )
        cron.method_direct_trigger()
        self.assertEqual(self.where(first)[0], ["confirmed"])

    # what users see

    def test_signals_of_a_document(self):
        self.simple()
        partner = self.Partner.create({"name": "New", "color": 9})
        signals = partner.with_user(self.manager).get_workflow_signals
        self.assertEqual(signals(), [{"name": "confirm", "string": "Confirm"}])
        partner.signal_workflow("confirm")
        self.assertEqual(signals(), [], "another group may do it")
        self.assertEqual([one["name"] for one in partner.with_user(self.approver).get_workflow_signals()], ["finish"])

    def test_forms_show_signals(self):
        without = self.Partner.get_view(view_type="form")["arch"]
        self.assertNotIn("workflow_signals", without)
        workflow = self.simple()
        self.assertIn('<widget name="workflow_signals"', self.Partner.get_view(view_type="form")["arch"])
        self.assertNotIn("workflow_signals", self.Partner.get_view(view_type="list")["arch"])
        with Form(self.Partner) as form:
            form.name = "By form"
        self.assertEqual(self.where(form.record)[0], ["new"])
        workflow.active = False
        self.assertNotIn("workflow_signals", self.Partner.get_view(view_type="form")["arch"])
        archived = self.Partner.with_context(active_test=False).create({"name": "In an archived one"})
        self.assertFalse(self.Instance._of_records(archived))

    def test_picture(self):
        workflow = self.simple()
        self.assertEqual(workflow.graph.count("<rect"), 3)
        for text in ("new", "confirmed", "confirm", "finish"):
            self.assertIn(f">{text}<", workflow.graph)
        self.acts["new"].name = "<script>"
        partner = self.Partner.create({"name": "New"})
        self.assertNotIn("<script>", workflow.graph)
        action = partner.with_user(self.manager).action_show_workflow()
        state = self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])
        self.assertEqual(state.graph.count("o_workflow_current"), 1)
        hidden = self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain_force": f"[('id', '!=', {partner.id})]",
            }
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            state.read(["graph"])
        hidden.unlink()
        with self.assertRaises(UserError):
            state.create({"res_type": "no.model", "res_id": 1}).read(["graph"])
        self.assertIn("<svg", self.Instance._of_records(partner).graph)
