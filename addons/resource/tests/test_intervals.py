"""Sets of spans, and the helpers beside them: RES-9, RES-20 to RES-23."""

from datetime import datetime, time

import pytz

from odoo.addons.resource.models.utils import (
    Intervals,
    WorkIntervals,
    datetime_to_string,
    filter_domain_leaf,
    float_to_time,
    make_aware,
    string_to_datetime,
    sum_intervals,
    timezone_datetime,
)
from odoo.tests import BaseCase

LEFT, RIGHT = [(0, 4), (8, 12), (16, 20)], [(3, 9), (11, 17)]


def spans(bounds, records=frozenset()):
    return [(start, stop, set(records)) for start, stop in bounds]


class TestIntervals(BaseCase):
    def check(self, result, bounds):
        self.assertEqual([(start, stop) for start, stop, _records in result], bounds)

    def test_res_20_union_joins_what_meets(self):
        self.check(Intervals(spans([(1, 2), (2, 4)])), [(1, 4)])
        self.check(Intervals(spans([(3, 5), (1, 2), (4, 4), (9, 8)])), [(1, 2), (3, 5)])
        self.check(Intervals(spans(LEFT)) | Intervals(spans(RIGHT)), [(0, 20)])
        self.check(Intervals(spans([(0, 9), (2, 3)])), [(0, 9)])
        joined = Intervals([(1, 3, {"a"}), (2, 4, {"b"}), (7, 8, {"c"})])
        self.assertEqual(list(joined), [(1, 4, {"a", "b"}), (7, 8, {"c"})])

    def test_res_20_intersection_and_difference(self):
        left, right = Intervals(spans(LEFT, "a")), Intervals(spans(RIGHT, "b"))
        self.assertEqual(list(left & right), spans([(3, 4), (8, 9), (11, 12), (16, 17)], "a"))
        self.assertEqual(list(left - right), spans([(0, 3), (9, 11), (17, 20)], "a"))
        self.check(Intervals(spans([(10, 20)])) & Intervals(spans([(20, 25)])), [])
        self.check(left - Intervals(), LEFT)
        self.check(left - Intervals(spans([(0, 30)])), [])
        self.check(Intervals(spans([(0, 10)])) - spans([(1, 2), (4, 5)]), [(0, 1), (2, 4), (5, 10)])

    def test_res_20_is_a_sequence(self):
        left = Intervals(spans(LEFT))
        self.assertTrue(left)
        self.assertFalse(Intervals())
        self.assertEqual(len(left), 3)
        self.assertEqual(next(reversed(left))[:2], (16, 20))
        self.assertEqual(list(left), list(left), "it can be walked through again")

    def test_res_21_lines_that_touch_stay_apart(self):
        lines = WorkIntervals(spans([(8, 12), (12, 16)]))
        self.check(lines, [(8, 12), (12, 16)])
        self.check(lines - Intervals(spans([(10, 14)])), [(8, 10), (14, 16)])
        self.check(lines & Intervals(spans([(10, 14)])), [(10, 12), (12, 14)])
        self.check(WorkIntervals(spans([(8, 12), (11, 16)])), [(8, 16)])
        self.assertIsInstance(lines | lines, WorkIntervals)


class TestHelpers(BaseCase):
    def test_res_9_hours_of_a_clock(self):
        self.assertEqual(float_to_time(8.5), time(8, 30))
        self.assertEqual(float_to_time(7.999), time(8, 0))
        self.assertEqual(float_to_time(1 / 3), time(0, 20))
        self.assertEqual(float_to_time(24.0), time.max)
        self.assertEqual(float_to_time(23.999), time.max)

    def test_res_22_zones(self):
        brussels = pytz.timezone("Europe/Brussels")
        local, revert = make_aware(brussels.localize(datetime(2018, 4, 10, 8)))
        self.assertEqual(revert(datetime(2018, 4, 10, 12, tzinfo=pytz.utc)).hour, 14)
        self.assertEqual(local.hour, 8)
        aware, revert = make_aware(datetime(2018, 4, 10, 8))
        self.assertEqual(aware.tzinfo, pytz.utc)
        self.assertEqual(revert(local), datetime(2018, 4, 10, 6))
        self.assertEqual(timezone_datetime(datetime(2018, 4, 10)), datetime(2018, 4, 10, tzinfo=pytz.utc))
        self.assertIs(timezone_datetime(local), local)
        self.assertEqual(string_to_datetime("2018-04-10 06:00:00"), local)
        self.assertEqual(datetime_to_string(local), "2018-04-10 06:00:00")
        self.assertEqual(sum_intervals([(aware, aware, None), (local, aware, None)]), 2)

    def test_res_23_domains_of_some_fields(self):
        def is_kept(name):
            return name != "skills"

        domain = [
            "|",
            "|",
            "!",
            ("admin", "=", 1),
            ("admin", "=", True),
            "!",
            "&",
            "!",
            ("skills", "=", 2),
            ("admin", "=", True),
        ]
        self.assertEqual(
            filter_domain_leaf(domain, is_kept),
            ["|", "|", "!", ("admin", "=", 1), ("admin", "=", True), "!", ("admin", "=", True)],
        )
        self.assertEqual(filter_domain_leaf([("skills", "=", 2), "!", ("skills", "=", 1)], is_kept), [])
        self.assertEqual(
            filter_domain_leaf([("a", "=", 2), ("skills", "=", 1), ("b", "in", [1])], is_kept, {"a": "c"}),
            ["&", ("c", "=", 2), ("b", "in", [1])],
        )
