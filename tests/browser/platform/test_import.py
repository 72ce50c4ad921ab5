"""The page that imports files: at a desk by dropping and keys, on a phone in parts."""

from browser.seats import PHONE
from playwright.sync_api import expect

CONTACTS = "/odoo/action-base.action_partner_form"
PEOPLE = """Name,Country,Label
Ann of the file,Belgium,from the file
Bob of the file,Nowhere,from the file
"""
EXECUTE = "**/base_import.import/execute_import"


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


def test_imp39_a_dropped_file(visitor, server):
    """IMP-39: problems stand beside their columns; what was chosen is remembered."""
    page = visitor.open(CONTACTS)
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
    visitor.move_to(f"{CONTACTS}/import?active_model=res.partner")
    drop(page, PEOPLE)
    expect(column(page, "Label").locator(".o_select_menu_toggler").first).to_have_text("Tags")


def test_imp37_parts_on_a_phone(visitor, server):
    """IMP-37: a long file is imported in parts, stopped and gone on with."""
    page = visitor.page
    page.set_viewport_size(PHONE)
    visitor.open(f"{CONTACTS}/import?active_model=res.partner")
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


def test_imp20_a_file_that_cannot_be_read(visitor):
    """IMP-20: the options stay, so that others can be tried."""
    page = visitor.open(f"{CONTACTS}/import?active_model=res.partner")
    content = "Name;Größe\nÄnne;1".encode("latin-1")
    page.set_input_files(".o_import_file", {"name": "a.csv", "mimeType": "text/csv", "buffer": content})
    expect(page.locator(".o_import_column")).to_have_count(2)
    page.get_by_label("Encoding").select_option("utf-8")
    expect(page.locator(".o_import_error")).to_contain_text("utf-8")
    page.get_by_label("Encoding").select_option("iso-8859-1")
    expect(page.locator(".o_import_column").nth(1)).to_contain_text("Größe")
    page.get_by_label("The first row has the names of the columns").uncheck()
    expect(page.locator(".o_import_column").first).to_contain_text("Column 1")
