"""JSON of answers: written by another library than the json module, and what is read of it is the same."""

import collections
import dataclasses
import datetime
import enum
import json
import random
import uuid

import markupsafe
import pytest

from odoo.i18n.translate import LazyGettext
from odoo.tools import frozendict, json_default, json_text, json_value, lazy
from odoo.tools.containers import ReadonlyDict

Point = collections.namedtuple("Point", "x y")
NAN = float("nan")


class Colour(enum.Enum):
    RED = "red"
    PAIR = (1, NAN)


class Level(enum.IntEnum):
    HIGH = 3


class Word(enum.StrEnum):
    YES = "yes"


@dataclasses.dataclass
class Thing:
    x: int = 1


class Shouting(dict):
    def items(self):
        return [(key.upper(), value) for key, value in super().items()]


class Doubled(list):
    def __iter__(self):
        return iter([*super().__iter__()] * 2)


class Kilo(float):
    def __repr__(self):
        return f"{float(self)}k"

    __float__ = None


class Loud(str):
    def __str__(self):
        return "LOUD"


class Big(int):
    def __repr__(self):
        return "big"


def nested(depth):
    value = "end"
    for _ in range(depth):
        value = [{"a": value}]
    return value


VALUES = [
    *(None, True, False, 0, -1, 2**53 + 1, 2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 10**40),
    *(0.1, -0.0, 1e16, 1e22, 5e-324, 1.7976931348623157e308, 123456789.123456789, NAN, float("inf"), -float("inf")),
    *("", "null", "é€😀", '\0\x1f\x7f\u2028</script>"\\', "\ud800", "a\udfff"),
    *([], {}, [[]], [None, "null"], {"null": 1}, {"a": NAN, "b": [None]}, (1, 2), Point(1, "a"), {1: 2, None: 3}),
    *({True: 1, False: 0, 1.5: 2, NAN: 3}, {"1": "text", 1: "number"}, {(1, 2): 3}, {"\ud800": 1}, {Word.YES: 1}),
    *({markupsafe.Markup("<b>"): 1}, {datetime.date(2024, 1, 1): 1}, {b"a": 1}),
    *(datetime.datetime(2024, 2, 29, 1, 2, 3, 456), datetime.datetime(2024, 2, 29, tzinfo=datetime.UTC)),
    *(datetime.date(2024, 2, 29), datetime.time(1, 2, 3), datetime.timedelta(hours=1)),
    *(b"bytes", b"\xff", bytearray(b"a"), {1, 2}, frozenset([1]), range(3), object, uuid.UUID(int=5), 1j),
    *(Colour.RED, Colour.PAIR, Level.HIGH, Word.YES, [Level.HIGH, {"a": Word.YES}], Thing(), Thing),
    *(Shouting(a=1), Doubled([1, 2]), Kilo(1.5), Kilo("nan"), Loud("quiet"), Big(5), Big(2**70)),
    *(frozendict({"a": frozendict({"b": 1})}), ReadonlyDict({"a": [1]}), collections.OrderedDict(b=1, a=2)),
    *(collections.defaultdict(list, {"a": [1]}), collections.Counter("aab"), collections.deque([1])),
    *(markupsafe.Markup("<b>bold</b>"), [markupsafe.Markup("é")], lazy(lambda: [NAN, 1]), lazy(lambda: "text")),
    *(LazyGettext("Some text"), {"a": [LazyGettext("Some text")]}, json.JSONDecoder, nested(50), nested(200)),
]


def as_json_does(value):
    return json.dumps(value, ensure_ascii=False, default=json_default).encode()


def read(write, value):
    """What whoever gets it reads, as text that tells 1 from 1.0 and from True, or how writing ends."""
    try:
        return repr(json.loads(write(value)))
    except Exception as error:
        return type(error)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_values_are_written_as_the_json_module_does(value):
    for whole in (value, [value], {"jsonrpc": "2.0", "result": {"deep": [(value, 1), value]}}):
        assert read(json_text, whole) == read(as_json_does, whole)


def test_what_contains_itself_is_refused():
    value = []
    value.append(value)
    assert read(json_text, value) == read(as_json_does, value)


def test_any_mix_of_values():
    chance = random.Random(10)

    def some(depth):
        if depth and chance.random() < 0.5:
            parts = [some(depth - 1) for _ in range(chance.randrange(4))]
            return parts if chance.random() < 0.5 else {str(number): part for number, part in enumerate(parts)}
        return chance.choice(VALUES) if chance.random() < 0.2 else chance.choice([1, 2.5, "é", False, None])

    for _ in range(300):
        value = some(4)
        assert read(json_text, value) == read(as_json_does, value)


TEXTS = [
    *("", "null", "[1, 2.5, true, false, null]", '{"a": {"b": []}, "a": 2}', " \t\r\n1 ", "\ufeff1", "\x0c1", "\xa01"),
    *("NaN", "[Infinity, -Infinity]", "1E400", "-1e400", "1e-400", "-0", "-0.0", "01", "1.", ".5", "+1", "1_0", "0x1"),
    *("18446744073709551615", "18446744073709551616", "-9223372036854775808", "-9223372036854775809", "9" * 40),
    *("123456789012345678901.5", "0.1000000000000000055511151231257827", "1.7976931348623159e308", "4.9e-324"),
    *(
        '"\\ud800"',
        '"\\ud83d\\ude00"',
        '"\\u0000"',
        '"\t"',
        '"\x7f\u2028"',
        '"\\/"',
        '"\\x"',
        '"é€😀"',
        "'a'",
        '{"\\udfff": 1}',
    ),
    *("[1,]", '{"a":1,}', "{1: 2}", "[1] 2", "//c\n1", "[" * 500 + "]" * 500, "[" * 1100 + "]" * 1100, "[" * 100000),
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("wrap", ["{}", '{{"jsonrpc": "2.0", "params": [{}, "7"]}}'])
def test_texts_are_read_as_the_json_module_does(text, wrap):
    whole = wrap.format(text)
    assert outcome(json_value, whole.encode()) == outcome(json.loads, whole)


def test_bytes_that_are_no_characters():
    assert json_value(b'["a\xff", 1]') == ["a\ufffd", 1]


def outcome(read, text):
    try:
        return repr(read(text))
    except (ValueError, RecursionError) as error:
        return isinstance(error, ValueError)
