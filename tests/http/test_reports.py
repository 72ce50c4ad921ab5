"""Reports over HTTP, the frames of their pages, and what the web client asks of models and document layouts."""

import io
import json

import pytest
from pypdf import PdfReader

from odoo.addons.base.models.ir_actions_report_pdf import engine_state


def report(client, path, **data):
    query = {key: json.dumps(value) for key, value in data.items()}
    return client.get(f"/report/{path}", query_string=query)


def onchange(client, values, changed):
    fields = {
        "logo": {},
        "primary_color": {},
        "secondary_color": {},
        "logo_primary_color": {},
        "logo_secondary_color": {},
        "custom_colors": {},
        "report_layout_id": {},
    }
    answer = client.call("base.document.layout", "onchange", [[], values, [changed], fields]).json
    return answer["result"]["value"]


def test_page_within_the_company(admin):
    answer = report(admin, "html/web.preview_internalreport/1")
    assert answer.status_code == 200 and answer.mimetype == "text/html"
    company = admin.call("res.company", "read", [[1]], fields=["name"]).json["result"][0]["name"]
    head, _article, body = answer.text.partition('class="article"')
    assert company in head and 'class="topage"' in head
    assert "This is what documents within the company look like." in body


@pytest.mark.parametrize("look", ["external_layout_standard", "external_layout_boxed", None])
def test_page_for_others_has_the_look_of_the_company(admin, look):
    view = look and admin.ref(f"web.{look}")
    admin.call("res.company", "write", [[1], {"external_report_layout_id": view}])
    page = report(admin, "html/web.preview_externalreport/1").text
    assert "This is what documents to others look like." in page
    assert ("o_report_look_boxed" in page) is (look == "external_layout_boxed")
    assert ("o_report_layout_standard" in page) is (look != "external_layout_boxed")


def test_text_of_a_report(admin):
    answer = report(admin, "text/web.preview_internalreport/1")
    assert answer.mimetype == "text/plain" and int(answer.headers["Content-Length"]) == len(answer.data)


def test_context_of_a_report(admin):
    known, unknown = (
        report(admin, "html/web.preview_internalreport/1", context={"lang": code}) for code in ("en_US", "xx_XX")
    )
    assert 'data-oe-lang="en_US"' in known.text
    assert unknown.status_code == 422 and "xx_XX" in unknown.text


def test_unknown_converter(admin):
    assert report(admin, "docx/web.preview_internalreport/1").status_code == 404


def test_page_of_the_tests(admin):
    page = admin.get("/web/tests").text
    assert "view_info" in page and "web.assets_unit_tests_setup" in page
    # modules that are imported one by one know each other by name, also those of the tests
    assert '"@web/../tests/dom.test"' in admin.get("/web/tests?debug=assets").text
    admin.get("/web/tests?debug=0")


def test_page_of_suites_for_qunit(admin):
    page = admin.get("/web/tests/legacy").text
    assert 'id="qunit"' in page and "web.qunit_suite_tests" in page
    assert "web.qunit_mobile_suite_tests" in admin.get("/web/tests/legacy/mobile").text


def test_rights_are_asked_of_a_model(admin):
    assert admin.call("res.partner", "check_access_rights", ["write", False]).json["result"] is True


def test_names_of_models(admin):
    answer = admin.call("ir.model", "display_name_for", [["res.partner", "base", "no.such.model"]]).json["result"]
    assert answer == [
        {"model": "res.partner", "display_name": "Contact"},
        {"model": "base", "display_name": "base"},
        {"model": "no.such.model", "display_name": "no.such.model"},
    ]


def test_models_to_choose_from_have_lasting_records(admin):
    offered = {entry["model"] for entry in admin.call("ir.model", "get_available_models", []).json["result"]}
    assert "res.partner" in offered
    assert not offered & {"base", "ir.qweb", "base.document.layout", "change.password.wizard"}


def test_layout_of_documents_starts_with_what_is_missing(admin):
    given = {"company_id": 1, "primary_color": False, "secondary_color": False, "logo": False}
    values = onchange(admin, given, "company_id")
    assert values["primary_color"] and values["secondary_color"]
    assert values["report_layout_id"]


def test_own_colors_given_up(admin):
    logo = admin.call("res.company", "read", [[1]], fields=["logo"]).json["result"][0]["logo"]
    given = {"logo": logo, "primary_color": "#112233", "secondary_color": "#445566", "custom_colors": False}
    values = onchange(admin, given, "custom_colors")
    assert values["primary_color"] == values.get("logo_primary_color", values["primary_color"]) != "#112233"


def test_pdf_files(admin):
    if not engine_state():
        pytest.skip("no engine makes PDF files here")
    answer = report(admin, "pdf/web.preview_internalreport/1")
    assert answer.mimetype == "application/pdf"
    text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    assert "This is what documents within the company look like." in text
    assert "1 / 1" in " ".join(text.split())
    assert admin.call("ir.actions.report", "get_wkhtmltopdf_state", []).json["result"] == "ok"


@pytest.mark.parametrize("ids, name", [("1", "Preview of My Company"), ("", "Preview External Report")])
def test_name_of_a_saved_file(admin, ids, name):
    if not engine_state():
        pytest.skip("no engine makes PDF files here")
    [found] = admin.call("ir.actions.report", "search", [[["report_name", "=", "web.preview_externalreport"]]]).json[
        "result"
    ]
    admin.call("ir.actions.report", "write", [[found], {"print_report_name": "'Preview of My Company'"}])
    path = f"/report/pdf/web.preview_externalreport/{ids}".rstrip("/")
    answer = admin.get("/report/download", query_string={"data": json.dumps([path, "qweb-pdf"])})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"].count(name.replace(" ", "%20")) or name in str(answer.headers)


def test_colours_of_a_picture_for_clients(admin):
    logo = admin.call("res.company", "read", [[1]], fields=["logo"]).json["result"][0]["logo"]
    for picture, found in ((logo, True), (False, False), ("bm90aGluZw==", False)):
        args, kwargs = [picture], {"mitigate": 255}
        answer = admin.call("base.document.layout", "extract_image_primary_secondary_colors", args, **kwargs).json
        assert [str(colour).startswith("#") for colour in answer["result"]] == [found, found]
