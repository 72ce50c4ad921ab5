"""Running expressions and small programs written by users.

Three fences stand around the code: the syntax tree may only hold harmless kinds of nodes, the compiled code may only
hold known instructions and no name with two underscores in a row or that reaches into the interpreter (nor may the
templates it formats), and the names it sees are those given plus a short list of builtins. It keeps honest mistakes
and casual attacks inside; it is no sandbox against its own context: whoever is handed a recordset can do what its
methods do.
"""

from __future__ import annotations

import ast
import dis
import functools
import types
from collections.abc import Iterable, Iterator, Mapping
from types import CodeType
from typing import Any, Literal

import psycopg2
import werkzeug.exceptions

from odoo import exceptions

from .modules import datetime, dateutil, json, pytz, time, wrap_module  # noqa: F401
from .names import format_method, guard_format, is_unsafe_name

__all__ = ["const_eval", "expr_eval", "safe_eval", "test_python_expr"]

unsafe_eval = eval

_FORBIDDEN_NODES = {
    ast.Import: "import",
    ast.ImportFrom: "import",
    ast.ClassDef: "class",
    ast.With: "with",
    ast.AsyncWith: "async",
    ast.AsyncFor: "async",
    ast.AsyncFunctionDef: "async",
    ast.Await: "await",
    ast.Global: "global",
    ast.Nonlocal: "nonlocal",
    ast.Yield: "yield",
    ast.YieldFrom: "yield",
}


def to_opcodes(opnames: Iterable[str], _opmap: Mapping[str, int] = dis.opmap) -> Iterator[int]:
    """Iterate over the codes of the named instructions that this Python has."""
    for name in opnames:
        if name in _opmap:
            yield _opmap[name]


_BLACKLIST = frozenset(
    to_opcodes(
        (
            "IMPORT_STAR",
            "IMPORT_NAME",
            "IMPORT_FROM",
            "STORE_ATTR",
            "DELETE_ATTR",
            "STORE_GLOBAL",
            "DELETE_GLOBAL",
            "LOAD_BUILD_CLASS",
        )
    )
)
_CONST_OPCODES = (
    frozenset(
        to_opcodes(
            (
                # moving values around
                "POP_TOP",
                "ROT_TWO",
                "ROT_THREE",
                "ROT_FOUR",
                "ROT_N",
                "DUP_TOP",
                "DUP_TOP_TWO",
                "COPY",
                "SWAP",
                "NOP",
                "CACHE",
                "RESUME",
                "EXTENDED_ARG",
                "PRECALL",
                "PUSH_NULL",
                "MAKE_CELL",
                "COPY_FREE_VARS",
                "RETURN_GENERATOR",
                "NOT_TAKEN",
                # literals
                "LOAD_CONST",
                "LOAD_SMALL_INT",
                "RETURN_VALUE",
                "RETURN_CONST",
                "BUILD_LIST",
                "BUILD_MAP",
                "BUILD_TUPLE",
                "BUILD_SET",
                "BUILD_CONST_KEY_MAP",
                "LIST_EXTEND",
                "SET_UPDATE",
                "LIST_TO_TUPLE",
                "DICT_UPDATE",
                "DICT_MERGE",
                "LIST_APPEND",
                "MAP_ADD",
                "SET_ADD",
            )
        )
    )
    - _BLACKLIST
)
_EXPR_OPCODES = (
    _CONST_OPCODES.union(
        to_opcodes(
            (
                "UNARY_POSITIVE",
                "UNARY_NEGATIVE",
                "UNARY_NOT",
                "UNARY_INVERT",
                "BINARY_OP",
                "BINARY_SUBSCR",
                "BINARY_SLICE",
                "STORE_SLICE",
                "BINARY_POWER",
                "BINARY_MULTIPLY",
                "BINARY_DIVIDE",
                "BINARY_FLOOR_DIVIDE",
                "BINARY_TRUE_DIVIDE",
                "BINARY_MODULO",
                "BINARY_ADD",
                "BINARY_SUBTRACT",
                "BINARY_LSHIFT",
                "BINARY_RSHIFT",
                "BINARY_AND",
                "BINARY_XOR",
                "BINARY_OR",
                "BINARY_MATRIX_MULTIPLY",
                "INPLACE_ADD",
                "INPLACE_SUBTRACT",
                "INPLACE_MULTIPLY",
                "INPLACE_DIVIDE",
                "INPLACE_FLOOR_DIVIDE",
                "INPLACE_TRUE_DIVIDE",
                "INPLACE_MODULO",
                "INPLACE_POWER",
                "INPLACE_LSHIFT",
                "INPLACE_RSHIFT",
                "INPLACE_AND",
                "INPLACE_XOR",
                "INPLACE_OR",
                "INPLACE_MATRIX_MULTIPLY",
                "BUILD_SLICE",
                "COMPARE_OP",
                "IS_OP",
                "CONTAINS_OP",
                "TO_BOOL",
                "JUMP_FORWARD",
                "JUMP_ABSOLUTE",
                "JUMP_BACKWARD",
                "JUMP_BACKWARD_NO_INTERRUPT",
                "JUMP_IF_FALSE_OR_POP",
                "JUMP_IF_TRUE_OR_POP",
                "JUMP_IF_NOT_EXC_MATCH",
                "POP_JUMP_IF_FALSE",
                "POP_JUMP_IF_TRUE",
                "POP_JUMP_IF_NONE",
                "POP_JUMP_IF_NOT_NONE",
                "POP_JUMP_FORWARD_IF_FALSE",
                "POP_JUMP_FORWARD_IF_TRUE",
                "POP_JUMP_FORWARD_IF_NONE",
                "POP_JUMP_FORWARD_IF_NOT_NONE",
                "POP_JUMP_BACKWARD_IF_FALSE",
                "POP_JUMP_BACKWARD_IF_TRUE",
                "POP_JUMP_BACKWARD_IF_NONE",
                "POP_JUMP_BACKWARD_IF_NOT_NONE",
            )
        )
    )
    - _BLACKLIST
)
_SAFE_OPCODES = (
    _EXPR_OPCODES.union(
        to_opcodes(
            (
                # names, attributes and items
                "LOAD_NAME",
                "STORE_NAME",
                "DELETE_NAME",
                "LOAD_GLOBAL",
                "LOAD_FAST",
                "STORE_FAST",
                "DELETE_FAST",
                "LOAD_FAST_CHECK",
                "LOAD_FAST_AND_CLEAR",
                "LOAD_FAST_LOAD_FAST",
                "STORE_FAST_STORE_FAST",
                "STORE_FAST_LOAD_FAST",
                "LOAD_FAST_BORROW",
                "LOAD_FAST_BORROW_LOAD_FAST_BORROW",
                "LOAD_CLOSURE",
                "LOAD_DEREF",
                "STORE_DEREF",
                "DELETE_DEREF",
                "LOAD_CLASSDEREF",
                "LOAD_ATTR",
                "LOAD_METHOD",
                "LOAD_SUPER_ATTR",
                "STORE_SUBSCR",
                "DELETE_SUBSCR",
                "UNPACK_SEQUENCE",
                "UNPACK_EX",
                # calls and functions
                "CALL",
                "CALL_KW",
                "CALL_FUNCTION",
                "CALL_FUNCTION_KW",
                "CALL_FUNCTION_EX",
                "CALL_METHOD",
                "KW_NAMES",
                "CALL_INTRINSIC_1",
                "CALL_INTRINSIC_2",
                "MAKE_FUNCTION",
                "SET_FUNCTION_ATTRIBUTE",
                # loops and generator expressions
                "GET_ITER",
                "FOR_ITER",
                "END_FOR",
                "POP_ITER",
                "GEN_START",
                "YIELD_VALUE",
                "GET_YIELD_FROM_ITER",
                "SETUP_LOOP",
                "POP_BLOCK",
                # text
                "FORMAT_VALUE",
                "FORMAT_SIMPLE",
                "FORMAT_WITH_SPEC",
                "CONVERT_VALUE",
                "BUILD_STRING",
                # exceptions
                "SETUP_FINALLY",
                "SETUP_EXCEPT",
                "POP_EXCEPT",
                "PUSH_EXC_INFO",
                "CHECK_EXC_MATCH",
                "RERAISE",
                "RAISE_VARARGS",
                "END_FINALLY",
                "LOAD_ASSERTION_ERROR",
                "LOAD_COMMON_CONSTANT",
                "CLEANUP_THROW",
                # pattern matching
                "MATCH_MAPPING",
                "MATCH_SEQUENCE",
                "MATCH_KEYS",
                "GET_LEN",
                "PRINT_EXPR",
            )
        )
    )
    - _BLACKLIST
)

_IMPORTS_OF_THE_STANDARD_LIBRARY = frozenset(("_strptime", "math", "time"))


def _restricted_import(name, globals=None, locals=None, fromlist=None, level=-1):
    """What ``__import__`` is for the code: some functions of the standard library import modules when called."""
    if name in _IMPORTS_OF_THE_STANDARD_LIBRARY:
        return __import__(name, globals, locals, fromlist or (), max(level, 0))
    raise ImportError(f"importing {name!r} is not allowed")


_TYPES = (bool, bytes, dict, float, int, list, range, set, str, tuple)
_FUNCTIONS = (abs, all, any, chr, divmod, enumerate, filter, isinstance, len, map, max, min, ord, repr, round, sorted)
_BUILTINS = {
    **{builtin.__name__: builtin for builtin in (*_TYPES, *_FUNCTIONS, sum, zip, Exception, format_method)},
    **{str(constant): constant for constant in (None, False, True)},
    # names that Python 2 had, which old server actions and formulas still use
    "reduce": functools.reduce,
    "unicode": str,
    "xrange": range,
    "__import__": _restricted_import,
}


def assert_no_dunder_name(code_obj: CodeType, expr: str) -> None:
    """Refuse code that uses a name with two underscores in a row or that reaches into the interpreter.

    :raise NameError: naming it
    """
    for names in (code_obj.co_names, code_obj.co_varnames, code_obj.co_cellvars, code_obj.co_freevars):
        for name in names:
            if is_unsafe_name(name):
                raise NameError(f"access to forbidden name {name!r} in {expr!r}")


def assert_valid_codeobj(allowed_codes: Iterable[int], code_obj: CodeType, expr: str) -> None:
    """Refuse code with instructions or names that are not allowed, nested functions included.

    :param allowed_codes: set of instruction codes
    :raise ValueError: naming the instructions
    :raise NameError: naming the forbidden name
    """
    for code, text in _with_nested(code_obj, expr):
        assert_no_dunder_name(code, text)
        forbidden = {instruction.opcode for instruction in dis.get_instructions(code)}.difference(allowed_codes)
        if forbidden:
            opnames = ", ".join(sorted(map(dis.opname.__getitem__, forbidden)))
            raise ValueError(f"forbidden opcode(s) in {text!r}: {opnames}")


def _with_nested(code_obj: CodeType, text: str) -> Iterator[tuple[CodeType, str]]:
    """Yield code and the functions, lambdas and comprehensions in it, each with what messages call it."""
    yield code_obj, text
    for constant in code_obj.co_consts:
        if isinstance(constant, CodeType):
            yield from _with_nested(constant, "lambda")


def _assert_valid_tree(tree: ast.AST, expr: str) -> None:
    """Refuse syntax that has no place here, with the line it is in."""
    for node in ast.walk(tree):
        keyword = _FORBIDDEN_NODES.get(type(node))
        if keyword:
            line = getattr(node, "lineno", None)
            raise ValueError(f"{keyword!r} is not allowed (line {line}) in {expr!r}")
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            raise ValueError(
                f"forbidden opcode(s): assigning to attribute {node.attr!r} (line {node.lineno}) "
                f"is not allowed in {expr!r}"
            )


class _FormatGuard(ast.NodeTransformer):
    """Have templates checked when they are formatted: they reach attributes that the source does not show."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        return guard_format(node)


@functools.lru_cache(maxsize=4096)
def _compile(expr: str, allowed_codes: frozenset, mode: str, filename: str | None) -> CodeType:
    try:
        if mode == "eval":
            # leading blanks would be an indentation error
            expr = expr.strip()
        tree = ast.parse(expr, filename or "", mode)
        _assert_valid_tree(tree, expr)
        tree = ast.fix_missing_locations(_FormatGuard().visit(tree))
        code_obj = compile(tree, filename or "", mode)
    except (SyntaxError, TypeError, ValueError):
        raise
    except RecursionError as error:
        raise ValueError(f"expression is nested too deeply: {expr[:100]!r}...") from error
    assert_valid_codeobj(allowed_codes, code_obj, expr)
    return code_obj


def test_expr(expr: str, allowed_codes: Iterable[int], mode: str = "eval", filename: str | None = None) -> CodeType:
    """Compile an expression and check it.

    :param allowed_codes: set of instruction codes
    :param mode: ``eval`` or ``exec``
    :param filename: name shown in tracebacks
    :return: code object
    :raise ValueError: when it does not compile or is not allowed
    :raise NameError: on a forbidden name
    """
    try:
        return _compile(expr, frozenset(allowed_codes), mode, filename)
    except (SyntaxError, TypeError) as error:
        raise ValueError(f"{type(error).__name__}: {error} in {expr!r}") from error


# not a test case, whatever collects functions by their name
test_expr.__test__ = False  # type: ignore[attr-defined]  # read by test runners


def const_eval(expr: str) -> Any:
    """Return the value of an expression made of literals only.

    :raise ValueError: on anything else
    """
    return unsafe_eval(test_expr(expr, _CONST_OPCODES), {"__builtins__": {}})


def expr_eval(expr: str) -> Any:
    """Return the value of an expression made of literals and operators.

    :raise ValueError: on anything else
    """
    return unsafe_eval(test_expr(expr, _EXPR_OPCODES), {"__builtins__": {}})


def check_values(values: Any) -> Any:
    """Refuse modules among the names given to evaluated code: they lead everywhere.

    :param values: dict or ``None``
    :return: ``values``
    :raise TypeError: naming the module
    """
    for name, value in (values or {}).items():
        if isinstance(value, types.ModuleType):
            raise TypeError(
                f"module {value.__name__!r} cannot be used as {name!r} in evaluated code; "
                "give its functions, or wrap_module()"
            )
    return values


def _explain(error, expr):
    return f'{type(error).__name__}: "{error}" while evaluating\n{expr!r}'


#: what users and the server handle themselves; an OperationalError is for whoever retries the transaction
_PASSED_ON = (
    exceptions.UserError,
    exceptions.RedirectWarning,
    werkzeug.exceptions.HTTPException,
    psycopg2.OperationalError,
    ZeroDivisionError,
)


def _own_names(given: Any, nocopy: bool) -> dict:
    """Return the dict of names that code runs with: a checked copy of ``given``, with ``nocopy`` the dict itself.

    :raise TypeError: for something that is no dict, or a module among the names
    """
    if not hasattr(given, "keys"):
        raise TypeError(f"safe_eval takes dicts of names, got {type(given).__name__}")
    return check_values(given if nocopy else dict(given))


def safe_eval(
    expr: str | bytes,
    globals_dict: dict[str, Any] | None = None,
    locals_dict: dict[str, Any] | None = None,
    mode: str = "eval",
    nocopy: bool = False,
    locals_builtins: bool = False,
    filename: str | None = None,
) -> Any:
    """Evaluate an expression or run a program with restricted syntax and names.

    :param expr: the text
    :param globals_dict: names it can use
    :param locals_dict: further names; in ``exec`` mode what it assigns is put there
    :param mode: ``eval`` for an expression, ``exec`` for statements
    :param nocopy: use the dicts themselves instead of copies, so that the caller sees what the program assigned
    :param locals_builtins: put the builtins into the local names too
    :param filename: name shown in tracebacks
    :return: value of the expression, ``None`` in ``exec`` mode
    :raise ValueError: wrapping whatever error the code raised, except the ones users and the server handle themselves
    """
    if isinstance(expr, CodeType):
        raise TypeError("safe_eval takes the text of an expression, not compiled code")
    if isinstance(expr, bytes):
        expr = expr.decode()
    globals_dict = {} if globals_dict is None else _own_names(globals_dict, nocopy)
    if locals_dict is not None:
        locals_dict = _own_names(locals_dict, nocopy)
    globals_dict["__builtins__"] = dict(_BUILTINS)
    if locals_builtins:
        locals_dict = {} if locals_dict is None else locals_dict
        locals_dict.update(_BUILTINS)
    code = test_expr(expr, _SAFE_OPCODES, mode=mode, filename=filename)
    try:
        return unsafe_eval(code, globals_dict, locals_dict)
    except _PASSED_ON:
        raise
    except Exception as error:
        raise ValueError(_explain(error, expr)) from error
    finally:
        if nocopy:
            globals_dict.pop("__builtins__", None)


def test_python_expr(expr: str, mode: str = "eval") -> str | Literal[False]:
    """Check code without running it.

    :return: ``False`` when it is fine, else a message saying what is wrong and where
    """
    try:
        test_expr(expr, _SAFE_OPCODES, mode=mode)
    except (ValueError, NameError) as error:
        cause = error.__cause__
        if isinstance(cause, SyntaxError):
            line = (cause.text or "").rstrip()
            return f"{type(cause).__name__} : {cause.msg} at line {cause.lineno}\n{line}"
        return f"{type(error).__name__}: {error}"
    return False


test_python_expr.__test__ = False  # type: ignore[attr-defined]  # read by test runners
