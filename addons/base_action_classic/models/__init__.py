"""What the addon changes of the models of base."""

from . import ir_actions, ir_actions_server, ir_default
