"""Definitions of workflows, their instances, and what moves these."""

from . import workflow, workflow_activity, workflow_instance, base, ir_actions_server
