"""Search, groups, selection, columns, cards."""

from playwright.sync_api import expect


def rows(page):
    return page.locator(".o_list_view .o_data_row")


def open_menu(page):
    page.locator(".o_searchview_dropdown_toggler").click()
    return page.locator(".o_search_bar_menu")


def test_facet_by_typing(visitor):
    page = visitor.open("/odoo/sales")
    total = rows(page).count()
    page.locator(".o_searchview_input").fill("S00001")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    page.locator(".o_facet_remove").click()
    expect(rows(page)).not_to_have_count(1)
    assert total >= 1


def test_filter_and_group(visitor):
    page = visitor.open("/odoo/sales")
    menu = open_menu(page)
    menu.locator(".o_group_by_menu .o_menu_item", has_text="Customer").click()
    expect(page.locator(".o_group_header").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(rows(page)).to_have_count(0)
    page.locator(".o_group_header").first.click()
    expect(rows(page).first).to_be_visible()


def test_favorite(visitor):
    page = visitor.open("/odoo/sales")
    page.locator(".o_searchview_input").fill("S00003")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    menu = open_menu(page)
    menu.locator(".o_add_favorite").click()
    menu.locator(".o_favorite_menu input[type=text]").fill("Third order")
    menu.locator(".o_save_favorite").click()
    expect(page.locator(".o_facet_favorite")).to_contain_text("Third order")
    visitor.open("/odoo/sales")
    open_menu(page).locator(".o_favorite_menu .o_menu_item", has_text="Third order").click()
    expect(rows(page)).to_have_count(1)


def test_selection_and_its_actions(visitor, draft):
    page = visitor.open("/odoo/sales")
    name = visitor.server.query("SELECT name FROM sale_order WHERE id = %s", [draft])[0][0]
    row = rows(page).filter(has_text=name)
    row.locator(".o_list_record_selector").click()
    expect(page.locator(".o_list_selection_box")).to_contain_text("1 selected")
    page.locator(".o_selection_container button", has_text="Actions").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.locator(".modal-footer .btn-danger").click()
    expect(rows(page).filter(has_text=name)).to_have_count(0)


def test_order_of_lines(visitor):
    page = visitor.open("/odoo/sales")
    header = page.locator("th[data-name='name']")
    header.click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    first = rows(page).first.inner_text()
    header.click()
    expect(header).to_have_attribute("aria-sort", "descending")
    expect(rows(page).first).not_to_have_text(first)


def test_optional_columns_are_remembered(visitor):
    page = visitor.open("/odoo/sales")
    before = page.locator("thead th").count()
    page.locator(".o_optional_columns_dropdown_toggle").click()
    page.locator(".o_optional_columns_menu .dropdown-item").first.click()
    expect(page.locator("thead th")).not_to_have_count(before)
    after = page.locator("thead th").count()
    page.reload()
    expect(rows(page).first).to_be_visible()
    expect(page.locator("thead th")).to_have_count(after)


def test_cards(visitor):
    page = visitor.open("/odoo/sales?view_type=kanban")
    card = page.locator(".o_kanban_record:not(.o_kanban_ghost)").first
    expect(card).to_be_visible()
    card.click()
    expect(page.locator(".o_form_renderer")).to_be_visible()
