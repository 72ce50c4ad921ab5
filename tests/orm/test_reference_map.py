"""The map of the ORM reference in reference_map.md is complete and true."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAP = Path(__file__).with_name("reference_map.md")
TESTS = (ROOT / "odoo" / "addons" / "test_orm" / "tests", ROOT / "tests" / "orm")

# the names of the two editions of the reference, by section
NAMES = {
    "Models": """
        BaseModel ; Model ; TransientModel ; AbstractModel ; _auto ; _abstract ; _transient ; _log_access ;
        _table ; _table_query ; _sql_constraints ; _register ; _name ; _description ; _inherit ; _inherits ;
        _rec_name ; _rec_names_search ; _order ; _check_company_auto ; _parent_name ; _parent_store ;
        _fold_name ; _active_name ; _depends ; _transient_max_count ; _transient_max_hours ; _transient_vacuum
        ; init ; _register_hook""",
    "Parameters of fields": """
        string ; help ; readonly ; required ; index ; default ; groups ; company_dependent ; copy ; store ;
        aggregator ; group_operator ; group_expand ; states ; compute ; precompute ; compute_sudo ; recursive
        ; inverse ; search ; related ; related_sudo ; default_export_compatible ; change of a column ; field
        extension""",
    "Field types": """
        Boolean ; Char ; size ; trim ; translate ; Float ; digits ; Float.round ; Float.is_zero ;
        Float.compare ; Integer ; Binary ; attachment ; Html ; sanitize ; sanitize_overridable ; sanitize_tags
        ; sanitize_attributes ; sanitize_style ; sanitize_conditional_comments ; sanitize_output_method ;
        strip_style ; strip_classes ; Image ; max_width ; max_height ; verify_resolution ; Monetary ;
        currency_field ; Selection ; selection ; selection_add ; Selection.ondelete ; Text ; Date ;
        Date.start_of ; Date.end_of ; Date.add ; Date.subtract ; Date.today ; Date.context_today ;
        Date.to_date ; Date.to_string ; Datetime ; Datetime.start_of ; Datetime.end_of ; Datetime.add ;
        Datetime.subtract ; Datetime.now ; Datetime.today ; Datetime.context_timestamp ; Datetime.to_datetime
        ; Datetime.to_string ; Many2one ; comodel_name ; domain ; context ; Many2one.ondelete ; auto_join ;
        delegate ; check_company ; One2many ; inverse_name ; Many2many ; relation ; column1 ; column2 ;
        Command ; Command.create ; Command.update ; Command.delete ; Command.unlink ; Command.link ;
        Command.clear ; Command.set ; CREATE ; UPDATE ; DELETE ; UNLINK ; LINK ; CLEAR ; SET ; Reference ;
        Many2oneReference ; model_field ; Json ; Properties ; PropertiesDefinition ; Id""",
    "Automatic and reserved fields": """
        id ; display_name ; _compute_display_name ; name_get ; create_date ; create_uid ; write_date ;
        write_uid ; name ; active ; toggle_active ; action_archive ; action_unarchive ; state ; parent_id ;
        parent_path ; company_id""",
    "Recordsets": """
        iteration ; record[field] ; ids ; env ; exists ; ensure_one ; get_metadata ; get_external_id ; in ;
        not in ; <= ; < ; >= ; > ; | ; & ; - ; + ; concat ; union ; update ; mapped ; filtered ;
        filtered_domain ; sorted ; grouped ; _origin ; new ; NewId ; prefetching ; with_context ; with_user ;
        with_company ; with_env ; with_prefetch ; sudo""",
    "Creating, writing, searching, reading": """
        create ; write ; unlink ; copy ; copy_data ; copy_translations ; default_get ; name_create ; browse ;
        search ; _search ; search_count ; search_fetch ; search_read ; name_search ; fetch ; read ;
        _read_group ; read_group ; fields_get ; load ; export_data ; get_field_translations ;
        update_field_translations ; _check_company ; _has_cycle ; modified ; flush_model ; flush_recordset ;
        invalidate_model ; invalidate_recordset""",
    "Domains": """
        operator = ; operator != ; operator > ; operator >= ; operator < ; operator <= ; operator =? ;
        operator =like ; operator like ; operator not like ; operator ilike ; operator not ilike ; operator
        =ilike ; operator in ; operator not in ; operator child_of ; operator parent_of ; operator any ;
        operator not any ; domain & ; domain | ; domain ! ; dotted path ; year_number ; quarter_number ;
        month_number ; iso_week_number ; day_of_week ; day_of_month ; day_of_year ; hour_number ;
        minute_number ; second_number""",
    "Groups": """
        array_agg ; count ; count_distinct ; bool_and ; bool_or ; max ; min ; avg ; sum ; recordset ;
        granularity hour ; granularity day ; granularity week ; granularity month ; granularity quarter ;
        granularity year ; having ; __domain ; __context ; __range""",
    "Decorators": """
        api.model ; api.constrains ; api.depends ; api.depends_context ; api.onchange ; api.returns ;
        api.autovacuum ; api.model_create_multi ; api.ondelete ; api.private ; api.readonly""",
    "Environment and SQL": """
        Environment ; Environment.cr ; Environment.uid ; Environment.context ; Environment.su ;
        Environment.registry ; Environment.lang ; Environment.user ; Environment.company ;
        Environment.companies ; Environment.ref ; Environment.is_superuser ; Environment.is_admin ;
        Environment.is_system ; Environment.execute_query ; Environment.flush_all ; Environment.invalidate_all
        ; Environment.cache ; Environment.norecompute ; Environment.add_to_compute ; Environment.protecting ;
        SQL ; SQL.join ; SQL.identifier ; to_flush""",
    "Access and errors": """
        access rights ; record rules ; check_access ; has_access ; _filtered_access ; check_access_rights ;
        check_access_rule ; _filter_access_rules ; check_field_access_rights ; UserError ; RedirectWarning ;
        AccessDenied ; AccessError ; CacheMiss ; MissingError ; ValidationError""",
}


def read_map():
    """Return ``{section: {name: [test references]}}`` from the tables of the map."""
    sections: dict = {}
    section = None
    for line in MAP.read_text().splitlines():
        if line.startswith("## "):
            section = sections.setdefault(line[3:], {})
        elif line.startswith("| `"):
            name, tests = re.fullmatch(r"\| `((?:[^`])+)` \| (.*) \|", line).groups()
            section[name.replace("\\|", "|")] = re.findall(r"`([^`]+)`", tests)
    return sections


def existing_tests():
    """Return ``module::function`` of every test there is."""
    found = set()
    for directory in TESTS:
        for path in directory.glob("test_*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    found.add(f"{path.stem}::{node.name}")
    return found


@pytest.mark.parametrize("section", NAMES)
def test_every_name_has_tests(section):
    mapped = read_map().get(section, {})
    names = " ".join(NAMES[section].split()).split(" ; ")
    assert [name for name in names if not mapped.get(name)] == []


def test_every_test_exists():
    known = existing_tests()
    references = {test for names in read_map().values() for tests in names.values() for test in tests}
    assert sorted(references - known) == []


def test_every_module_of_tests_is_imported():
    directory = TESTS[0]
    imported = set(re.findall(r"import (test_\w+)", (directory / "__init__.py").read_text()))
    assert imported == {path.stem for path in directory.glob("test_*.py")}
