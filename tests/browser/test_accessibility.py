"""axe-core finds nothing wrong with the pages of the client and outside of it."""

import re
from pathlib import Path

import pytest
from browser.place import opened_window
from browser.seats import DESKTOP, PHONE, travel
from playwright.sync_api import expect

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
#: the violations of a page: rule, impact, and the elements
FOUND = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.flatMap(
    ({ id, impact, nodes }) => nodes.map(({ target, html }) => [impact, id, ...target, html.slice(0, 200)].join(" "))
)"""


@pytest.fixture(scope="module")
def examined(chromium, sale_server, tmp_path_factory):
    """A browser whose pages axe-core can enter: their policy would refuse it."""
    profile = tmp_path_factory.mktemp("accessibility")
    with opened_window(chromium, profile, bypass_csp=True, base_url=sale_server.url) as window:
        yield window


@pytest.fixture(scope="module")
def open_page(examined, login_state):
    """A function that opens a page of that size for the administrator."""
    examined.add_cookies(login_state["cookies"])
    seats = []

    def open_new(viewport=DESKTOP):
        page = examined.new_page()
        page.set_viewport_size(viewport)
        seats.append(page)
        return page

    yield open_new
    for page in seats:
        page.close()


@pytest.fixture(scope="module")
def page(open_page):
    """A page of a user who is logged in, at a desk."""
    return open_page()


@pytest.fixture(scope="module", params=[DESKTOP, PHONE], ids=["desk", "phone"])
def seat(request, open_page):
    """A page of a user who is logged in, at a desk and with a phone."""
    return open_page(request.param)


def violations(page):
    """Return what axe-core finds, when nothing moves any more."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(path=AXE)
    page.evaluate("() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => 0)))")
    return page.evaluate(FOUND)


def show(page, path, part):
    """Open a page of the client and wait for a part of it."""
    travel(page, path)
    expect(page.locator(part).first).to_be_visible()
    expect(page.locator(".o_boot_screen")).to_have_count(0)


@pytest.mark.parametrize("path", ["/web/login", "/web/database/selector", "/nowhere"])
def test_pages_outside_of_the_client(examined, open_page, login_state, path):
    page = open_page()
    examined.clear_cookies()
    page.goto(path)
    found = violations(page)
    examined.add_cookies(login_state["cookies"])
    assert found == []


PAGES = {
    "home": ("/odoo", ".o_app"),
    "calendar": ("/odoo/sales?view_type=calendar", ".o_calendar_widget .o_event"),
    "graph": ("/odoo/sales?view_type=graph", ".o_graph_view canvas"),
    "pivot": ("/odoo/sales?view_type=pivot", ".o_pivot td"),
    "list": ("/odoo/sales", ".o_data_row, .o_kanban_record"),
    "form": ("/odoo/sales/1", ".o_form_renderer"),
    "new form": ("/odoo/sales/new", ".o_form_renderer"),
    "kanban": ("/odoo/sales?view_type=kanban", ".o_kanban_record"),
    "settings": ("/odoo/settings", ".o_settings_container, .o_setting_container"),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_the_client(seat, name):
    show(seat, *PAGES[name])
    assert violations(seat) == []


@pytest.fixture
def chosen(call):
    """A function that sets how the client looks for the administrator; it is as before afterwards."""
    user = call("res.users", "search", [("login", "=", "admin")])

    def choose(**values):
        call("res.users", "write", user, values)

    yield choose
    choose(color_scheme="light", density="comfortable")


def background(page):
    """Return how light the page is: the sum of red, green and blue."""
    colour = page.evaluate("() => getComputedStyle(document.querySelector('.o_control_panel')).backgroundColor")
    return sum(int(part) for part in re.findall(r"\d+", colour)[:3])


def test_dark_colours_and_a_compact_page(open_page, chosen):
    page = open_page()
    show(page, "/odoo/sales", ".o_data_row")
    assert background(page) > 600
    height = page.locator(".o_data_row").first.bounding_box()["height"]
    chosen(color_scheme="dark", density="compact")
    page.reload()
    for path, part in PAGES.values():
        show(page, path, part)
        assert violations(page) == []
    show(page, "/odoo/sales", ".o_data_row")
    assert background(page) < 200
    assert page.locator(".o_data_row").first.bounding_box()["height"] < height


def test_colours_of_the_device(open_page, chosen):
    chosen(color_scheme="system")
    page = open_page()
    page.emulate_media(color_scheme="dark")
    show(page, "/odoo/sales", ".o_data_row")
    assert background(page) < 200
    page.emulate_media(color_scheme="light")
    assert background(page) > 600


def test_the_menu_of_the_user_turns_colours_around(open_page, chosen):
    page = open_page()
    show(page, "/odoo/sales", ".o_data_row")
    for entry, is_dark in (("Dark colors", True), ("Light colors", False)):
        page.locator(".o_user_menu button").first.click()
        with page.expect_navigation():
            page.locator(".o-dropdown-item", has_text=entry).click()
        expect(page.locator(".o_data_row").first).to_be_visible()
        assert (background(page) < 200) is is_dark


def test_palette_and_menus(seat):
    show(seat, "/odoo/sales/1", ".o_form_renderer")
    seat.keyboard.press("Control+k")
    expect(seat.locator(".o_command").first).to_be_visible()
    assert violations(seat) == []
    seat.keyboard.press("Escape")
    expect(seat.locator(".o_command_palette")).to_have_count(0)
    seat.locator(".o_user_menu button").first.click()
    expect(seat.locator(".o-dropdown--menu")).to_be_visible()
    assert violations(seat) == []
    seat.locator(".o-dropdown-item", has_text="Preferences").click()
    expect(seat.locator(".o_dialog .o_form_renderer")).to_be_visible()
    assert violations(seat) == []


def test_choices_of_a_field(seat):
    show(seat, "/odoo/sales/new", ".o_form_renderer")
    seat.locator(".o_field_widget[name=partner_id] input").fill("a")
    expect(seat.locator(".o-autocomplete--dropdown-item").first).to_be_visible()
    assert violations(seat) == []


def test_search(page):
    show(page, "/odoo/sales", ".o_data_row")
    page.locator(".o_searchview_input").fill("a")
    expect(page.locator(".o_searchview_autocomplete")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.locator(".o_searchview_facet")).to_have_count(1)
    page.locator(".o_searchview_dropdown_toggler").click()
    expect(page.locator(".o_search_bar_menu")).to_be_visible()
    page.locator(".o_accordion_toggle").first.click()
    assert violations(page) == []


def test_selected_rows(page):
    show(page, "/odoo/sales", ".o_data_row")
    page.locator(".o_data_row input[type=checkbox]").first.check()
    page.locator(".o_cp_action_menus button").last.click()
    page.locator(".o-dropdown-item", has_text="Export").click()
    expect(page.locator(".o_export_tree_item").first).to_be_visible()
    assert violations(page) == []


def test_a_record_that_is_missing(seat):
    seat.goto("/odoo/sales/99999")
    expect(seat.locator(".o_dialog .modal-content")).to_be_visible()
    assert violations(seat) == []


def test_rules(page):
    show(page, "/odoo/sales", ".o_data_row")
    page.locator(".o_searchview_dropdown_toggler").click()
    page.locator(".o_add_custom_filter").click()
    dialog = page.locator(".o_domain_selector_dialog")
    dialog.locator("[title='Add branch']").click()
    expect(dialog.locator(".o_tree_editor_connector")).to_be_visible()
    assert violations(page) == []
    dialog.locator("button.o_model_field_selector_value").first.click()
    expect(page.locator(".o_model_field_selector_popover_item").first).to_be_visible()
    assert violations(page) == []


def test_definition_of_a_property(page, call, screen):
    product = call("product.template", "search", [], limit=1)[0]
    form = "<form><group><field name='categ_id'/></group><field name='product_properties'/></form>"
    address = screen("product.template", form, res_id=product)
    show(page, address, ".o_form_renderer")
    page.locator(".o_cp_action_menus button").first.click()
    page.locator(".o-dropdown-item", has_text="Add Properties").click()
    page.locator(".o_property_definition_type").select_option("selection")
    page.locator(".o_property_definition_selection_add").click()
    expect(page.locator(".o_property_definition_selection input")).to_be_visible()
    assert violations(page) == []


def test_a_save_that_meets_another(seat, call, screen):
    form = "<form><sheet><group><field name='name'/><field name='ref'/></group></sheet></form>"
    [partner] = call("res.partner", "create", [{"name": "Read by two"}])
    show(seat, f"{screen('res.partner', form)}/{partner}", ".o_form_renderer")
    call("res.partner", "write", [partner], {"ref": "Theirs"})
    reference = seat.locator(".o_field_widget[name='ref'] input")
    reference.fill("Mine")
    seat.keyboard.press("Alt+s")
    expect(seat.locator(".o_save_conflict input").first).to_be_visible()
    assert violations(seat) == []
    seat.locator(".o_keep_mine").click()
    seat.locator(".o_save_conflict_save").click()
    expect(seat.locator(".o_undo_notification")).to_be_visible()
    assert violations(seat) == []
    call("res.partner", "unlink", [partner])
