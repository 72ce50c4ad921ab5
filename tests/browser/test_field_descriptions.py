"""Descriptions of widgets in the registry: what they make of a node, which is what addons spread and extend."""

import pytest

PROPS = """async ([widget, info, dynamicInfo]) => {
    const { registry } = await import("@web/core/registry");
    const nothing = { attrs: {}, options: {}, decorations: {} };
    const node = { name: "x", viewType: "form", widget, string: "Label", ...nothing, ...info };
    const now = { context: { lang: "en_US" }, domain: [], required: false, readonly: false, ...dynamicInfo };
    return registry.category("fields").get(widget).extractProps(node, now);
}"""
WIDGET_NAMES = """async (wanted) => {
    const { registry } = await import("@web/core/registry");
    const { getFieldFromRegistry } = await import("@web/views/fields/field");
    const fields = registry.category("fields");
    return wanted.map((names) => {
        const found = getFieldFromRegistry(...names);
        return fields.getEntries().filter(([, field]) => field === found).map(([key]) => key);
    });
}"""
NOT_CREATED = {"canCreate": False, "canQuickCreate": False, "canCreateEdit": False}
CASES = [
    ("integer", {}, {"formatNumber": True, "humanReadable": False, "decimals": 0}),
    (
        "integer",
        {"options": {"enable_formatting": False, "type": "number", "step": 5}},
        {"formatNumber": False, "step": 5},
    ),
    ("float", {"attrs": {"digits": "(12, 3)"}, "options": {"digits": [16, 1]}}, {"digits": [12, 3]}),
    (
        "float",
        {"options": {"digits": [16, 1], "hide_trailing_zeros": True}},
        {"digits": [16, 1], "trailingZeros": False},
    ),
    ("float_factor", {"options": {"factor": 24}}, {"factor": 24, "trailingZeros": True}),
    (
        "monetary",
        {"options": {"no_symbol": True}, "attrs": {"type": "number"}},
        {"hideSymbol": True, "inputType": "number"},
    ),
    ("char", {"attrs": {"password": "True", "placeholder": "Secret"}}, {"isPassword": True, "placeholder": "Secret"}),
    ("char", {"attrs": {"password": "False"}}, {"isPassword": False}),
    ("text", {"attrs": {"rows": "4"}, "options": {"line_breaks": False}}, {"rowCount": 4, "lineBreaks": False}),
    ("datetime", {}, {"showTime": True, "showSeconds": False, "alwaysRange": False}),
    ("datetime", {"options": {"show_time": False, "rounding": "15"}}, {"showTime": False, "rounding": 15}),
    (
        "daterange",
        {"options": {"end_date_field": "stop", "always_range": "1"}},
        {"endDateField": "stop", "alwaysRange": True},
    ),
    ("selection", {"viewType": "kanban"}, {"autosave": True, "readonly": False}),
    ("selection_badge", {}, {"autosave": False, "size": "normal"}),
    ("radio", {"options": {"horizontal": True}}, {"orientation": "horizontal", "label": "Label"}),
    ("boolean", {}, {"autosave": False}),
    ("boolean_toggle", {}, {"autosave": True, "readonly": False}),
    ("boolean_toggle", {"options": {"autosave": False}}, {"autosave": False}),
    ("boolean_favorite", {"attrs": {"nolabel": "0"}}, {"noLabel": False}),
    (
        "statusbar",
        {"attrs": {"statusbar_visible": "draft, sent"}},
        {"visibleSelection": ["draft", "sent"], "isDisabled": True},
    ),
    ("statusbar", {"options": {"clickable": "1", "fold_field": "fold"}}, {"isDisabled": False, "foldField": "fold"}),
    ("image", {"options": {"size": [0, 90]}, "attrs": {"width": "60"}}, {"width": 60, "height": 90, "reload": True}),
    (
        "many2one",
        {},
        {"canOpen": True, "canCreate": True, "canQuickCreate": True, "canCreateEdit": True, "canWrite": True},
    ),
    ("many2one", {"attrs": {"can_create": "False", "can_write": "False"}}, {**NOT_CREATED, "canWrite": False}),
    ("many2one", {"options": {"no_create": True, "no_open": True}}, {**NOT_CREATED, "canOpen": False}),
    (
        "many2one",
        {"options": {"no_quick_create": True}},
        {"canCreate": True, "canQuickCreate": False, "canCreateEdit": True},
    ),
    ("many2one_avatar", {"viewType": "list"}, {"canOpen": False}),
    (
        "many2many_tags",
        {"options": {"no_create": True, "color_field": "color"}},
        {**NOT_CREATED, "colorField": "color"},
    ),
    (
        "one2many",
        {"options": {"delete": False, "no_create_edit": True}},
        {"crudOptions": {"delete": False, "createEdit": False}},
    ),
]


@pytest.fixture(scope="module")
def page(browser, sale_server, login_state):
    """A page where the client's modules can be imported."""
    context = browser.new_context(storage_state=login_state)
    page = context.new_page()
    page.goto(f"{sale_server.url}/odoo")
    page.wait_for_selector(".o_navbar")
    yield page
    context.close()


@pytest.mark.parametrize("widget, node, props", CASES)
def test_props_of_a_node(page, widget, node, props):
    found = page.evaluate(PROPS, [widget, node, {}])
    assert {name: found.get(name) for name in props} == props


def test_modifiers_block_widgets_that_save_by_themselves(page):
    assert page.evaluate(PROPS, ["priority", {}, {"readonly": True}])["readonly"] is True
    assert page.evaluate(PROPS, ["selection", {"viewType": "kanban"}, {"readonly": True}])["readonly"] is True
    # elsewhere the state of the record counts, which the field knows
    assert "readonly" not in page.evaluate(PROPS, ["selection", {}, {"readonly": True}])


def test_options_that_a_widget_knows(page):
    options = page.evaluate("""async () => {
        const { many2OneField } = await import("@web/views/fields/many2one/many2one_field");
        return Object.fromEntries(many2OneField.supportedOptions.map(({ name, type }) => [name, type]));
    }""")
    assert options == {
        "no_create": "boolean",
        "no_create_edit": "boolean",
        "no_quick_create": "boolean",
        "no_open": "boolean",
        "no_search_more": "boolean",
        "create_name_field": "string",
    }


def test_widget_of_a_field(page):
    wanted = [
        ["char", None, "form", None],
        ["text", None, "list", None],
        ["char", "many2many_tags", "form", None],
        ["char", "no_such_widget", "list", None],
        ["one2many", None, "list", "any_class"],
    ]
    assert page.evaluate(WIDGET_NAMES, wanted) == [
        ["char"],
        ["list.text"],
        ["form.many2many_tags"],
        ["char"],
        ["list.one2many", "list.many2many"],
    ]
