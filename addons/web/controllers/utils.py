"""What several controllers of the web client need."""

from __future__ import annotations

import json
from urllib.parse import urlencode, urlsplit

import werkzeug.exceptions
from werkzeug.urls import iri_to_uri

from odoo import api
from odoo.http import db_filter, db_list, get_default_session, request, root
from odoo.tools.safe_eval import safe_eval
from odoo.tools.text import natural_number

#: ids and sizes are not larger
_LARGEST = 2**31 - 1


def ensure_db(redirect: str = "/web/database/selector", db: str | None = None):
    """Go on only with a database: the one of the query string, of the session, or the only one there is.

    :param redirect: where to send those for whom there is none
    :param db: database asked for, by default the parameter `db` of the request
    :raises werkzeug.exceptions.HTTPException: a redirection; the database is set for the next request
    """
    if db is None:
        db = request.params.get("db", "").strip() or None
    if db and db not in db_filter([db]):
        db = None
    if db and not request.session.db:
        # The routes of the database are only known to a request that begins with it.
        request.session.db = db
        werkzeug.exceptions.abort(request.redirect(_current_path(), 302))
    if not db and request.session.db and db_filter([request.session.db]):
        db = request.session.db
    if not db:
        names = db_list(force=True)
        db = names[0] if len(names) == 1 else None
    if not db:
        werkzeug.exceptions.abort(request.redirect(redirect, 303))
    if db != request.session.db:
        session = root.session_store.new()
        session.update(get_default_session(), db=db)
        session.context["lang"] = request.default_lang()
        request.session = session
        session.touch()
        werkzeug.exceptions.abort(request.redirect(_current_path(), 302))


def whole_number(value, name: str) -> int:
    """Return the number that a parameter of an address or of a call stands for.

    :raises werkzeug.exceptions.BadRequest: it stands for none, or for one that no id and no size has
    """
    try:
        number = int(value)
    except (ValueError, TypeError, OverflowError):
        raise werkzeug.exceptions.BadRequest(f"The parameter {name!r} has to be a whole number") from None
    if abs(number) > _LARGEST:
        raise werkzeug.exceptions.BadRequest(f"The parameter {name!r} is too large")
    return number


def whole_numbers(values, name: str) -> list[int]:
    """Return the numbers that the items of a parameter stand for.

    :raises werkzeug.exceptions.BadRequest: it is no list, or one of them stands for none
    """
    if not isinstance(values, (list, tuple)):
        raise werkzeug.exceptions.BadRequest(f"The parameter {name!r} has to be a list of whole numbers")
    return [whole_number(value, name) for value in values]


def json_value(text, name: str, kind: type):
    """Return the value of a parameter that is JSON.

    :param kind: type that it has to have
    :raises werkzeug.exceptions.BadRequest: it is no JSON, or of another type
    """
    try:
        value = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        value = None
    if not isinstance(value, kind):
        raise werkzeug.exceptions.BadRequest(f"The parameter {name!r} has to be JSON of a {kind.__name__}")
    return value


def _current_path():
    return iri_to_uri(request.httprequest.full_path.rstrip("?"))


def guarded(response):
    """Return the response with a page of the client, with what keeps other scripts than its own from running on it."""
    request.env["ir.http"]._guard_page(response)
    return response


def is_user_internal(uid: int) -> bool:
    """Tell whether a user works in the backend."""
    return request.env["res.users"].browse(uid)._is_internal()


def home_path(uid: int | None) -> str:
    """Return where a user works: the backend, or for portal users the page that says they are logged in.

    :param uid: None or False for visitors, whom the backend sends on to the login
    """
    return "/odoo" if not uid or is_user_internal(uid) else "/web/login_successful"


def store_session(registry):
    """Store the session of the user who just logged in, or is about to, to a database the request began without.

    :param registry: the database's
    """
    # A request that began with the database stores its session at its end.
    if request.db:
        return
    with registry.cursor() as cr:
        request._save_session(api.Environment(cr, request.session.uid, request.session.context))


def clean_action(action: dict, env) -> dict:
    """Return an action as the client takes it: with a type and views, without server-only fields.

    :raises ValueError: several view modes and one view id: nobody knows whose view it is
    """
    action_type = action.setdefault("type", "ir.actions.act_window_close")
    if action_type == "ir.actions.act_window" and not action.get("views"):
        generate_views(action)
    if action_type not in env:
        return action
    Action = env[action_type]
    private = Action._fields.keys() - Action._get_readable_fields()
    return {key: value for key, value in action.items() if key not in private}


def client_action(result, env) -> dict | bool:
    """Return what a method of a model returned as an action for the client; False when it is no action.

    :raises ValueError: as :func:`clean_action`
    """
    # An empty type is how some methods say that nothing follows.
    is_action = isinstance(result, dict) and result.get("type") != ""
    return clean_action(result, env) if is_action else False


def generate_views(action: dict):
    """Set the `views` of a window action from its `view_mode` and `view_id`.

    :raises ValueError: several view modes and one view id
    """
    view = action.get("view_id") or False
    if isinstance(view, (list, tuple)):
        # as `read` returns it, with the name
        view, *_name = view
    first, *others = (action.get("view_mode") or "list,form").split(",")
    if view and others:
        raise ValueError(
            f"The action names one view, {view!r}, and several view modes, {[first, *others]!r}: give 'views', or one"
            f" mode.\nThe action: {action!r}"
        )
    action["views"] = [(view, first), *((False, mode) for mode in others)]


def get_action(env, path_part: str):
    """Return the action that a part of a backend URL names, an empty record when it names none.

    `action-<id or external id>`, `m-<model>`, a dotted model name, or the path of an action.
    """
    Actions = env["ir.actions.actions"]
    if path_part.startswith("action-"):
        name = path_part.removeprefix("action-")
        action_id = natural_number(name)
        action = env.ref(name, raise_if_not_found=False) if action_id is None else Actions.browse(action_id)
        if not action or not action._name.startswith("ir.actions"):
            return Actions
        if action_id is not None:
            action = action.sudo().exists()
            return env[action.type].browse(action.id) if action else Actions
        return action
    if path_part.startswith("m-") or path_part in env:
        model = path_part.removeprefix("m-")
        if model in env and not env[model]._abstract:
            return env["ir.actions.act_window"].sudo().search([("res_model", "=", model)], limit=1)
        return Actions
    # An empty path is that of every action without one.
    action = path_part and Actions.sudo().search([("path", "=", path_part)], limit=1)
    return env[action.type].sudo().browse(action.id) if action else Actions


def get_action_triples(env, path: str, *, start_pos: int = 0):
    """Yield `(active_id, action, record_id)` for each action of a backend URL.

    :param path: what follows `/odoo/`
    :param start_pos: position of `path` in the whole URL, for messages
    :raises ValueError: a part of the path names nothing
    """
    words = path.strip("/").split("/")
    names_record = [word == "new" or natural_number(word.removeprefix("-")) is not None for word in words]
    active_id = None
    for index, word in enumerate(words):
        if index and names_record[index] and not names_record[index - 1]:
            # the action before it had this record
            continue
        action = get_action(env, word)
        if not action:
            raise ValueError(f"word {start_pos + index + 1} of the path should name an action: “{word}”")
        record = words[index + 1] if True in names_record[index + 1 : index + 2] else "new"
        record_id = None if record == "new" else int(record)
        yield (active_id, action, record_id)
        active_id = record_id or active_id


def get_context(action, env) -> dict:
    """Return the evaluated context of a window action."""
    return safe_eval(
        action.context or "{}",
        {
            "uid": env.uid,
            "active_id": env.context.get("active_id"),
            "active_ids": env.context.get("active_ids"),
            "context": env.context,
        },
    )


def _get_login_redirect_url(uid: int, redirect: str | None = None) -> str:
    """Return where a login leads: the second factor when one is due, else `redirect` or the user's home."""
    if request.session.uid:
        return redirect or home_path(request.session.uid)
    # The password was right, a second factor is due.
    url = request.env["res.users"].with_user(uid).browse(uid)._mfa_url()
    if redirect:
        url += ("&" if urlsplit(url).query else "?") + urlencode({"redirect": redirect})
    return url
