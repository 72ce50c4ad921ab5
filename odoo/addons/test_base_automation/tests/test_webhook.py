import json
from unittest.mock import patch

import requests

from odoo.addons.base_automation.models.base_automation_webhook import get_webhook_request_payload, signature
from odoo.exceptions import UserError
from odoo.tests import HttpCase, JobCapturer, tagged
from odoo.tools import mute_logger

from .common import RuleCase

_LOUD = "odoo.addons.base_automation.controllers.main"


@tagged("post_install", "-at_install")
class TestCalls(RuleCase, HttpCase):
    def call(self, rule, payload=None, **headers):
        kwargs = {} if payload is None else {"data": json.dumps(payload)}
        with mute_logger(_LOUD):
            return self.url_open(
                f"/web/hook/{rule.webhook_uuid}", headers={"Content-Type": "application/json", **headers}, **kwargs
            )

    def test_b20_b25_calls(self):
        rule = self.rule("on_webhook", "record.write({'note': payload['text']})", log_webhook_calls=True)
        task = self.create()
        self.assertTrue(rule.url.endswith(f"/web/hook/{rule.webhook_uuid}"))
        sent = {"_model": task._name, "_id": task.id, "text": "Hello"}
        answer = self.call(rule, sent)
        self.assertEqual((answer.status_code, answer.json()), (200, {"status": "ok"}))
        self.assertEqual(task.note, "Hello")
        for wrong in (
            {**sent, "_id": 0},
            {"text": 1},
            {**sent, "_model": "no.model"},
            {"_model": task._name, "_id": task.id},
        ):
            answer = self.call(rule, wrong)
            self.assertEqual((answer.status_code, answer.json()), (500, {"status": "error"}))
        self.assertEqual(task.note, "Hello")
        logs = self.env["ir.logging"].search(rule.action_view_webhook_logs()["domain"])
        self.assertEqual(sorted(logs.mapped("level")), ["ERROR"] * 4 + ["INFO"] * 5)
        address = rule.url
        rule.action_rotate_webhook_uuid()
        self.assertEqual(self.url_open(address.replace(rule.get_base_url(), "")).status_code, 404)
        rule.record_getter = "model.search([('id', '=', int(payload['_id']))])"
        answer = self.url_open(f"/web/hook/{rule.webhook_uuid}?_id={task.id}&text=Query")
        self.assertEqual((answer.status_code, task.note), (200, "Query"))
        rule.trigger = "on_create"
        self.assertEqual((self.call(rule, sent).status_code, rule.url), (404, ""))

    def test_b20_signed_calls(self):
        rule = self.rule("on_webhook", webhook_secret="mouse")
        sent = {"_model": self.model.model, "_id": self.create().id}
        good = signature("mouse", json.dumps(sent))
        self.assertEqual(self.call(rule, sent).status_code, 404)
        self.assertEqual(
            self.call(rule, sent, **{"X-Webhook-Signature": signature("cat", json.dumps(sent))}).status_code, 404
        )
        self.assertEqual(self.call(rule, sent, **{"X-Webhook-Signature": good}).status_code, 200)
        self.assertIsNone(get_webhook_request_payload())


@tagged("post_install", "-at_install")
class TestTelling(RuleCase):
    def setUp(self):
        super().setUp()
        action = {
            "model_id": self.model.id,
            "state": "webhook",
            "webhook_url": "http://127.0.0.1:1/hook",
            "webhook_field_ids": [(6, 0, self.fields_of("name", "deadline").ids)],
        }
        self.action = self.rule(
            "on_write", trigger_fields=["name"], action_server_ids=[(0, 0, action)]
        ).action_server_ids
        self.posted = []

    def answering(self, *answers):
        """Have the program answer with statuses, or errors."""
        left = list(answers)

        def post(url, data=None, headers=None, timeout=None):
            self.posted.append((data, headers, timeout))
            answer = left.pop(0)
            if isinstance(answer, Exception):
                raise answer
            response = requests.Response()
            response.status_code = answer
            return response

        return patch.object(requests, "post", post)

    def test_b20_others_are_told(self):
        task = self.create(deadline="2025-01-10")
        with self.answering(200), JobCapturer(self.env) as jobs:
            task.name = "New"
        self.assertFalse(jobs.records)
        body, headers, timeout = self.posted[0]
        self.assertEqual(
            json.loads(body),
            {
                "_action": f"Send Webhook Notification(#{self.action.id})",
                "_id": task.id,
                "_model": task._name,
                "deadline": "2025-01-10",
                "id": task.id,
                "name": "New",
            },
        )
        self.assertEqual((timeout, "X-Webhook-Signature" in headers), (1, False))
        self.action.webhook_url = False
        with self.assertRaises(UserError):
            task.name = "Newer"

    def test_b20_again_when_they_are_away(self):
        self.action.webhook_secret = "mouse"
        task = self.create()
        logger = "odoo.addons.base_automation.models.ir_actions_server_webhook"
        away = (requests.exceptions.ConnectTimeout("away"), 200)
        with mute_logger(logger), self.answering(*away), JobCapturer(self.env) as jobs:
            task.name = "New"
            self.assertEqual(len(jobs.records), 1)
            jobs.run()
        (body, headers, _timeout), again = self.posted
        self.assertEqual((again[0], again[1]), (body, headers))
        self.assertEqual(headers["X-Webhook-Signature"], signature("mouse", body))
        for status, retried in ((503, True), (429, True), (400, False), (410, False)):
            with mute_logger(logger), self.answering(status), JobCapturer(self.env) as jobs:
                task.name = str(status)
                self.assertEqual(bool(jobs.records), retried, status)
