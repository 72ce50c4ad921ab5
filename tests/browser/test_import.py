"""The page that imports files: at a desk by dropping and keys, on a phone in parts."""

import pytest
from playwright.sync_api import expect

from odoo.tests.browser import CHROMIUM_ARGS, find_chromium
from tests.browser.conftest import DESKTOP, PHONE, TIMEOUT, Visitor
from tests.server_process import ServerProcess

CONTACTS = "/odoo/action-base.action_partner_form"
PEOPLE = """Name,Country,Label
Ann of the file,Belgium,from the file
Bob of the file,Nowhere,from the file
"""
EXECUTE = "**/base_import.import/execute_import"


@pytest.fixture(scope="module")
def server(databases, server_options, data_dir, tmp_path_factory):
    """A server with the addon."""
    process = ServerProcess(
        databases.copy("base_import"),
        [*server_options, f"--data-dir={data_dir}"],
        tmp_path_factory.mktemp("server") / "log",
    )
    process.start()
    yield process
    process.stop()
    databases.drop(process.db)


@pytest.fixture(scope="module")
def context(chromium, server):
    """A browser that is logged in."""
    browser = chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGS))
    context = browser.new_context(viewport=DESKTOP, service_workers="block")
    context.set_default_timeout(TIMEOUT)
    page = context.new_page()
    page.goto(f"{server.url}/web/login")
    page.fill("input[name=login]", server.login)
    page.fill("input[name=password]", server.password)
    page.click("button[type=submit]")
    expect(page.locator(".o_navbar")).to_be_visible()
    page.close()
    yield context
    browser.close()


@pytest.fixture
def user(context, server):
    """A user in front of a page."""
    visitor = Visitor(server, context.new_page())
    yield visitor
    visitor.page.close()
    assert not visitor.unexpected_errors(), "\n".join(visitor.errors)


def names(server, ending):
    rows = server.query("SELECT name FROM res_partner WHERE name LIKE %s ORDER BY id", (f"%{ending}",))
    return [name for (name,) in rows]


def drop(page, text, name="people.csv"):
    """Drop a file on the page."""
    data = page.evaluate_handle(
        """([text, name]) => {
            const data = new DataTransfer();
            data.items.add(new File([text], name, { type: "text/csv" }));
            return data;
        }""",
        [text, name],
    )
    page.dispatch_event(".o_import_start", "dragenter", {"dataTransfer": data})
    expect(page.locator(".o-Dropzone")).to_be_visible()
    page.dispatch_event(".o-Dropzone", "drop", {"dataTransfer": data})


def column(page, name):
    return page.locator(".o_import_column").filter(has=page.get_by_role("rowheader", name=name))


def choose(page, name, field):
    """Choose the field of a column by keyboard."""
    column(page, name).locator(".o_select_menu_toggler").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".o_select_menu_input")).to_be_focused()
    page.keyboard.type(field)
    expect(page.locator(".o_select_menu_item").first).to_have_text(field)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(column(page, name).locator(".o_select_menu_toggler").first).to_have_text(field)


def test_imp39_a_dropped_file(user, server):
    """IMP-39: problems stand beside their columns; what was chosen is remembered."""
    page = user.open(CONTACTS)
    page.locator(".o_cp_action_menus button").first.click()
    page.get_by_role("menuitem", name="Import records").click()
    drop(page, PEOPLE)
    expect(column(page, "Name").locator(".o_select_menu_toggler")).to_have_text("Name")
    expect(column(page, "Country").locator(".o_select_menu_toggler").first).to_have_text("Country")
    expect(column(page, "Label")).to_contain_text("Left out")
    choose(page, "Label", "Tags")
    page.keyboard.press("Alt+t")
    expect(page.locator(".o_import_outcome")).to_contain_text("cannot be imported yet")
    expect(column(page, "Country").locator(".o_import_problem")).to_contain_text("'Nowhere'")
    expect(column(page, "Label").locator(".o_import_rows")).to_have_text("(row 2, 3)")
    column(page, "Country").get_by_label("When a value is unknown").select_option(label="The field stays empty")
    column(page, "Label").get_by_label("When a value is unknown").select_option(label="It is created")
    page.keyboard.press("Alt+t")
    expect(page.locator(".o_import_outcome")).to_contain_text("can be imported")
    assert names(server, "of the file") == []
    page.keyboard.press("Alt+i")
    expect(page.locator(".o_notification")).to_contain_text("2 records were imported")
    assert names(server, "of the file") == ["Ann of the file", "Bob of the file"]
    page.get_by_role("button", name="Show them").click()
    expect(page.locator(".o_data_row")).to_have_count(2)
    # the address says what is imported
    user.open(f"{CONTACTS}/import?active_model=res.partner")
    drop(page, PEOPLE)
    expect(column(page, "Label").locator(".o_select_menu_toggler").first).to_have_text("Tags")


def test_imp37_parts_on_a_phone(user, server):
    """IMP-37: a long file is imported in parts, stopped and gone on with."""
    page = user.page
    page.set_viewport_size(PHONE)
    user.open(f"{CONTACTS}/import?active_model=res.partner")
    lines = "\n".join(["Name", *(f"{number} of many" for number in range(6))])
    page.set_input_files(".o_import_file", {"name": "a.csv", "mimeType": "text/csv", "buffer": lines.encode()})
    expect(page.locator(".o_import_column")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_text("Large files").click()
    page.get_by_label("Rows at a time").fill("2")
    page.get_by_label("Rows at a time").press("Tab")
    held: list = []
    page.route(
        EXECUTE, lambda route: held.append(route) if '"skip":2' in route.request.post_data else route.continue_()
    )
    page.locator(".o_import_import").click()
    expect(page.locator(".o_import_done")).to_have_text("2 of 6 rows")
    page.locator(".o_import_stop").click()
    expect(page.locator(".o_import_stop")).to_be_disabled()
    held.pop().continue_()
    expect(page.locator(".o_import_outcome")).to_contain_text("4 records were imported. Go on from row 6")
    page.unroute(EXECUTE)
    page.locator(".o_import_import").click()
    expect(page.locator(".o_notification")).to_contain_text("2 records were imported")
    assert names(server, "of many") == [f"{number} of many" for number in range(6)]


def test_imp20_a_file_that_cannot_be_read(user):
    """IMP-20: the options stay, so that others can be tried."""
    page = user.open(f"{CONTACTS}/import?active_model=res.partner")
    content = "Name;Größe\nÄnne;1".encode("latin-1")
    page.set_input_files(".o_import_file", {"name": "a.csv", "mimeType": "text/csv", "buffer": content})
    expect(page.locator(".o_import_column")).to_have_count(2)
    page.get_by_label("Encoding").select_option("utf-8")
    expect(page.locator(".o_import_error")).to_contain_text("utf-8")
    page.get_by_label("Encoding").select_option("iso-8859-1")
    expect(page.locator(".o_import_column").nth(1)).to_contain_text("Größe")
    page.get_by_label("The first row has the names of the columns").uncheck()
    expect(page.locator(".o_import_column").first).to_contain_text("Column 1")
