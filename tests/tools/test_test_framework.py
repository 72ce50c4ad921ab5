"""The test framework without a database: tags, suites, results, matchers, values of forms."""

import logging
import threading
import unittest
from datetime import date
from types import ModuleType

import pytest
import requests

from odoo.fields import Command
from odoo.modules import module as module_registry
from odoo.tests import Approx, BaseCase, BlockedRequest, Like, can_import, freeze_time, no_retry, tagged
from odoo.tests.form_values import M2MValue, O2MValue, UpdateDict, convert_read_to_form, is_virtual
from odoo.tests.form_view import get_static_context
from odoo.tests.loader import get_module_test_cases, run_suite
from odoo.tests.result import OdooTestResult
from odoo.tests.suite import OdooSuite
from odoo.tests.tag_selector import TagsSelector


def make(name, bases=(BaseCase,), module="odoo.addons.sale.tests.test_order", **attributes):
    return type(BaseCase)(name, bases, {"__module__": module, **attributes})


def case(test_class, method="test_a"):
    return test_class(method)


@pytest.fixture
def sale_class():
    return make("TestOrder", test_a=lambda self: None, test_b=lambda self: None)


def test_classes_of_addons_get_tags_and_place(sale_class):
    assert sale_class.test_tags == {"standard", "at_install"}
    assert (sale_class.test_module, sale_class.test_class) == ("sale", "TestOrder")
    tagged("post_install", "-at_install", "slow")(sale_class)
    assert sale_class.test_tags == {"standard", "post_install", "slow"}
    assert make("TestMore", (sale_class,)).test_tags == {"standard", "post_install", "slow"}


def test_cases_of_unittest_get_tags_by_the_metaclass():
    mark = type(BaseCase)("Mark", (), {})
    plain = make("TestPlain", (unittest.TestCase, mark), test_a=lambda self: None)
    assert (plain.test_tags, plain.test_module) == ({"standard", "at_install"}, "sale")
    assert TagsSelector("/sale").check(case(plain))
    result = run_suite(OdooSuite([case(plain)]))
    assert (result.testsRun, result.wasSuccessful()) == (1, True)


@pytest.mark.parametrize(
    ("spec", "chosen"),
    [
        ("standard", "ab"),
        ("at_install", "ab"),
        ("post_install", ""),
        ("/sale", "ab"),
        ("/purchase", ""),
        (":TestOrder", "ab"),
        (":TestOrder.test_b", "b"),
        ("/sale:TestOrder.test_a", "a"),
        (".test_a", "a"),
        ("standard,-.test_a", "b"),
        ("-/sale", ""),
        ("-/purchase", "ab"),
        ("*", "ab"),
        ("slow/sale", ""),
        ("/sale/tests/test_order.py", "ab"),
        ("/home/me/addons/sale/tests/test_order.py", "ab"),
        ("/sale/tests/test_other.py", ""),
        ("slow,.test_b", "b"),
        ("/sale:TestOrder.test_a[x,y]", "a"),
    ],
)
def test_choosing_by_tags(sale_class, spec, chosen):
    selector = TagsSelector(spec)
    assert "".join(name[-1] for name in ("test_a", "test_b") if selector.check(case(sale_class, name))) == chosen


def test_2_12_11_files_are_chosen_by_their_paths(sale_class):
    for path, chosen in (
        ("/sale/tests/test_order.py", True),
        ("/addons/sale/tests/test_order.py", True),
        ("/sale/tests/test_other.py", False),
        ("/purchase/tests/test_order.py", False),
        ("-/sale/tests/test_order.py", False),
    ):
        assert TagsSelector(path).check(case(sale_class)) is chosen, path


def test_parameters_of_a_choice(sale_class):
    test = case(sale_class)
    assert TagsSelector("/sale:TestOrder.test_a[x,y]").check(test)
    assert test._test_params == [("+", "x,y")]


def run(*tests):
    return run_suite(OdooSuite(tests))


def test_outcomes_are_counted_and_logged(caplog):
    def fail(self):
        self.assertEqual(1, 2)

    def error(self):
        raise KeyError("boom")

    def subtests(self):
        for number in (1, 2, 3):
            with self.subTest(number=number):
                self.assertEqual(number, 2)

    test_class = make(
        "TestOutcomes",
        test_ok=lambda self: None,
        test_fail=fail,
        test_error=error,
        test_sub=subtests,
        test_skip=unittest.skip("later")(lambda self: None),
    )
    with caplog.at_level(logging.INFO):
        result = run(*get_cases(test_class))
    assert str(result) == "3 failed, 1 error(s) of 5 tests"
    assert not result.wasSuccessful()
    assert result.skipped == 1
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert {record.name for record in errors} == {"odoo.addons.sale.tests.test_order"}
    assert any("FAIL: Subtest TestOutcomes.test_sub" in record.getMessage() for record in errors)
    assert any("KeyError: 'boom'" in record.getMessage() for record in errors)
    total = OdooTestResult()
    total.update(result)
    total.update(result)
    assert str(total) == "6 failed, 2 error(s) of 10 tests"
    total.log_stats()


def get_cases(test_class):
    module = ModuleType(test_class.__module__)
    module.test_class = test_class
    return list(get_module_test_cases(module))


def test_classes_are_set_up_once_and_cleaned_up():
    events = []

    def set_up_class(cls):
        super(cls, cls).setUpClass()
        events.append("up")
        cls.addClassCleanup(events.append, "cleanup")

    test_class = make(
        "TestEvents",
        setUpClass=classmethod(set_up_class),
        tearDownClass=classmethod(lambda cls: events.append("down")),
        test_a=lambda self: events.append("a"),
        test_b=lambda self: events.append("b"),
    )
    other = make("TestOther", test_c=lambda self: events.append("c"))
    result = run(*get_cases(test_class), *get_cases(other))
    assert events == ["up", "a", "b", "down", "cleanup", "c"]
    assert result.wasSuccessful()


def test_failing_setup_of_a_class_is_one_error():
    def set_up_class(cls):
        cls.addClassCleanup(events.append, "cleanup")
        raise ValueError("no")

    events = []
    test_class = make("TestBroken", setUpClass=classmethod(set_up_class), test_a=lambda self: events.append("ran"))
    result = run(*get_cases(test_class), *get_cases(make("TestFine", test_b=lambda self: events.append("b"))))
    assert str(result) == "0 failed, 1 error(s) of 1 tests"
    assert events == ["cleanup", "b"]


def test_inherited_methods_run_unless_a_class_says_no():
    parent = make("TestParent", test_a=lambda self: None)
    child = make("TestChild", (parent,), test_b=lambda self: None)
    strict = make("TestStrict", (parent,), test_b=lambda self: None, allow_inherited_tests_method=False)
    assert [test._testMethodName for test in get_cases(child)] == ["test_a", "test_b"]
    assert [test._testMethodName for test in get_cases(strict)] == ["test_b"]


def test_failed_tests_are_retried_when_asked(monkeypatch):
    monkeypatch.setenv("ODOO_TEST_FAILURE_RETRIES", "2")
    attempts = []

    def flaky(self):
        attempts.append(1)
        self.assertGreater(len(attempts), 1)

    assert run(*get_cases(make("TestFlaky", test_a=flaky))).wasSuccessful()
    assert len(attempts) == 2
    attempts.clear()
    assert not run(*get_cases(make("TestOnce", test_a=no_retry(flaky)))).wasSuccessful()


def test_classes_say_how_often_their_tests_run():
    outcomes = [AssertionError, AssertionError, None]

    def flaky(self):
        if error := outcomes.pop(0):
            raise error

    result = run_suite(OdooSuite([case(make("TestFlaky", test_a=flaky, _tests_run_count=3))]))
    assert (result.testsRun, result.failures_count, outcomes) == (3, 0, [])


def test_the_current_test_is_known():
    seen = []
    test_class = make(
        "TestCurrent",
        test_a=lambda self: seen.append((module_registry.current_test is self, threading.current_thread().testing)),
    )
    run(*get_cases(test_class))
    assert seen == [(True, True)]
    assert not module_registry.current_test
    assert not threading.current_thread().testing


def test_requests_to_others_are_blocked():
    def call(self):
        with self.assertRaises(BlockedRequest):
            requests.get("http://example.com/x", timeout=1)

    assert run(*get_cases(make("TestRequests", test_a=call))).wasSuccessful()


def test_patching_lasts_for_the_test():
    class Target:
        value = 1

    def patched(self):
        self.patch(Target, "value", 2)
        self.assertEqual(Target.value, 2)

    assert run(*get_cases(make("TestPatch", test_a=patched))).wasSuccessful()
    assert Target.value == 1


def test_assertions_on_trees():
    test = case(make("TestTrees", test_a=lambda self: None))
    test.assertXMLEqual("<a x='1' y='2'> <b/>\n</a>", '<a y="2" x="1"><b/></a>')
    test.assertHTMLEqual("<p>a <b>c</b></p>", "<p>a  <b>c</b></p>".replace("  ", " "))
    with pytest.raises(AssertionError):
        test.assertXMLEqual("<a><b/></a>", "<a><c/></a>")


@pytest.mark.parametrize(
    "other",
    ["<a><b><c/></b></a>", "<a><b/></a>", "<a><c/><b/></a>", "<a><b/><c/><d/></a>", "<a><b/>x<c/></a>"],
)
def test_trees_differ_in_who_is_whose_child_and_in_texts(other):
    test = case(make("TestTrees", test_a=lambda self: None))
    with pytest.raises(AssertionError):
        test.assertXMLEqual("<a><b/><c/></a>", other)


def test_failed_and_broken_subtests_are_counted():
    def parts(self):
        for value in (1, 2, 3):
            with self.subTest(value=value):
                self.assertLess(value, 3)
                1 // (value - 2)

    result = run(*get_cases(make("TestParts", test_a=parts)))
    assert (result.failures_count, result.errors_count) == (1, 1)


def test_matchers():
    assert Like("hello ... world") == "hello  big \n world"
    assert Like("a...") != "b"
    assert ["x", 0.1 + 0.2] == [Like("x"), Approx(0.3, 2)]
    assert Approx(1.0, 0.5) != 2.0
    assert repr(Approx(1.0, 2, True)) == "~1.0"
    assert can_import("json") and not can_import("no_such_module_here")


def test_frozen_time():
    @freeze_time("2020-02-03")
    def frozen():
        return date.today()

    assert frozen() == date(2020, 2, 3)
    with freeze_time("2021-01-01"):
        assert date.today() == date(2021, 1, 1)
    assert freeze_time("2020-01-01")(type("C", (), {})).freeze_time == "2020-01-01"


def test_changes_of_values():
    values = UpdateDict(a=1, b=2)
    values["b"] = 3
    assert dict(values.changed_items()) == {"b": 3}
    assert not values.is_changed("a")
    values.clear()
    assert not values._changed


def test_commands_of_lines():
    lines = O2MValue([{"id": 1, "n": 1}, {"id": 2, "n": 2}, {"id": 3, "n": 3}])
    assert not lines.is_changed()
    lines.remove(1)
    lines.update(2, {"n": 5})
    new = lines.create({"n": 9})
    lines.add(7, {"n": 7})
    assert is_virtual(new) and list(lines) == [2, 3, new, 7]
    commands = lines.to_commands(lambda vals: dict(vals.changed_items()))
    assert commands == [
        Command.update(2, {"n": 5}),
        (Command.CREATE, new, {"n": 9}),
        Command.link(7),
        Command.delete(1),
    ]
    records = M2MValue([{"id": 1}, {"id": 2}])
    records.remove(1)
    records.add(3, {})
    assert records.to_commands() == [Command.link(3), Command.unlink(1)]


def test_converting_what_was_read():
    fields = {
        "partner": {"type": "many2one"},
        "ref": {"type": "reference"},
        "n": {"type": "integer"},
        "lines": {"type": "one2many", "line_fields": {"product": {"type": "many2one"}}},
    }
    values = convert_read_to_form(
        {
            "partner": {"id": 3, "display_name": "x"},
            "ref": {"id": {"id": 2, "model": "a.b"}},
            "n": 1,
            "lines": [{"id": 5, "product": False}, {"id": 6, "product": 8}],
        },
        fields,
    )
    assert (values["partner"], values["ref"], values["n"]) == (3, "a.b,2", 1)
    assert values["lines"] == [5, 6]
    assert values["lines"].get_vals(6)["product"] == 8


def test_static_part_of_contexts():
    assert get_static_context("{'form_view_ref': 'a.b', 'default_x': parent.id, 'n': [1]}") == {
        "form_view_ref": "a.b",
        "n": [1],
    }
    assert get_static_context("not a dict") == {}
