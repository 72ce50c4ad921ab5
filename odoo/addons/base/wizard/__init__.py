"""Wizards that every database has."""

from . import (
    base_export_language,
    base_import_language,
    base_language_install,
    base_module_uninstall,
    base_module_update,
    base_module_upgrade,
    base_partner_merge,
    wizard_ir_model_menu_create,
)
