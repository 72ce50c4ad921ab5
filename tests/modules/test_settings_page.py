"""The settings page of the modules that install themselves, and of an addon that adds to it."""

from lxml import etree


def arch_of(server):
    with server.env() as env:
        view = env["res.config.settings"].get_view(env.ref("base.res_config_settings_view_form").id, "form")
        return etree.fromstring(view["arch"])


def test_b7_page_without_any_addon(server):
    server.load()
    apps = arch_of(server).findall("app")
    assert [app.get("name") for app in apps] == ["general_settings"]
    with server.env() as env:
        action = env["ir.actions.act_window"].search([("path", "=", "settings")])
        assert (action.res_model, action.target) == ("res.config.settings", "inline")
        menu = env.ref("base_setup.menu_config")
        assert (menu.parent_id, menu.action) == (env.ref("base.menu_administration"), action)


def test_b7_setting_of_an_addon(server, addons):
    addons.write(
        "paper",
        {
            "__init__.py": "from . import models",
            "models.py": """
            from odoo import fields, models

            class ResConfigSettings(models.TransientModel):
                _inherit = "res.config.settings"

                paper_name = fields.Char(config_parameter="paper.name")
        """,
            "views.xml": """<odoo>
            <record id="settings_form" model="ir.ui.view">
                <field name="name">paper</field>
                <field name="model">res.config.settings</field>
                <field name="inherit_id" ref="base.res_config_settings_view_form"/>
                <field name="arch" type="xml">
                    <xpath expr="//form" position="inside">
                        <app name="paper" string="Paper"><block title="Names">
                            <setting><field name="paper_name"/></setting>
                        </block></app>
                    </xpath>
                </field>
            </record>
        </odoo>""",
        },
        depends=["web"],
        data=["views.xml"],
    )
    server.load(init=["paper"])
    assert [app.get("name") for app in arch_of(server).findall("app")] == ["general_settings", "paper"]
    with server.env() as env:
        settings = env["res.config.settings"].create({"paper_name": "Marigold"})
        settings.execute()
        assert env["ir.config_parameter"].get_param("paper.name") == "Marigold"
        assert env["res.config.settings"].default_get(["paper_name"]) == {"paper_name": "Marigold"}
