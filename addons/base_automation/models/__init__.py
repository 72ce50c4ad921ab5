"""Rules and their actions."""

from . import (
    base_automation,
    base_automation_presets,
    base_automation_run,
    base_automation_time,
    base_automation_watch,
    base_automation_webhook,
    ir_actions_server,
    ir_actions_server_webhook,
)
