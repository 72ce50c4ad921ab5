"""Lists in groups, their sums, and what their headers tell."""

import pytest
from playwright.sync_api import expect

LIST = """
    <list groups_limit="80" limit="{}">
        <field name="x_name"/>
        <field name="x_currency_id" column_invisible="1"/>
        <field name="x_monetary" sum="Total" help="What it costs"/>
        <field name="x_integer"/>
    </list>
"""


@pytest.fixture
def amounts(call, sampler):
    """Five records: three in dollars that are done, two in different currencies that are blocked."""
    usd, eur = (
        call("res.currency", "search", [["name", "=", name]], context={"active_test": False})[0]
        for name in ("USD", "EUR")
    )
    call("res.currency", "write", [usd, eur], {"active": True})
    made = call(
        sampler,
        "create",
        [
            {"x_name": name, "x_selection": state, "x_currency_id": currency, "x_monetary": amount}
            for name, state, currency, amount in (
                ("One", "done", usd, 1000),
                ("Two", "done", usd, 2000.5),
                ("Three", "done", usd, 3),
                ("Four", "blocked", usd, 5),
                ("Five", "blocked", eur, 7),
            )
        ],
    )
    yield made
    call(sampler, "unlink", made)


def group(page, title):
    return page.locator(".o_group_header", has_text=title)


def test_b18_sums_of_groups_have_their_currency(visitor, screen, sampler, amounts):
    """B18: the sum of a group shows its currency; amounts of several currencies are not added."""
    page = visitor.open(screen(sampler, LIST.format(80), context="{'group_by': ['x_selection', 'x_name']}"))
    sums = page.locator(".o_group_header .o_list_number:not(:empty)")
    expect(group(page, "Done").locator("td", has_text="3,003.50")).to_have_text("$\u00a03,003.50")
    expect(group(page, "Blocked").locator("td", has_text="—")).to_have_count(1)
    expect(page.locator(".o_list_footer")).to_contain_text("—")
    group(page, "Done").click()
    expect(group(page, "Two").locator("td", has_text="2,000.50")).to_have_text("$\u00a02,000.50")
    assert sums.count() >= 5


def test_b18_pager_of_a_group(visitor, screen, sampler, amounts):
    """B18: a group with more records than a page shows a pager."""
    page = visitor.open(screen(sampler, LIST.format(2), context="{'group_by': ['x_selection']}"))
    group(page, "Done").click()
    expect(page.locator(".o_data_row")).to_have_count(2)
    pager = group(page, "Done").locator(".o_pager")
    expect(pager).to_contain_text("1-2 / 3")
    pager.locator(".o_pager_next").click()
    expect(page.locator(".o_data_row")).to_have_count(1)
    expect(page.locator(".o_data_row td[name='x_name']")).to_have_text("Three")


def test_b14_filters_are_called_as_their_fields(visitor, screen, sampler):
    """B14: a filter by a date and a group have the label of their field where the view gives none."""
    search = """
        <search>
            <filter name="date" date="x_date"/>
            <filter name="by_currency" context="{'group_by': 'x_currency_id'}"/>
        </search>
    """
    page = visitor.open(screen(sampler, "<list><field name='x_name'/></list>", search))
    page.locator(".o_searchview_dropdown_toggler").click()
    expect(page.locator(".o_filter_menu")).to_contain_text("Date")
    expect(page.locator(".o_filter_menu")).not_to_contain_text("date")
    expect(page.locator(".o_group_by_menu .o_menu_item").first).to_have_text("Currency")


def test_b22_headers_tell_developers_only(visitor, screen, sampler, amounts):
    """B22: without debug mode the page has no technical data; help of a field is there for everybody."""
    address = screen(sampler, LIST.format(80))
    page = visitor.open(address)
    header = page.locator("th[data-name='x_monetary']")
    expect(header).to_be_visible()
    info = "[data-tooltip-info]"
    expect(page.locator(info)).to_have_count(1)
    assert "currency" not in header.locator(info).get_attribute("data-tooltip-info")
    header.locator(info).hover()
    expect(page.locator(".o-tooltip--help")).to_have_text("What it costs")
    page = visitor.open(f"{address}?debug=1")
    expect(page.locator(f"th {info}")).to_have_count(3)
    assert "x_monetary" in header.locator(info).get_attribute("data-tooltip-info")
    page = visitor.open(f"{address}?debug=0")
