"""Names that addons import and that are no module's own business, and loggers that their tests listen to."""

import importlib

import pytest

NAMES = [
    ("odoo.fields", "date"),
    ("odoo.fields", "datetime"),
    ("odoo.tests.common", "SETATTR_SOURCES"),
    ("odoo.tools", "pdf"),
    ("odoo.tools.pdf", "OdooPdfFileReader"),
    ("odoo.tools.pdf", "OdooPdfFileWriter"),
    ("odoo.tools.pdf", "reshape_text"),
    ("odoo.tools.config", "conf"),
    ("odoo.tools.config", "_get_default_datadir"),
    ("odoo.tools.profiler", "stack_size"),
    ("odoo.tools.speedscope", "Speedscope"),
    ("odoo.tools.translate", "quote"),
    ("odoo.tools.translate", "unquote"),
    ("odoo.tests.common", "_logger"),
    ("odoo._monkeypatches.pytz", "_tz_mapping"),
    ("odoo.cli.upgrade_code", "migrate"),
    ("odoo.addons.base.models.ir_mail_server", "extract_rfc2822_addresses"),
    ("odoo.addons.base.models.res_users", "name_boolean_group"),
    ("odoo.addons.base.models.res_users", "name_selection_groups"),
]

LOGGERS = [
    ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_model_access"),
    ("odoo.addons.base.models.res_users", "odoo.addons.base.models.res_users_login"),
    ("odoo.addons.base.models.ir_attachment", "odoo.addons.base.models.ir_attachment_store"),
    ("odoo.models", "odoo.orm.features.display_names"),
    ("odoo.fields", "odoo.orm.fields.base"),
]


@pytest.mark.parametrize("module, name", NAMES)
def test_name(module, name):
    if not hasattr(importlib.import_module(module), name):
        importlib.import_module(f"{module}.{name}")


@pytest.mark.parametrize("logger, module", LOGGERS)
def test_logger(logger, module):
    assert importlib.import_module(module)._logger.name == logger
