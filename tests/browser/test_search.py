"""The search bar and the panel beside a view."""

from playwright.sync_api import expect


def test_more_records_are_proposed(visitor, call):
    """Below a field, eight records are proposed at first, then more on request."""
    call("res.partner", "create", [{"name": f"Zephyr {number:02}"} for number in range(11)])
    page = visitor.open("/odoo/sales")
    page.locator(".o_searchview_input").fill("Zephyr")
    customer = page.locator(".o_searchview_autocomplete .o_menu_item", has_text="Customer")
    customer.locator(".o_expand").click()
    found = page.locator(".o_searchview_autocomplete .o_indent", has_text="Zephyr")
    expect(found).to_have_count(8)
    page.locator(".o_searchview_autocomplete .o_indent", has_text="Load more").click()
    expect(found).to_have_count(11)
    expect(page.locator(".o_searchview_autocomplete .o_indent", has_text="Load more")).to_have_count(0)
    expect(page.locator(".o_searchview_input")).to_be_focused()


def test_proposals_go_when_one_is_chosen(visitor):
    """Who chose one does not wait for the records to see that it was chosen."""
    page = visitor.open("/odoo/sales")
    held = []
    page.route("**/web_search_read", lambda route: held.append(route))
    page.locator(".o_searchview_input").fill("Marigold")
    page.get_by_role("option", name="Customer for: Marigold").click()
    expect(page.locator(".o_searchview_autocomplete")).to_be_hidden()
    assert held, "records were not asked for"
    expect(page.locator(".o_searchview_facet")).to_have_count(0)
    # what is held goes on
    page.unroute("**/web_search_read")
    expect(page.locator(".o_searchview_facet")).to_contain_text("Marigold")


def test_panel_is_folded(visitor, call, screen, sampler):
    """The panel beside a view is folded, and stays so in the other views of the action."""
    record = call(sampler, "create", {"x_name": "One", "x_selection": "done"})
    search = "<search><searchpanel><field name='x_selection'/></searchpanel></search>"
    card = "<kanban><templates><t t-name='card'><field name='x_name'/></t></templates></kanban>"
    page = visitor.open(screen(sampler, "<list><field name='x_name'/></list>", card, search))
    panel = page.locator(".o_search_panel")
    expect(panel.locator(".o_search_panel_section")).to_be_visible()
    wide = panel.bounding_box()["width"]
    panel.get_by_role("button", name="Hide the panel").click()
    expect(panel.locator(".o_search_panel_section")).to_have_count(0)
    assert panel.bounding_box()["width"] < wide / 2
    page.locator(".o_switch_view.o_kanban").click()
    expect(page.locator(".o_kanban_renderer")).to_be_visible()
    expect(panel.locator(".o_search_panel_section")).to_have_count(0)
    panel.get_by_role("button", name="Show the panel").click()
    expect(panel.locator(".o_search_panel_section")).to_be_visible()
    call(sampler, "unlink", [record])
