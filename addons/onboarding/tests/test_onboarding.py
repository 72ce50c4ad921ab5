"""Panels, steps and how far companies are: ONB-1 to ONB-7."""

import psycopg2
from lxml import html

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import mute_logger


class TestOnboarding(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.steps = cls.env["onboarding.onboarding.step"]
        cls.first, cls.second = cls.steps.create(
            [
                {"title": title, "panel_step_open_action_name": "open_it", "is_per_company": False}
                for title in ("First", "Second")
            ]
        )
        cls.panel = cls.panel_of("panel", cls.first | cls.second)

    @classmethod
    def panel_of(cls, name, steps):
        return cls.env["onboarding.onboarding"].create(
            {"name": name, "route_name": name, "step_ids": [Command.set(steps.ids)]}
        )

    def state(self, panel=None, company=None):
        panel = (panel or self.panel).with_company(company or self.env.company)
        return panel.current_onboarding_state

    def refused(self, error, function, *args):
        with self.assertRaises(error), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            function(*args)
            self.env.flush_all()

    def test_onb_1_panels(self):
        self.assertFalse(self.panel.current_progress_id)
        self.assertEqual((self.state(), self.panel.is_onboarding_closed), ("not_done", False))
        self.assertFalse(self.panel.is_per_company)
        self.first.is_per_company = True
        self.assertTrue(self.panel.is_per_company)
        self.assertEqual(self.panel._order, "sequence asc, id desc")
        self.refused(psycopg2.IntegrityError, self.panel_of, "panel", self.first)

    def test_onb_2_steps(self):
        step = self.steps.create({"title": "Alone"})
        self.assertEqual((step.is_per_company, step.done_icon, step.current_step_state), (True, "fa-star", "not_done"))
        self.assertEqual(step.display_name, "Alone")
        self.refused(ValidationError, step.write, {"onboarding_ids": [Command.link(self.panel.id)]})
        self.refused(ValidationError, self.panel.write, {"step_ids": [Command.link(step.id)]})
        self.refused(ValidationError, self.panel_of, "new", step)
        step.write({"panel_step_open_action_name": "open_it", "onboarding_ids": [Command.link(self.panel.id)]})
        self.assertIn(step, self.panel.step_ids)

    def test_onb_2b_steps_that_were_taken_before(self):
        step = self.steps.create({"title": "Alone", "panel_step_open_action_name": "open_it"})
        self.assertEqual(step.action_set_just_done(), step)
        panel = self.panel_of("later", step)
        self.assertEqual(self.state(panel), "done")
        self.assertEqual(self.state(panel, self.other), "not_done")
        panel.with_company(self.other)._search_or_create_progress()
        self.assertEqual(self.state(panel, self.other), "not_done")

    def test_onb_3_one_record_of_progress(self):
        progress = self.panel._search_or_create_progress()
        self.assertEqual(self.panel._search_or_create_progress(), progress)
        self.refused(psycopg2.IntegrityError, progress.create, {"onboarding_id": self.panel.id})
        self.first.action_set_just_done()
        self.refused(psycopg2.IntegrityError, self.first.progress_ids.create, {"step_id": self.first.id})
        self.assertEqual(self.state(), "not_done")
        self.second.action_set_just_done()
        self.assertEqual(self.state(), "done")
        self.assertEqual(self.state(company=self.other), "done")

    def test_onb_4_taking_steps(self):
        both = self.first | self.second
        self.assertEqual(both.action_set_just_done(), both)
        self.assertFalse(both.action_set_just_done())
        self.assertFalse(both.progress_ids.company_id)
        mine = self.steps.create({"title": "Mine"})
        mine.action_set_just_done()
        self.assertEqual(mine.progress_ids.company_id, self.env.company)
        self.assertEqual(mine.with_company(self.other).current_step_state, "not_done")
        step = self.steps.create({"title": "Named"})
        self.env["ir.model.data"]._update_xmlids([{"xml_id": "test.step", "record": step}])
        answers = [
            self.steps.action_validate_step(name) for name in ("test.step", "test.step", "test.no", "base.user_root")
        ]
        self.assertEqual(answers, ["JUST_DONE", "WAS_DONE", "NOT_FOUND", "NOT_FOUND"])
        self.assertEqual(step.progress_ids.action_consolidate_just_done(), step.progress_ids)
        self.assertEqual(step.current_step_state, "done")
        self.assertFalse(step.progress_ids.action_consolidate_just_done())

    def test_onb_5_news_are_told_once(self):
        progress = self.panel._search_or_create_progress()
        self.first.action_set_just_done()
        states = progress._get_and_update_onboarding_state()
        self.assertEqual(states, {self.first.id: "just_done", self.second.id: "not_done"})
        self.second.action_set_just_done()
        states = progress._get_and_update_onboarding_state()
        expected = {self.first.id: "done", self.second.id: "just_done", "onboarding_state": "just_done"}
        self.assertEqual(states, expected)
        self.assertEqual(progress._get_and_update_onboarding_state()["onboarding_state"], "done")
        progress.action_close()
        self.assertEqual(progress._get_and_update_onboarding_state()["onboarding_state"], "closed")

    def test_onb_6_steps_that_come_later(self):
        (self.first | self.second).action_set_just_done()
        shared = self.panel_of("shared", self.second)
        self.assertEqual((self.state(), self.state(shared)), ("done", "done"))
        self.panel._search_or_create_progress()
        self.panel.action_close()
        self.assertTrue(self.panel.with_company(self.other).is_onboarding_closed)
        third = {"title": "Third", "panel_step_open_action_name": "open_it", "is_per_company": False}
        self.panel.step_ids = [Command.create(third)]
        self.assertEqual((self.state(), self.panel.is_onboarding_closed), ("not_done", True))
        self.panel.step_ids[-1].action_set_just_done()
        self.assertEqual(self.state(), "done")
        self.assertEqual(self.state(company=self.env["res.company"].create({"name": "New"})), "done")

    def test_onb_6_steps_of_each_company(self):
        (self.first | self.second).action_set_just_done()
        self.panel._search_or_create_progress()
        self.first.is_per_company = True
        self.assertFalse(self.first.progress_ids)
        self.assertEqual(self.panel.progress_ids.company_id, self.env.company)
        self.assertEqual(self.state(), "not_done")
        self.first.action_set_just_done()
        self.assertEqual((self.state(), self.state(company=self.other)), ("done", "not_done"))
        self.panel.action_close()
        self.panel.with_company(self.other)._search_or_create_progress()
        self.assertFalse(self.panel.with_company(self.other).is_onboarding_closed)
        self.first.with_company(self.other).action_set_just_done()
        self.assertEqual(self.state(company=self.other), "done")

    def test_onb_6b_rights(self):
        clerk = new_test_user(self.env, "clerk", "base.group_user")
        admin = new_test_user(self.env, "chief", "base.group_system")
        self.first.action_set_just_done()
        for record in (self.panel, self.first, self.panel._search_or_create_progress(), self.first.progress_ids):
            self.assertTrue(record.with_user(admin).read(["display_name"]))
            self.refused(AccessError, record.with_user(clerk).read, ["display_name"])
        self.refused(AccessError, self.first.with_user(clerk).action_set_just_done)

    def test_onb_7_panels_are_shown_and_closed(self):
        self.env["ir.model.data"]._update_xmlids([{"xml_id": "test.panel", "record": self.panel}])
        self.panel.panel_close_action_name = "close_it"
        values = self.panel._prepare_rendering_values()
        self.assertEqual((values["close_method"], values["close_model"]), ("close_it", "onboarding.onboarding"))
        self.assertEqual(
            (values["steps"], values["text_completed"]), (self.first | self.second, self.panel.text_completed)
        )
        self.assertEqual(self.render().xpath("//li/@data-step-state"), ["not_done", "not_done"])
        self.assertEqual(self.render().xpath("//li//button/@data-method"), ["open_it", "open_it"])
        (self.first | self.second).action_set_just_done()
        self.assertEqual(self.render().xpath("//p[@role='status']/text()"), [self.panel.text_completed])
        self.env["onboarding.onboarding"].action_close_panel("test.nothing")
        self.env["onboarding.onboarding"].action_close_panel("test.panel")
        self.assertTrue(self.panel.is_onboarding_closed)
        self.assertFalse(self.render().xpath("//li"))
        self.panel.action_toggle_visibility()
        self.assertFalse(self.panel.is_onboarding_closed)

    def render(self):
        values = self.panel._prepare_rendering_values()
        return html.fromstring(f"<div>{self.env['ir.qweb']._render('onboarding.onboarding_panel', values)}</div>")
