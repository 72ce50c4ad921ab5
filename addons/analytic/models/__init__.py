"""Plans, their accounts, amounts on them, and how documents share amounts."""

from . import (
    analytic_plan,
    analytic_applicability,
    analytic_account,
    analytic_plan_fields,
    analytic_line,
    analytic_mixin,
    analytic_distribution_model,
    res_config_settings,
)
