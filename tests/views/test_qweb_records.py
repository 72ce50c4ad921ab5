"""Templates stored in the database, fields and widgets."""

import datetime

import pytest
from lxml import etree

from odoo.addons.base.models.ir_qweb import QWebException


@pytest.fixture
def render(env):
    """A function that renders a template given as text."""
    return lambda template, **values: str(env["ir.qweb"]._render(etree.fromstring(template), values))


@pytest.fixture
def partner(env):
    """A partner."""
    return env["res.partner"].create(
        {"name": "Ada <L>", "color": 1200, "street": "One Street", "city": "Paris", "type": "invoice", "phone": "12"}
    )


@pytest.mark.parametrize(
    "node, expected",
    [
        ('<i t-field="p.name"/>', "<i>Ada &lt;L&gt;</i>"),
        ('<i t-field="p.color"/>', "<i>1,200</i>"),
        ('<i t-field="p.type"/>', "<i>Invoice Address</i>"),
        ('<i t-field="p.parent_id"/>', ""),
        ('<i t-field="p.parent_id">nobody</i>', "<i>nobody</i>"),
        ("""<i t-field="p.color" t-options="{'widget': 'float', 'precision': 1}"/>""", "<i>1,200.0</i>"),
    ],
)
def test_fields(render, partner, node, expected):
    assert render(f"<t>{node}</t>", p=partner) == expected


@pytest.mark.parametrize(
    "value, options, expected",
    [
        (3.14159, "{'widget': 'float', 'precision': 2}", "3.14"),
        (90, "{'widget': 'duration', 'unit': 'minute'}", "1 hour 30 minutes"),
        (90, "{'widget': 'duration', 'unit': 'minute', 'digital': True, 'round': 'minute'}", "01:30"),
        (1.5, "{'widget': 'float_time'}", "01:30"),
        (datetime.date(2024, 2, 3), "{'widget': 'date', 'format': 'yyyy/MM'}", "2024/02"),
        (datetime.datetime(2024, 2, 3, 4, 5, 6), "{'widget': 'datetime', 'format': 'HH:mm'}", "04:05"),
        (datetime.datetime(2024, 2, 3, 4, 5, 6), "{'widget': 'datetime'}", "02/03/2024 04:05:06"),
        (datetime.datetime(2024, 2, 3, 4, 5, 6), "{'widget': 'datetime', 'hide_seconds': 1}", "02/03/2024 04:05"),
        (datetime.datetime(2024, 2, 3, 4, 5, 6), "{'widget': 'datetime', 'date_only': 1}", "02/03/2024"),
        (
            datetime.datetime(2024, 2, 3, 4, 5, 6),
            "{'widget': 'datetime', 'time_only': 1, 'tz_name': 'Europe/Brussels'}",
            "05:05:06",
        ),
        (2.0, "{'widget': 'float'}", "2.0"),
        (1234.5, "{'widget': 'float'}", "1,234.5"),
        (0.12345678, "{'widget': 'float'}", "0.123457"),
        (-7, "{'widget': 'float'}", "-\N{ZERO WIDTH NO-BREAK SPACE}7.0"),
        ("b", "{'widget': 'selection', 'selection': {'a': 'First', 'b': 'Second'}}", "Second"),
        ("a\nb<", "{'widget': 'text'}", "a<br>\nb&lt;"),
        ("<b/>", "{'widget': 'html'}", "<b/>"),
        (12345, "{'widget': 'integer'}", "12,345"),
    ],
)
def test_widgets(render, value, options, expected):
    assert render(f'<t t-out="v" t-options="{options}"/>', v=value) == expected


def test_monetary(env, render):
    text = render(
        """<t t-out="1234.5" t-options="{'widget': 'monetary', 'display_currency': c}"/>""", c=env.ref("base.EUR")
    )
    assert '<span class="oe_currency_value">1,234.50</span>' in text
    assert "€" in text


def test_what_fields_tell_about_their_values(env, render, partner):
    partner.write({"partner_latitude": 1.5, "partner_longitude": 0.0})
    digits = partner._fields["partner_latitude"].get_digits(env)[1]
    assert render('<i t-field="p.partner_latitude"/>', p=partner) == f"<i>{1.5:.{digits}f}</i>"
    assert render('<i t-field="p.partner_latitude" t-options="{\'precision\': 2}"/>', p=partner) == "<i>1.50</i>"
    assert "1.50</span>" in render(
        "<i t-field=\"p.partner_latitude\" t-options=\"{'widget': 'monetary'}\"/>", p=partner
    )
    relative = render("<i t-field=\"p.create_date\" t-options=\"{'widget': 'relative'}\"/>", p=partner)
    assert "second" in relative


def test_amounts_take_the_currency_of_the_record(env, render):
    dollar, euro = env.ref("base.USD"), env.ref("base.EUR")
    rate = env["res.currency.rate"].new({"company_rate": 3.25, "currency_id": euro.id})
    node = "<i t-field=\"r.company_rate\" t-options=\"{'widget': 'monetary'%s}\"/>"
    assert euro.symbol in render(node % "", r=rate)
    assert dollar.symbol in render(node % ", 'display_currency': c", r=rate, c=dollar)
    assert env.company.currency_id.symbol in render(node % "", r=rate.new({"company_rate": 3.25}))


def test_options_of_a_contact(env):
    options = env["ir.qweb.field.contact"].get_available_options()
    parts = {part["field_name"]: part.get("default", False) for part in options["fields"]["params"]["params"]}
    assert [name for name, default in parts.items() if default] == options["fields"]["default_value"]
    assert parts["vat"] is False
    assert [",", "Comma"] in options["separator"]["params"]


def test_stored_templates_and_extensions(env):
    views = env["ir.ui.view"]
    template = views.create({"type": "qweb", "key": "base.t_one", "name": "one", "arch": "<t><p/><t t-out='x'/></t>"})
    assert env["ir.qweb"]._render("base.t_one", {"x": "<"}) == "<p></p>&lt;"
    assert env["ir.qweb"]._render(template.id, {"x": 1}) == "<p></p>1"
    views.create(
        {
            "type": "qweb",
            "key": "base.t_two",
            "name": "two",
            "inherit_id": template.id,
            "arch": "<data><p position='replace'><b/></p></data>",
        }
    )
    assert env["ir.qweb"]._render("base.t_one", {}) == "<b></b>"


def test_groups(env, employee):
    env["ir.ui.view"].create(
        {
            "type": "qweb",
            "key": "base.t_groups",
            "name": "g",
            "arch": '<t><p groups="base.group_system"/><i groups="base.group_user,!base.group_system"/></t>',
        }
    )
    assert env(user=employee.id)["ir.qweb"]._render("base.t_groups", {}) == "<i></i>"


def test_language(env, partner):
    env["res.lang"]._activate_lang("fr_FR")
    view = env["ir.ui.view"].create({"type": "qweb", "key": "base.t_lang", "name": "l", "arch": "<t><p>Hello</p></t>"})
    view.update_field_translations("arch_db", {"fr_FR": {"Hello": "Bonjour"}})
    assert env["ir.qweb"]._render("base.t_lang", {}, lang="fr_FR") == "<p>Bonjour</p>"
    assert env["ir.qweb"]._render("base.t_lang", {}, lang="en_US") == "<p>Hello</p>"
    caller = etree.fromstring('<t><t t-call="base.t_lang" t-lang="\'fr_FR\'"/></t>')
    assert env["ir.qweb"]._render(caller, {}) == "<p>Bonjour</p>"


@pytest.mark.parametrize(
    "translation, expected",
    [
        ("<script>alert(1)</script>Salut", "Hello"),
        ('<b onclick="alert(1)">Salut</b>', "Hello"),
        ('<b t-out="1 + 1"/>', "Hello"),
        ('<t t-call="base.t_other"/>Salut', "Hello"),
        ('<i class="x">Salut</i> & co <', '<i class="x">Salut</i> &amp; co &lt;'),
        ("Salut <b>toi", "Salut <b>toi</b>"),
    ],
)
def test_2_5_1_2_5_2_translations_of_a_view(env, translation, expected):
    env["res.lang"]._activate_lang("fr_FR")
    view = env["ir.ui.view"].create(
        {"type": "qweb", "key": "base.t_lang", "name": "l", "arch": "<t><p t-attf-title='Hi #{name}'>Hello</p></t>"}
    )
    view.update_field_translations("arch_db", {"fr_FR": {"Hello": translation, "Hi #{name}": "Salut #{env.cr.dbname}"}})
    rendered = env["ir.qweb"]._render("base.t_lang", {"name": "Ann"}, lang="fr_FR")
    assert rendered == f'<p title="Hi Ann">{expected}</p>'


def test_errors(env):
    env["ir.ui.view"].create({"type": "qweb", "key": "base.t_bad", "name": "b", "arch": "<t><p t-out='1 / 0'/></t>"})
    with pytest.raises(QWebException, match=r"base\.t_bad"):
        env["ir.qweb"]._render("base.t_bad", {})
    with pytest.raises(ValueError, match=r"base\.t_none"):
        env["ir.qweb"]._render("base.t_none", {})
    assert env["ir.qweb"]._render("base.t_none", {}, raise_if_not_found=False) == ""


def test_contact(env, render, partner):
    text = render(
        """<div t-field="c.partner_id"
                     t-options="{'widget': 'contact', 'fields': ['name', 'address', 'phone']}"/>""",
        c=env["res.users"].new({"partner_id": partner.id}),
    )
    assert "Ada &lt;L&gt;" in text
    assert "One Street" in text
