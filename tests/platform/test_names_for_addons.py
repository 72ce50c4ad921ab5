"""Names that addons import from ours, where ours has them under another one or in another place."""

import importlib

import pytest

from odoo.exceptions import ValidationError

NAMES = (
    ("odoo.addons.auth_signup.models.res_partner", "SignupError"),
    ("odoo.addons.calendar.models.calendar_attendee", "Attendee"),
    *(
        ("odoo.addons.calendar.models.calendar_recurrence", f"{name}_SELECTION")
        for name in ("BYDAY", "END_TYPE", "MONTH_BY", "RRULE_TYPE", "WEEKDAY")
    ),
    *(("odoo.addons.iap", name) for name in ("authorize", "cancel", "capture", "charge", "get_endpoint", "jsonrpc")),
    ("odoo.addons.mail.models.mail_message", "Message"),
    ("odoo.addons.mail.tools.parser", "parse_res_ids"),
    ("odoo.addons.onboarding.models.onboarding_progress", "ONBOARDING_PROGRESS_STATES"),
    ("odoo.addons.product.tests.common", "ProductCommon"),
    ("odoo.addons.sale.tests.common", "SaleCommon"),
    ("odoo.addons.sales_team.tests.common", "SalesTeamCommon"),
    ("odoo.addons.sms.tests.common", "SMSCase"),
    ("odoo.addons.sms.tools.sms_api", "ERROR_MESSAGES"),
    ("odoo.addons.uom.tests.common", "UomCommon"),
)


@pytest.mark.parametrize(("module", "name"), NAMES)
def test_names_are_there(module, name):
    assert hasattr(importlib.import_module(module), name)


def test_ids_in_texts():
    from odoo.addons.mail.tools.parser import parse_res_ids

    assert parse_res_ids("[3, 5]") == parse_res_ids([3, 5]) == [3, 5]
    assert parse_res_ids(False) == parse_res_ids("") == []
    for wrong in ("3", "[3,", "['a']", "open('x')"):
        with pytest.raises(ValidationError):
            parse_res_ids(wrong)
