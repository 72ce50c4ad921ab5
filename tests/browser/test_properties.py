"""Properties of records: values, definitions, groups, and cards."""

import pytest
from playwright.sync_api import expect

SHEET = """<form><sheet><group><field name="name"/><field name="categ_id"/></group>
    <field name="product_properties" columns="2"/></sheet></form>"""
CARDS = """<kanban><templates><t t-name="card"><field name="name"/>
    <field name="product_properties" widget="properties"/></t></templates></kanban>"""
DEFINITION = [
    {"name": "aa", "type": "char", "string": "Origin", "view_in_cards": True},
    {"name": "bb", "type": "integer", "string": "Years", "default": 3},
    {"name": "cc", "type": "selection", "string": "Grade", "selection": [["x", "Fine"], ["y", "Coarse"]]},
    {"name": "dd", "type": "tags", "string": "Uses", "tags": [["t1", "Indoor", 3], ["t2", "Outdoor", 5]]},
    {"name": "ee", "type": "many2one", "comodel": "res.partner", "string": "Maker"},
    {"name": "ff", "type": "date", "string": "Since"},
    {"name": "gg", "type": "boolean", "string": "Fragile"},
]


@pytest.fixture
def category(call):
    """A category whose products have properties of many types."""
    made = call("product.category", "create", {"name": "Defined", "product_properties_definition": DEFINITION})
    yield made
    call("product.template", "unlink", call("product.template", "search", [("categ_id", "=", made)]))
    call("product.category", "unlink", [made])


@pytest.fixture
def product(call, category):
    """A product of the category."""
    return call("product.template", "create", {"name": "Propertied", "categ_id": category})


def values(call, product):
    read = call("product.template", "read", [product], ["product_properties"])[0]["product_properties"]
    return {item["name"]: item.get("value") for item in read}


def save(page):
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()


def property_of(page, name):
    return page.locator(f".o_property_field[property-name='{name}']")


def test_values(visitor, call, screen, product):
    call("res.partner", "create", {"name": "Marigold Makers"})
    page = visitor.open(screen("product.template", SHEET, res_id=product))
    expect(page.locator(".o_property_field")).to_have_count(7)
    expect(property_of(page, "bb").locator("input")).to_have_value("3")
    property_of(page, "aa").locator("input").fill("Norway")
    property_of(page, "bb").locator("input").fill("12")
    property_of(page, "cc").locator("select").select_option("y")
    property_of(page, "dd").locator("input").fill("Out")
    page.locator(".o-autocomplete--dropdown-item a", has_text="Outdoor").click()
    property_of(page, "ee").locator("input").fill("Marigold Makers")
    page.locator(".o-autocomplete--dropdown-item a", has_text="Marigold Makers").first.click()
    property_of(page, "ff").locator("input").fill("03/04/2024")
    property_of(page, "ff").locator("input").press("Tab")
    property_of(page, "gg").locator("input").check()
    save(page)
    stored = values(call, product)
    assert stored["aa"] == "Norway" and stored["bb"] == 12 and stored["cc"] == "y" and stored["dd"] == ["t2"]
    assert stored["ee"][1] == "Marigold Makers" and stored["ff"] == "2024-03-04" and stored["gg"] is True
    expect(property_of(page, "dd").locator(".o_tag")).to_have_text("Outdoor")
    expect(property_of(page, "ee").locator("input")).to_have_value("Marigold Makers")
    # nothing is left to save when it is opened again
    page.reload()
    expect(property_of(page, "ff").locator("input")).to_have_value("03/04/2024")
    expect(page.locator(".o_form_button_save")).to_be_hidden()


@pytest.mark.own_page
def test_definition(visitor, call, screen, category, product):
    page = visitor.open(screen("product.template", SHEET, res_id=product))
    page.locator(".o_cp_action_menus button").first.click()
    page.locator(".o-dropdown-item", has_text="Add Properties").click()
    popover = page.locator(".o_property_definition")
    label = popover.locator(".o_property_definition_label")
    expect(label).to_have_value("Property 8")
    label.fill("Finish")
    popover.locator(".o_property_definition_type").select_option("selection")
    popover.locator(".o_property_definition_selection_add").click()
    option = popover.locator(".o_property_definition_selection input")
    option.first.fill("Oiled")
    option.first.press("Enter")
    expect(option).to_have_count(2)
    option.nth(1).fill("Painted")
    option.nth(1).press("Tab")
    popover.locator("button[title=Default]").first.click()
    popover.locator(".o_property_definition_cards input").check()
    page.keyboard.press("Escape")
    expect(popover).to_be_hidden()
    # the default is the value where the property was made
    expect(page.locator(".o_property_field").last.locator("select option:checked")).to_have_text("Oiled")
    property_of(page, "aa").locator(".o_field_property_open_popover").click()
    popover.locator("button[title='Move down']").last.click()
    popover.locator(".o_field_property_definition_delete").click()
    page.locator(".modal .btn-danger").click()
    expect(page.locator(".o_property_field")).to_have_count(7)
    save(page)
    definition = call("product.category", "read", [category], ["product_properties_definition"])[0]
    items = definition["product_properties_definition"]
    assert [item["string"] for item in items] == ["Years", "Grade", "Uses", "Maker", "Since", "Fragile", "Finish"]
    assert [option for _key, option in items[-1]["selection"]] == ["Oiled", "Painted"]
    assert items[-1]["view_in_cards"] is True


def test_groups_and_order(visitor, call, screen, category, product):
    page = visitor.open(screen("product.template", SHEET, res_id=product))
    expect(page.locator(".o_property_group")).to_have_count(2)
    handle = property_of(page, "aa").locator(".o_field_property_drag")
    target = property_of(page, "ff").locator(".o_form_label")
    handle.hover()
    page.mouse.down()
    box = target.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 2)
    page.mouse.move(box["x"] + 5, box["y"] + 3)
    page.mouse.up()
    # another column: from now on groups tell what stands where
    expect(page.locator(".o_property_group_label")).to_have_text(["Group 1", "Group 2"])
    save(page)
    fold = page.locator(".o_property_group_label button[aria-expanded]").first
    expect(fold).to_have_attribute("aria-expanded", "true")
    fold.click()
    expect(property_of(page, "bb")).to_have_count(0)
    page.reload()
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(property_of(page, "aa")).to_be_visible()


@pytest.mark.parametrize("device", ["visitor", "phone"])
def test_cards(request, call, screen, category, product, device):
    visitor = request.getfixturevalue(device)
    call("product.template", "write", [product], {"product_properties": {"aa": "Norway", "bb": 9}})
    page = visitor.open(screen("product.template", CARDS, SHEET, domain=f"[('categ_id', '=', {category})]"))
    card = page.locator(".o_kanban_record").first
    expect(card.locator(".o_card_property_field")).to_have_text("OriginNorway")
    card.click()
    expect(page.locator(".o_property_field")).to_have_count(7)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


LIST = """<list editable="bottom"><field name="name"/><field name="product_properties"/></list>"""


def test_columns(visitor, call, screen, category, product):
    """V75: each property is an optional column."""
    call("product.template", "write", [product], {"product_properties": {"aa": "Norway", "bb": 9, "dd": ["t1"]}})
    call("product.template", "create", {"name": "Plain", "categ_id": category})
    page = visitor.open(screen("product.template", LIST, domain=f"[('categ_id', '=', {category})]"))
    expect(page.locator(".o_data_row")).to_have_count(2)
    page.locator(".o_optional_columns_dropdown_toggle").click()
    names = page.locator(".o-dropdown-item:not(.o_optional_columns_group)")
    expect(names).to_have_text(["Origin", "Years", "Grade", "Uses", "Maker", "Since", "Fragile"])
    for label in ("Origin", "Years", "Uses"):
        names.filter(has_text=label).click()
    page.keyboard.press("Escape")
    row = page.locator(".o_data_row", has_text="Propertied")
    expect(row.locator("[name='product_properties.aa']").first).to_have_text("Norway")
    expect(row.locator(".o_tag")).to_have_text("Indoor")
    # the default of the plain one counts, too
    expect(page.locator(".o_list_footer")).to_contain_text("12")
    row.locator("td[name='product_properties.aa']").click()
    page.locator(".o_selected_row td[name='product_properties.aa'] input").fill("Sweden")
    page.locator(".o_list_button_save").first.click()
    expect(page.locator(".o_selected_row")).to_have_count(0)
    assert values(call, product)["aa"] == "Sweden"
    page.reload()
    expect(row.locator("[name='product_properties.aa']").first).to_have_text("Sweden")


SEARCH = """<search><field name="name"/><field name="product_properties"/>
    <filter name="p" string="By property" context="{'group_by': 'product_properties'}"/></search>"""


def test_search_and_groups(visitor, call, screen, category, product):
    """V187 V191: a property is searched in, and grouped by."""
    call("product.template", "write", [product], {"product_properties": {"aa": "Norway", "cc": "x", "dd": ["t1"]}})
    call("product.template", "create", {"name": "Plain", "categ_id": category})
    search = call("ir.ui.view", "create", {"name": "props", "model": "product.template", "arch": SEARCH})
    address = screen(
        "product.template",
        "<list><field name='name'/></list>",
        domain=f"[('categ_id', '=', {category})]",
        search_view_id=search,
    )
    page = visitor.open(address)
    expect(page.locator(".o_data_row")).to_have_count(2)
    page.locator(".o_searchview_input").fill("Norw")
    properties = page.locator(".o_searchview_autocomplete .o_menu_item", has_text="Properties")
    properties.locator(".o_expand").click()
    page.locator(".o_searchview_autocomplete .o_menu_item", has_text="Origin").click()
    expect(page.locator(".o_data_row")).to_have_count(1)
    expect(page.locator(".o_searchview_facet")).to_contain_text("Norw")
    page.locator(".o_facet_remove").click()
    page.locator(".o_searchview_dropdown_toggler").click()
    menu = page.locator(".o_group_by_menu")
    menu.locator(".o_accordion_toggle", has_text="By property").click()
    menu.locator(".o_item_option", has_text="Grade").click()
    expect(page.locator(".o_group_header")).to_have_count(2)
    expect(page.locator(".o_group_header").first).to_contain_text("Fine (1)")
    menu.locator(".o_item_option", has_text="Grade").click()
    menu.locator(".o_item_option", has_text="Uses").click()
    expect(page.locator(".o_group_header").first).to_contain_text("Indoor (1)")
    page.keyboard.press("Escape")
    page.locator(".o_group_header").first.click()
    expect(page.locator(".o_data_row")).to_have_text(["Propertied"])
    call("ir.ui.view", "unlink", [search])
