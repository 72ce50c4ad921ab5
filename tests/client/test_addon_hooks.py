"""Classes that addons and tours find parts of the client by: the client gives them to elements, or styles them."""

import re
from functools import cache
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parents[2] / "addons/web/static/src"
# a class that is only looked for stands behind a dot
_GIVEN = re.compile(r"(?<![.\w-])oe?[-_][\w-]+")

CLASSES = {
    "D1": """
        o_control_panel o_control_panel_main_buttons o_control_panel_breadcrumbs o_breadcrumb
        o_last_breadcrumb_item o_back_button o_control_panel_navigation o_cp_switch_buttons o_switch_view
        o_pager o_pager_value o_pager_limit o_pager_previous o_pager_next o_cp_action_menus o_cp_searchview
        o_searchview o_searchview_input o_searchview_facet o_facet_remove o_facet_value o_facet_values
        o_searchview_dropdown_toggler o_search_bar_menu o_filter_menu o_group_by_menu o_favorite_menu
        o_comparison_menu o_menu_item o_item_option o_add_custom_filter o_add_favorite o_save_favorite
        o_searchview_autocomplete
    """,
    "D2": """
        o_action_manager o_action o_view_controller o_content o_component_with_search_panel o_renderer
        o_view_nocontent o_nocontent_help o_view_sample_data o_sample_data_disabled o_main_navbar
        o_menu_sections o_menu_systray o_navbar_apps_menu o_user_menu o_switch_company_menu o_debug_manager
        o_notification_manager o_notification o_notification_title o_notification_content
        o_notification_close o_dialog o-overlay-container o_popover o-dropdown--menu o-dropdown-item
        o_datetime_picker o_error_dialog o_command_palette o_command o_web_hotkey_overlay
        o_loading_indicator o_blockUI
    """,
    "D3": """
        o_form_view o_form_renderer o_form_editable o_form_readonly o_form_statusbar o_statusbar_buttons
        o_form_sheet o_form_sheet_bg oe_button_box o-form-buttonbox oe_stat_button o_stat_info o_stat_value
        o_stat_text o_button_more o_group o_inner_group o_wrap_field o_wrap_label o_wrap_input o_cell
        o_form_label o_notebook o_notebook_headers o_notebook_content o_horizontal_separator
        o_form_button_save o_form_button_cancel o_form_button_create o_form_button_remove
        o_form_status_indicator o_field_translate o_external_button o_m2o_dropdown_option
        o_m2o_dropdown_option_search_more o_input_dropdown o-autocomplete--input
        o-autocomplete--dropdown-item
    """,
    "D4": """
        o_data_row o_group_header o_group_name o_group_buttons o_list_footer o_list_button_add
        o_list_button_save o_list_button_discard o_list_selection_box o_list_select_domain
        o_list_unselect_all o_list_table_grouped o_list_table_ungrouped o_keyboard_navigation
    """,
    "D5": """
        o-kanban-button-new o_kanban_record o_kanban_ghost o_kanban_group o_kanban_config
        o-dropdown--kanban-config-menu o_kanban_quick_add o_kanban_counter o_column_progress
        o_animated_number o_column_unfold o_kanban_example_background_container o_quick_create_unfolded
        o_quick_create_folded o_kanban_examples
    """,
    "D6": """
        o_calendar_container o_calendar_button_prev o_calendar_button_next o_calendar_button_today
        o_view_scale_selector o_sidebar_toggler o_calendar_sidebar o_calendar_filter
        o_calendar_filter_items_checkall o_calendar_filter_item o_remove o_event o_cw_popover
        o_cw_popover_edit o_cw_popover_delete o_cw_popover_close o-calendar-quick-create
    """,
    "D7": """
        o_graph_canvas_container o_graph_button o_graph_custom_tooltip o_pivot o_pivot_header_cell_closed
        o_pivot_header_cell_opened o_pivot_measure_row o_pivot_origin_row o_pivot_cell_value o_value
        o_enable_linking
    """,
    "D9": "o_act_window o-default-button",
}
#: what archs and help texts bring
STYLED = ["o_view_nocontent_smiling_face", "oe_title"]


def text_of(*patterns):
    return "\n".join(path.read_text() for pattern in patterns for path in sorted(SOURCES.rglob(pattern)))


@cache
def given():
    """Return the names that templates and modules give to elements."""
    return set(_GIVEN.findall(text_of("*.js", "*.xml")))


@pytest.mark.parametrize("entry", CLASSES)
def test_hooks_are_given_to_elements(entry):
    assert set(CLASSES[entry].split()) - given() == set()


def test_hooks_of_the_last_entries_of_links_name_what_they_do():
    source = (SOURCES / "views/fields/relational_utils.js").read_text()
    assert "o_m2o_dropdown_option_${name}" in source
    assert all(f'"{name}"' in source for name in ("create", "create_edit", "search_more"))


def test_hooks_that_archs_bring_have_a_look():
    styles = text_of("*.scss")
    assert [name for name in STYLED if f".{name}" not in styles] == []
