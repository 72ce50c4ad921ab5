"""Controllers, their routes, and the rules made of all controllers of the installed modules."""

from __future__ import annotations

import collections
import functools
import inspect
import logging
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self

import werkzeug.routing
from werkzeug.exceptions import BadRequest

from odoo.tools import unique

from .constants import ROUTING_KEYS
from .local import request
from .response import Response

_logger = logging.getLogger("odoo.http")

#: how many of the names that a route does not take are told, and how much of each
_NAMES_SHOWN = 5
_NAME_SHOWN = 50

ROUTE_TYPES = {"http": "http", "json": "json", "jsonrpc": "json"}


class Controller:
    """Base of all classes whose methods answer HTTP requests.

    A module changes the controller of another one by inheriting its class; the most specific classes of the installed
    modules are put together into one.

    :cvar children_classes: module name -> controller classes defined in it; `''` for modules of the framework
    """

    children_classes: dict[str, list[type]] = collections.defaultdict(list)

    def __init_subclass__(cls, combined: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not combined:
            Controller.children_classes[_addon_of(cls)].append(cls)

    @property
    def env(self) -> Any:
        """Environment of the current request."""
        return request.env if request else None


def _addon_of(kind: type) -> str:
    """Return the name of the addon that defines a class; empty for classes of the framework."""
    match kind.__module__.split("."):
        case ["odoo", "addons", name, *_rest]:
            return name
    return ""


def route(route: str | Iterable[str] | None = None, **routing: Any) -> Callable[[Callable[..., Any]], Any]:
    """Mark a controller method as the answer to requests on some paths.

    :param route: path or list of paths, in the notation of :mod:`werkzeug.routing`
    :param str type: `http` (default) or `json`
    :param str auth: `user` (default), `public`, `none`, `bearer`
    :param methods: HTTP methods accepted, all by default
    :param str cors: value of `Access-Control-Allow-Origin`
    :param bool csrf: whether unsafe methods need a token; true for `http`, false for `json`
    :param readonly: whether the method only reads; a callable is asked at each request
    :param bool save_session: whether the session is stored and its cookie sent
    :param float limit_time: seconds that a request to the route may take, when that is more than what requests may
        (`--limit-time-real`, `--limit-time-cpu`); 0: any time
    :param compress: for type `json`: whether answers are compressed, for those that
        :func:`~odoo.http.compression.compress` is meant for; a callable is asked once the parameters are read
    :param handle_params_access_error: called with the error when a record of the path is not accessible

    A method that overrides a route takes over what it does not say itself.
    """

    def decorator(endpoint):
        name = f"<function {endpoint.__module__}.{endpoint.__name__}>"
        fragment = dict(routing)
        if route is not None:
            fragment["routes"] = [route] if isinstance(route, str) else list(route)
        if fragment.get("type") is not None:
            if fragment["type"] not in ROUTE_TYPES:
                raise ValueError(f"{name}: unknown route type {fragment['type']!r}, expected http or json")
            fragment["type"] = ROUTE_TYPES[fragment["type"]]
        if fragment.get("methods") is not None:
            if isinstance(fragment["methods"], str):
                fragment["methods"] = [fragment["methods"]]
            fragment["methods"] = [method.upper() for method in fragment["methods"]]
        accepts, needs = _accepted_parameters(endpoint), _needed_parameters(endpoint)

        @functools.wraps(endpoint)
        def call(self, *args, **params):
            if accepts is not None and not accepts.issuperset(params):
                # what strangers send is not to fill the log
                ignored = [key[:_NAME_SHOWN] for key in params if key not in accepts][:_NAMES_SHOWN]
                _logger.warning("%s does not take the parameters %s: they are dropped", name, ignored)
                params = {key: value for key, value in params.items() if key in accepts}
            if not (args or needs <= params.keys()):
                raise BadRequest(f"Parameters are missing: {', '.join(sorted(needs - params.keys()))}")
            result = endpoint(self, *args, **params)
            if call.routing_type == "json":  # type: ignore[attr-defined]  # see below
                return result
            return Response.load(result, name)

        vars(call).update(original_routing=fragment, original_endpoint=endpoint, routing_type=fragment.get("type"))
        return call

    return decorator


def _accepted_parameters(function):
    """Return the names a function takes as keywords, None when it takes any."""
    parameters = list(inspect.signature(function).parameters.values())
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return None
    return frozenset(
        parameter.name
        for parameter in parameters[1:]
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
    )


def _needed_parameters(function):
    """Return the names that a function has to be given."""
    return frozenset(
        parameter.name
        for parameter in list(inspect.signature(function).parameters.values())[1:]
        if parameter.default is parameter.empty
        and parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
    )


class Endpoint:
    """A controller method and its complete routing: what a rule leads to."""

    __slots__ = ("__dict__", "func", "original_endpoint", "original_routing", "routing")

    def __init__(self, func: Any, routing: dict) -> None:
        self.func = func
        self.routing = routing
        self.original_endpoint = func.original_endpoint
        self.original_routing = func.original_routing

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function of the route."""
        return self.func(*args, **kwargs)

    def __repr__(self) -> str:
        function = self.original_endpoint
        return f"<Endpoint {function.__module__}.{function.__qualname__}>"


def _generate_routing_rules(
    modules: Iterable[str], nodb_only: bool, converters: object = None
) -> Iterator[tuple[str, Endpoint]]:
    """Yield `(path, endpoint)` of all routes of the controllers of some modules.

    :param modules: names of the modules, in loading order
    :param nodb_only: only the routes that need no database (`auth='none'`)
    :param converters: unused here; part of the interface
    """
    for controller in _build_controllers(modules):
        cls = type(controller)
        for name, function in inspect.getmembers(cls, inspect.isfunction):
            routing = _merge_routing(cls, name)
            if routing is None or (nodb_only and routing["auth"] != "none"):
                continue
            if not routing["routes"]:
                _logger.warning("%s.%s has a route decorator but no path, it is never called", cls.__name__, name)
                continue
            if not hasattr(function, "original_routing"):
                function = route()(function)
                function.routing_type = routing["type"]
                setattr(cls, name, function)
            endpoint = Endpoint(getattr(controller, name), routing)
            for path in routing["routes"]:
                yield path, endpoint


def _build_controllers(modules):
    """Instantiate one class for each family of controllers: all its most specific classes put together."""
    classes = [cls for module in unique(["", *modules]) for cls in Controller.children_classes.get(module, ())]
    selected = set(classes)
    roots = [cls for cls in classes if not any(base in selected for base in cls.__mro__[1:])]
    for root in roots:
        family = [cls for cls in classes if issubclass(cls, root)]
        leaves = [cls for cls in family if not any(other is not cls and issubclass(other, cls) for other in family)]
        if len(leaves) == 1:
            yield leaves[0]()
        else:
            # The one loaded last comes first and so has the first word.
            name = f"{root.__name__} (extended by {', '.join(cls.__name__ for cls in leaves)})"
            yield types.new_class(name, tuple(reversed(leaves)), {"combined": True})()


def _merge_routing(cls, name):
    """Return the routing of a method, merged from the base class up to the most specific; None: it is no route."""
    merged = None
    for owner in reversed(cls.__mro__):
        method = owner.__dict__.get(name)
        fragment = getattr(method, "original_routing", None)
        if fragment is None:
            if merged is not None and method is not None:
                _logger.warning(
                    "The method %s.%s.%s overrides a route: it should have the @route decorator too",
                    owner.__module__,
                    owner.__qualname__,
                    name,
                )
            continue
        fragment = dict(fragment)
        kind = fragment.pop("type", None)
        if merged is None:
            merged = {"type": kind or "http", "auth": "user", "methods": None, "routes": [], "readonly": False}
        elif kind not in (None, merged["type"]):
            _logger.warning(
                "The route %s.%s.%s cannot change its type from %s to %s",
                owner.__module__,
                owner.__qualname__,
                name,
                merged["type"],
                kind,
            )
        merged.update(fragment)
        # Each level of a chain of super() calls hands its result on in the form of this type.
        method.routing_type = merged["type"]
    if merged is not None:
        merged.setdefault("csrf", merged["type"] == "http")
        merged.setdefault("save_session", True)
    return merged


class FasterRule(werkzeug.routing.Rule):
    """A rule that compiles its URL builders when a URL is built, which hardly ever happens."""

    def _compile_builder(self, append_unknown=True):
        return _LazyBuilder(self, super()._compile_builder, append_unknown)


class _LazyBuilder:
    """Build function of a rule, compiled at its first use."""

    def __init__(self, rule: werkzeug.routing.Rule, compile_builder: Callable[..., Any], append_unknown: bool) -> None:
        self._arguments = rule, compile_builder, append_unknown
        self._build: Any = None

    def __get__(self, instance: object, owner: object = None) -> Self:
        return self

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._build is None:
            rule, compile_builder, append_unknown = self._arguments
            self._build = compile_builder(append_unknown).__get__(rule, None)
        return self._build(*args, **kwargs)


def make_rule(
    path: str, endpoint: Endpoint, rule_class: type[werkzeug.routing.Rule] = FasterRule
) -> werkzeug.routing.Rule:
    """Return the Werkzeug rule of a path."""
    options = {key: value for key, value in endpoint.routing.items() if key in ROUTING_KEYS}
    if options.get("methods") and "OPTIONS" not in options["methods"]:
        # The dispatcher answers CORS preflights.
        options["methods"] = [*options["methods"], "OPTIONS"]
    rule = rule_class(path, endpoint=endpoint, **options)
    rule.merge_slashes = False
    return rule
