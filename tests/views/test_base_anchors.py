"""Base's views may be laid out anew, but what extensions of addons hook into stays reachable."""

import pytest

ANCHORS = {
    "view_partner_form": """
        div[@name='button_box'] widget[@name='web_ribbon'] div[@name='warning_tax'] div[@name='warning_company']
        field[@id='company'] field[@id='individual'] field[@name='parent_id'] button[@name='create_company']
        span[@name='address_name'] div[@name='partner_address_country'] field[@name='vat'] field[@name='category_id']
        field[@name='child_ids']/kanban field[@name='child_ids']/form//div[@name='div_address']
        page[@name='contact_addresses'] page[@name='internal_notes'] page[@name='sales_purchases']
        group[@name='container_row_2'] group[@name='sale'] group[@name='purchase'] group[@name='misc']
    """,
    "view_res_partner_filter": """
        filter[@name='type_person'] filter[@name='type_company'] filter[@name='inactive'] group[@name='group_by']
        filter[@name='salesperson'] filter[@name='group_company'] filter[@name='group_country']
    """,
    "view_users_form": """
        header div[@name='button_box'] div[@class='oe_title'] field[@name='partner_id']
        page[@name='access_rights'] page[@name='preferences'] group[@name='preferences'] group[@name='messaging']
        field[@name='signature'] page[@name='account_security']
    """,
    "view_groups_form": """
        page[@name='users'] page[@name='inherit_groups'] page[@name='menus'] page[@name='views']
        page[@name='access_rights'] page[@name='record_rules'] page[@name='notes']
    """,
    "view_users_search": "filter[@name='filter_no_share'] filter[@name='filter_share'] filter[@name='Inactive']",
    "view_company_form": """
        div[@name='button_box'] page[@name='general_info'] page[@name='branches'] group[@name='social_media']
        field[@id='company_currency'] field[@name='vat'] field[@name='company_registry'] field[@name='email']
    """,
    "view_window_action_form": """
        group[@name='main_details'] group[@name='action_details'] page[@name='general_settings']
        page[@name='security'] group[@name='views'] group[@name='filters'] group[@name='views_tree']
        group[@name='help']
    """,
    "view_country_form": """
        group[@name='main_group'] group[@name='country_details'] group[@name='phone_vat_settings']
        group[@name='advanced_address_formatting'] field[@name='state_ids']
    """,
    "view_currency_form": "page[@name='rates'] field[@name='rate_ids']/list/field[@name='rate']",
    "res_lang_form": "div[@name='button_box'] field[@name='code'] field[@name='flag_image']",
    "res_lang_tree": "header/button[@name='action_activate_langs'] button[@name='action_archive'] field[@name='code']",
    "view_module_filter": """
        filter[@name='app'] filter[@name='extra'] filter[@name='installed'] filter[@name='not_installed']
        filter[@name='author'] filter[@name='category'] filter[@name='state'] searchpanel
    """,
    "view_model_search": "filter[@name='custom'] filter[@name='base'] filter[@name='transient']",
    "view_attachment_form": "div[@name='creation_div'] group[@name='description_group']",
    "view_res_bank_form": """
        group[@name='bank_details'] group[@name='address_details'] group[@name='communication_details']
    """,
}


@pytest.mark.parametrize("view", ANCHORS)
def test_extensions_find_their_anchors(env, view):
    arch = env.ref(f"base.{view}")._get_combined_arch()
    assert [anchor for anchor in ANCHORS[view].split() if not arch.xpath(f"//{anchor}")] == []
