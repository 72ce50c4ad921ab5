"""Fast paths that convert or compare values give what their slow paths give, value by value."""

from operator import ge, gt, le, lt

from hypothesis import example, given
from hypothesis import strategies as st

from odoo import fields
from odoo.orm.cache import insert_column
from odoo.orm.domain.python import _number_inequality, like_matcher
from odoo.orm.fields.text import Char
from odoo.orm.records.insert import _ESCAPES, _copy_texts

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
COMPARISONS = {"<": lt, "<=": le, ">": gt, ">=": ge}


@given(text=TEXTS, part=TEXTS.filter(lambda part: not set("%_\\") & set(part)), operator=st.sampled_from(("", "i")))
@example(text="\N{LATIN SMALL LETTER LONG S}", part="s", operator="i")
@example(text="\N{KELVIN SIGN}", part="k", operator="i")
def test_like_without_a_pattern(text, part, operator):
    # an escaped character is itself, but a pattern for the slow path
    escaped = "".join(f"\\{character}" for character in part)
    for content in (text, f"{text}{part.upper()}{text}", part, part.swapcase()):
        name = f"{operator}like"
        assert like_matcher(name, part)(content) == like_matcher(name, escaped or "%")(content)
        if escaped:
            assert like_matcher(f"={name}", part)(content) == like_matcher(f"={name}", escaped)(content)


@given(
    column=st.lists(st.one_of(st.none(), st.integers(-3, 3), st.floats(-3, 3)), max_size=6),
    value=st.one_of(st.integers(-3, 3), st.floats(-3, 3)),
    operator=st.sampled_from(sorted(COMPARISONS)),
)
def test_inequalities_of_numbers(column, value, operator):
    ids = range(len(column))
    expected = [id_ for id_ in ids if COMPARISONS[operator](column[id_] or 0, value)]
    assert _number_inequality(column, ids, operator, value) == expected


@given(texts=st.lists(TEXTS, max_size=5))
@example(texts=["a\\b", "\t", "\\N", "\r\n", "é\n"])
def test_texts_of_copy(texts):
    assert _copy_texts(texts) == [text.translate(_ESCAPES) for text in texts]


@given(
    column=st.dictionaries(st.integers(1, 9), st.integers()),
    values=st.dictionaries(st.integers(1, 9), st.integers()),
)
def test_columns_that_are_added(column, values):
    expected = {**values, **column}
    insert_column(column, tuple(values), list(values.values()))
    assert column == expected


@given(value=st.integers(0, 5))
def test_ids_of_many2one_fields(value):
    field = fields.Many2one("res.partner")
    assert field.convert_to_cache(value, None) == field._id_of(value, None)


@given(value=TEXTS, size=st.sampled_from((None, 1, 3)))
def test_texts_of_char_fields(value, size):
    class Text(str):
        """What is no plain text to the fast path."""

    field = Char()
    field.size = size
    assert field.convert_to_cache(value, None) == field.convert_to_cache(Text(value), None)
