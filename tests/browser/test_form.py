"""Filling a form in."""

from playwright.sync_api import expect


def lines(page):
    return page.locator(".o_field_widget[name='order_line'] .o_data_row")


def new_quotation(visitor):
    page = visitor.open("/odoo/sales/new")
    expect(visitor.input("partner_id")).to_be_focused()
    return page


def test_quotation_from_nothing(visitor):
    page = new_quotation(visitor)
    visitor.choose("partner_id", "Brisk Concrete")
    page.get_by_role("button", name="Add a product").click()
    row = page.locator(".o_selected_row")
    expect(row.locator("td[name='product_id'] input")).to_be_focused()
    page.keyboard.type("Desk")
    expect(page.locator(".o-autocomplete--dropdown-item .active")).to_contain_text("esk")
    page.keyboard.press("Enter")
    expect(row.locator("td[name='price_unit'] input")).not_to_have_value("0.00")
    quantity = row.locator("td[name='product_uom_qty'] input")
    quantity.fill("3")
    page.keyboard.press("Enter")
    # a line follows for the next product
    expect(lines(page)).to_have_count(2)
    page.keyboard.press("Escape")
    expect(lines(page)).to_have_count(1)
    expect(visitor.field("amount_total")).not_to_have_text("$ 0.00")
    page.keyboard.press("Alt+s")
    expect(page.locator(".o_breadcrumb .active")).to_contain_text("S0")
    expect(page).not_to_have_url(f"{visitor.server.url}/odoo/sales/new")
    expect(lines(page).locator("td[name='product_uom_qty']")).to_have_text(["3.00"])


def test_required_fields(visitor):
    page = new_quotation(visitor)
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_notification")).to_contain_text("Customer")
    expect(page.locator("label.o_field_invalid", has_text="Customer")).to_be_visible()
    visitor.choose("partner_id", "Brisk Concrete")
    expect(page.locator("label.o_field_invalid", has_text="Customer")).to_have_count(0)


def test_discard_of_changes(visitor, draft):
    page = visitor.order(draft)
    lines(page).locator("button[name='delete']").click()
    expect(lines(page)).to_have_count(0)
    page.locator(".o_form_button_cancel").click()
    expect(lines(page)).to_have_count(1)
    expect(page.locator(".o_form_status_indicator_buttons.invisible")).to_have_count(1)


def test_discard_of_a_new_record(visitor):
    page = visitor.open("/odoo/sales")
    page.locator(".o_list_button_add").click()
    expect(page.locator(".o_breadcrumb .active")).to_have_text("New")
    page.locator(".o_form_button_cancel").click()
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()


def test_changes_are_saved_when_the_form_is_left(visitor, draft):
    page = visitor.order(draft)
    page.get_by_role("tab", name="Other Info").click()
    visitor.input("client_order_ref").fill("left")
    page.locator(".o_breadcrumb a").first.click()
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    assert visitor.server.query("SELECT client_order_ref FROM sale_order WHERE id = %s", [draft]) == [("left",)]


def test_create_and_edit_in_a_dialog(visitor, draft):
    page = visitor.order(draft)
    visitor.input("partner_id").fill("Juniper Tools")
    page.locator(".o_m2o_dropdown_option_create_edit").click()
    dialog = page.locator(".modal.d-block")
    name = dialog.locator(".o_field_widget[name='name'] input, .o_field_widget[name='name'] textarea").first
    expect(name).to_have_value("Juniper Tools")
    dialog.locator(".o_form_button_save").click()
    expect(page.locator(".modal.d-block")).to_have_count(0)
    expect(visitor.input("partner_id")).to_have_value("Juniper Tools")


def test_search_more(visitor, draft):
    page = visitor.order(draft)
    visitor.input("partner_id").click()
    page.locator(".o_m2o_dropdown_option_search_more").click()
    dialog = page.locator(".modal.d-block")
    dialog.locator(".o_searchview_input").fill("oakline")
    page.keyboard.press("Enter")
    dialog.locator(".o_data_row", has_text="Oakline Workshop").first.locator("td[name]").first.click()
    expect(page.locator(".modal.d-block")).to_have_count(0)
    expect(visitor.input("partner_id")).to_have_value("Oakline Workshop")


def test_total_follows_a_change_of_a_stored_line(visitor, draft):
    page = visitor.order(draft)
    before = visitor.field("amount_total").inner_text()
    lines(page).locator("td[name='product_uom_qty']").click()
    page.locator(".o_selected_row td[name='product_uom_qty'] input").fill("40")
    page.keyboard.press("Tab")
    expect(visitor.field("amount_total")).not_to_have_text(before)
    page.locator(".o_form_button_cancel").click()
    expect(visitor.field("amount_total")).to_have_text(before)


def test_duplicate_and_delete(visitor, draft):
    page = visitor.order(draft)
    name = page.locator(".o_breadcrumb .active").inner_text()
    page.locator(".o_cp_action_menus button").click()
    page.get_by_role("menuitem", name="Duplicate").click()
    expect(page.locator(".o_breadcrumb .active")).not_to_have_text(name)
    page.locator(".o_cp_action_menus button").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.locator(".modal-footer .btn-danger").click()
    expect(page.locator(".o_breadcrumb .active")).to_have_text(name)


def test_pager(visitor):
    page = visitor.open("/odoo/sales")
    page.locator(".o_data_row td[name]").first.click()
    expect(page.locator(".o_pager_value")).to_have_text("1")
    first = page.locator(".o_breadcrumb .active").inner_text()
    page.locator(".o_pager_next").click()
    expect(page.locator(".o_pager_value")).to_have_text("2")
    expect(page.locator(".o_breadcrumb .active")).not_to_have_text(first)


def test_people_are_proposed_with_their_pictures(visitor, draft):
    page = visitor.order(draft)
    page.locator(".o_notebook .nav-link", has_text="Other").first.click()
    visitor.input("user_id").fill("Admin")
    option = page.locator(".o-autocomplete--dropdown-item", has_text="Mitchell Admin").first
    expect(option.locator("img.o_avatar")).to_have_attribute("src", "/web/image/res.users/2/avatar_128")
    option.click()
    expect(visitor.input("user_id")).to_have_value("Mitchell Admin")


def test_fields_of_others_are_left_out(visitor, screen, call):
    """What only others see leaves no gap and no error, even where the rest of the form looks at it."""
    others = 'groups="base.group_portal"'
    partner = call("res.partner", "create", {"name": "Ann", "phone": "1", "ref": "r", "street": "old"})
    arch = f"""<form><sheet><group><field name="name"/><label for="ref"/><div><field name="ref" {others}/></div>
        <field name="phone" {others}/><field name="street" readonly="not phone" invisible="ref == 'x'"/>
        <field name="child_ids" {others}><list editable="bottom"><field name="name"/></list></field>
        <field name="city" required="not child_ids"/></group></sheet></form>"""
    page = visitor.open(screen("res.partner", arch, res_id=partner))
    expect(visitor.input("name")).to_have_value("Ann")
    for name in ("ref", "phone", "child_ids"):
        expect(page.locator(f".o_field_widget[name='{name}']:visible")).to_have_count(0)
    visitor.input("street").fill("new")
    visitor.input("city").fill("Town")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_status_indicator_buttons.invisible")).to_have_count(1)
    assert call("res.partner", "read", [partner], ["street", "city", "ref"])[0] | {"id": 0} == {
        "id": 0,
        "street": "new",
        "city": "Town",
        "ref": "r",
    }
