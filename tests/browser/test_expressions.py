"""Python expressions and domains, as the client evaluates them."""

import pytest

EXPRESSIONS = [
    ("1 + 2 * 3", {}, 7),
    ("(1 + 2) * 3", {}, 9),
    ("-2 ** 2", {}, -4),
    ("7 // 2, -7 // 2, 7 % 3, -7 % 3", {}, [3, -4, 1, 2]),
    ("1 < 2 < 3", {}, True),
    ("1 < 3 < 2", {}, False),
    ("not a and b or c", {"a": 0, "b": "", "c": 5}, 5),
    ("a if b else c", {"a": 1, "b": [], "c": 2}, 2),
    ("state in ('draft', 'sent')", {"state": "sent"}, True),
    ("state not in ['draft']", {"state": "sale"}, True),
    ("x is None", {"x": None}, True),
    ("parent.state == 'draft'", {"parent": {"state": "draft"}}, True),
    ("context.get('default_x', 4)", {"context": {}}, 4),
    ("{'a': [1, 2], 'b': (3,)}", {}, {"a": [1, 2], "b": [3]}),
    ("'%s-%s' % ('a', 1)", {}, "a-1"),
    ("r'a\\n' + 'b'", {}, "a\\nb"),
    ("bool(set([])) or len([1, 2])", {}, 2),
    ("datetime.date(2024, 1, 31) + relativedelta(months=1)", {}, "2024-02-29"),
    (
        "(datetime.datetime(2024, 5, 1) - datetime.timedelta(hours=1)).strftime('%Y-%m-%d %H:%M')",
        {},
        "2024-04-30 23:00",
    ),
    ("(datetime.date(2024, 5, 15) + relativedelta(day=1, months=-1)).strftime('%d/%m/%Y')", {}, "01/04/2024"),
]

DOMAINS = [
    ([], {"a": 1}, True),
    ([["a", "=", 1]], {"a": 1}, True),
    ([["a", "=", 1], ["b", "!=", 2]], {"a": 1, "b": 2}, False),
    (["|", ["a", "=", 1], ["b", "=", 2]], {"a": 0, "b": 2}, True),
    (["!", ["a", "in", [1, 2]]], {"a": 3}, True),
    ([["name", "ilike", "bri%te"]], {"name": "Brisk Concrete"}, True),
    ([["name", "=like", "B%"]], {"name": "Brisk"}, True),
    ([["tags", "in", [4]]], {"tags": [3, 4]}, True),
    ([["tags", "not in", [5]]], {"tags": [3, 4]}, True),
    ([["day", "<", "2024-02-01"]], {"day": "2024-01-31"}, True),
]

REFUSED = ["1 +", "unknown_name", "a b", "'open", "1 / 0", "f(", "{'a': }"]


@pytest.fixture(scope="module")
def page(browser, sale_server, login_state):
    """A page where the client's modules can be imported."""
    context = browser.new_context(storage_state=login_state)
    page = context.new_page()
    page.goto(f"{sale_server.url}/odoo")
    page.wait_for_selector(".o_navbar")
    yield page
    context.close()


@pytest.mark.parametrize("source, names, result", EXPRESSIONS)
def test_value(page, source, names, result):
    assert (
        page.evaluate(
            """async ([source, names]) => {
        const { evaluateExpr } = await import("@web/core/py_js/py");
        return JSON.parse(JSON.stringify(evaluateExpr(source, names)));
    }""",
            [source, names],
        )
        == result
    )


@pytest.mark.parametrize("source", REFUSED)
def test_refused(page, source):
    message = page.evaluate(
        """async (source) => {
        const { evaluateExpr } = await import("@web/core/py_js/py");
        try { evaluateExpr(source, {}); } catch (error) { return error.message; }
    }""",
        source,
    )
    assert message and source in message


@pytest.mark.parametrize("domain, record, result", DOMAINS)
def test_domain(page, domain, record, result):
    assert (
        page.evaluate(
            """async ([domain, record]) => {
        const { Domain } = await import("@web/core/domain");
        return new Domain(domain).contains(record);
    }""",
            [domain, record],
        )
        is result
    )


def test_domains_combine(page):
    texts = page.evaluate("""async () => {
        const { Domain } = await import("@web/core/domain");
        const [a, b] = [[["a", "=", 1]], ["|", ["b", "=", 2], ["c", "=", 3]]];
        return [Domain.and([a, b]), Domain.or([a, b]), Domain.not(b), Domain.and([])].map(String);
    }""")
    assert texts == [
        '["&", ["a", "=", 1], "|", ["b", "=", 2], ["c", "=", 3]]',
        '["|", ["a", "=", 1], "|", ["b", "=", 2], ["c", "=", 3]]',
        '["!", "|", ["b", "=", 2], ["c", "=", 3]]',
        "[]",
    ]


def test_patch_and_its_removal(page):
    assert page.evaluate("""async () => {
        const { patch } = await import("@web/core/utils/patch");
        class A { greet() { return "a"; } get size() { return 1; } }
        const undoB = patch(A.prototype, {
            greet() { return super.greet() + "b"; },
            get size() { return super.size + 1; },
        });
        const undoC = patch(A.prototype, { greet() { return super.greet() + "c"; } });
        const results = [new A().greet(), new A().size];
        undoB();
        results.push(new A().greet(), new A().size);
        undoC();
        results.push(new A().greet());
        return results;
    }""") == ["abc", 2, "ac", 1, "a"]
