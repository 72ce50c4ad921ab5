"""Where a document is in its workflows."""

from . import workflow_state
