"""Ids that wizards get as text."""

import ast

from odoo.exceptions import ValidationError
from odoo.tools.translate import _


def parse_res_ids(res_ids, env=None):
    """Return the ids in a text such as ``[3, 5]``; a list of them is returned as it is, nothing as an empty list.

    :param res_ids: text, list or nothing
    :param env: part of the interface; errors are in the language of the caller
    :raise ValidationError: it is something else
    """
    try:
        ids = ast.literal_eval(res_ids or "[]") if isinstance(res_ids, str) else res_ids or []
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise ValidationError(_("%s is no list of ids.", res_ids[:100])) from error
    if not isinstance(ids, (list, tuple)) or not all(isinstance(id_, int) for id_ in ids):
        raise ValidationError(_("%s is no list of ids.", str(res_ids)[:100]))
    return list(ids)
