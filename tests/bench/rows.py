# addons: bench_quoin
"""Lists over a table of a million rows, beside hand-written SQL on the same connection."""

from odoo.addons.bench_quoin.measure import forget, ratio, report

ROWS = 1_000_000
FIELDS = ["name", "day", "kind", "amount", "label_id"]
PAGE = """SELECT e.id, e.name, e.day, e.kind, e.amount, e.label_id, l.name FROM bench_entry e
    LEFT JOIN bench_label l ON l.id = e.label_id WHERE e.active {} ORDER BY e.name, e.id LIMIT 80"""

raw = env.cr._obj
Entry = env["bench.entry"]
labels = env["bench.label"].create([{"name": f"Label {index}"} for index in range(20)])
env.flush_all()
raw.execute(
    """INSERT INTO bench_entry (name, day, kind, amount, label_id, active,
        create_uid, create_date, write_uid, write_date)
    SELECT 'Entry ' || lpad(((i::bigint * 7919) %% %s)::text, 7, '0'), date '2020-01-01' + i %% 2000,
        (ARRAY['a', 'b', 'c'])[1 + i %% 3], i %% 1000 * 1.5, (%s::int[])[1 + i %% 20], i %% 50 > 0,
        1, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC'
    FROM generate_series(1, %s) i""",
    [ROWS, labels.ids, ROWS],
)
raw.execute("ANALYZE bench_entry")


def rows(statement, *params):
    """Return the rows of a statement."""
    raw.execute(statement, params)
    return raw.fetchall()


def page(condition="", *params):
    """Return a page of dicts, a link with its name."""
    return [
        dict(zip(("id", *FIELDS), (*row[:5], (row[5], row[6])), strict=True))
        for row in rows(PAGE.format(condition), *params)
    ]


MONTH = """SELECT date_trunc('month', day), sum(amount), count(*) FROM bench_entry WHERE active
    GROUP BY 1 ORDER BY 1"""
CASES = {
    "page_by_name": (lambda: Entry.search_read([], FIELDS, limit=80), page),
    "page_filtered": (
        lambda: Entry.search_read([("kind", "=", "b"), ("amount", ">", 1200)], FIELDS, limit=80),
        lambda: page("AND e.kind = %s AND e.amount > %s", "b", 1200),
    ),
    "count_limited": (
        lambda: Entry.search_count([("kind", "=", "b")], limit=10000),
        lambda: rows("SELECT count(*) FROM (SELECT 1 FROM bench_entry WHERE active AND kind = 'b' LIMIT 10000) t"),
    ),
    "read_group_month": (
        lambda: Entry._read_group([], ["day:month"], ["amount:sum", "__count"]),
        lambda: rows(MONTH),
    ),
    "name_search": (
        lambda: Entry.name_search("Entry 0123", limit=8),
        lambda: rows(
            "SELECT id, name FROM bench_entry WHERE active AND name ILIKE %s ORDER BY name, id LIMIT 8", "%Entry 0123%"
        ),
    ),
}
for name, (orm, floor) in CASES.items():
    assert orm() and floor()
    repeat = 5 if name in ("read_group_month", "name_search") else 40
    report(f"million_{name}", "ratio", ratio(orm, floor, repeat, lambda: forget(env)), 1.3)
env.cr.rollback()
