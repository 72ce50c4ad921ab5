"""Bills and budgets."""

from . import bill, budget
