"""The web client's modules fit together: every import leads to a file that exports the name."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: what plays tours is a part of pages, too
PLAYED = [*(ROOT / "addons/web/static/tests").glob("tours/*.js")]
PLAYED += (ROOT / "addons/web/static/tests/_framework/hoot").glob("dom_[eq]*.js")
SOURCES = sorted([*(ROOT / "addons").glob("*/static/src/**/*.js"), *PLAYED])

_IMPORT = re.compile(r"^\s*import\s+(?:(?P<names>[^'\";]+?)\s+from\s+)?[\"'](?P<path>[^\"']+)[\"']", re.M)
_REEXPORT = re.compile(r"^\s*export\s+(?P<names>\{[^}]*\}|\*)\s*from\s+[\"'](?P<path>[^\"']+)[\"']", re.M)
_EXPORT = re.compile(r"^export\s+(?:async\s+)?(?:function\s*\*?|class|const|let|var)\s+(?P<name>[\w$]+)", re.M)
_EXPORT_LIST = re.compile(r"^export\s*\{(?P<names>[^}]*)\}\s*;?\s*$", re.M)
# at the start of a line only: the same characters occur in strings and regular expressions
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*$)", re.S | re.M)


def code(path):
    """Return the text of a module without comments."""
    return _COMMENT.sub("", path.read_text())


def target(path, source):
    """Return the file that an import specifier of ``source`` names, ``None`` for one of another package."""
    if path.startswith("."):
        found = (source.parent / path).resolve()
    elif path.startswith("@") and (ROOT / "addons" / path[1:].split("/")[0]).is_dir():
        addon, _slash, rest = path[1:].partition("/")
        # the parts of the tours' engine are beside the sources: `@web/../tests/...`
        found = (ROOT / "addons" / addon / "static" / "src" / rest).resolve()
    else:
        return None
    return found if found.suffix == ".js" else found.with_name(found.name + ".js")


def listed(names):
    """Return the names in ``{a, b as c}``: what is taken and what it is called."""
    for item in names.strip("{} \n").split(","):
        if item.strip():
            taken, _as, called = item.strip().partition(" as ")
            yield taken.strip(), (called or taken).strip()


def exports(path, seen=()):
    """Return the names that a module exports."""
    text = code(path)
    names = set(_EXPORT.findall(text))
    for match in _EXPORT_LIST.finditer(text):
        names |= {called for _taken, called in listed(match["names"])}
    for match in _REEXPORT.finditer(text):
        if match["names"] == "*":
            other = target(match["path"], path)
            if other and other not in seen:
                names |= exports(other, (*seen, path))
        else:
            names |= {called for _taken, called in listed(match["names"])}
    if re.search(r"^export\s+default\b", text, re.M):
        names.add("default")
    return names


@pytest.fixture(scope="module")
def exported():
    return {path: exports(path) for path in SOURCES}


def test_there_are_modules():
    assert len(SOURCES) > 100


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "addons")))
def test_imports_lead_somewhere(path, exported):
    problems = []
    text = code(path)
    for match in [*_IMPORT.finditer(text), *_REEXPORT.finditer(text)]:
        other = target(match["path"], path)
        if other is None:
            continue
        if other not in exported:
            problems.append(f"{match['path']} does not exist")
            continue
        braces = re.search(r"\{[^}]*\}", match["names"] or "")
        for taken, _called in listed(braces[0]) if braces else ():
            if taken not in exported[other]:
                problems.append(f"{match['path']} does not export {taken}")
    assert not problems, "\n".join(problems)
