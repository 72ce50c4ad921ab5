"""The page on what the references say is complete, and its tests exist."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "references.md"
CLIENT = ROOT / "tests" / "client"
_ROW = re.compile(r"\| ([A-Z])(\d+) \| (.+?) (?<!\\)\| (`.+`) \|")
_TITLE = re.compile(r"""\btest\(\s*(["'`])(.+?)\1,""")

ACTIONS = (
    "Actions",
    "Window actions",
    "URL actions",
    "Server actions",
    "Creating records",
    "Writing records",
    "Other kinds of server actions",
    "Names in server actions",
    "Report actions",
    "Client actions",
)
ORM = (
    "What the ORM offers",
    "Models",
    "BaseModel",
    "Model",
    "TransientModel",
    "Parameters of fields",
    "Parameters of computed fields",
    "Basic fields",
    "More fields",
    "Dates and times",
    "Relations",
    "Commands",
    "References without a foreign key",
    "Computed fields",
    "Automatic fields",
    "Reserved names",
    "Recordsets",
    "Cache and prefetching",
    "Decorators",
    "Environment",
    "Other environments",
    "SQL",
    "Flushing",
    "Invalidating",
    "Creating and writing",
    "Searching and reading",
    "Domains",
    "Deleting",
    "What recordsets tell",
    "Recordsets as sets",
)
#: the documents, and their parts
DOCUMENTS = {
    "The road of a click": ("What the browser does", "What the server does", "What the answer means"),
    "Actions": ACTIONS,
    "Actions with workflows": ACTIONS,
    "The ORM in short": ORM,
    "The ORM in full": (*ORM, "Inheriting models", "Exceptions"),
}


def read_page():
    """Return ``{document: {part: [(letter, number, statement, tests)]}}``."""
    documents, parts, rows = {}, {}, []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            parts = documents.setdefault(line[3:], {})
        elif line.startswith("### "):
            rows = parts.setdefault(line[4:], [])
        elif line.startswith("| ") and not line.startswith(("| no.", "| ---")):
            letter, number, statement, tests = _ROW.fullmatch(line).groups()
            rows.append((letter, int(number), statement, re.findall(r"`([^`]+)`", tests)))
    return documents


def existing_tests():
    """Return ``file::function`` of the tests in Python, and ``file::title`` of those of the client."""
    found = set()
    for pattern in ("odoo/addons/*/tests/**/test_*.py", "addons/*/tests/**/test_*.py", "tests/**/test_*.py"):
        for path in ROOT.glob(pattern):
            text = path.read_text(encoding="utf-8")
            found.update(
                f"{path.stem}::{node.name}"
                for node in ast.walk(ast.parse(text))
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
            )
    for path in CLIENT.glob("*.test.js"):
        found.update(f"{path.name}::{title}" for _quote, title in _TITLE.findall(path.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_part_has_rows(document):
    parts = read_page().get(document, {})
    assert [part for part in DOCUMENTS[document] if not parts.get(part)] == []
    assert tuple(parts) == DOCUMENTS[document]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_statements_are_numbered(document):
    rows = [row for part in read_page()[document].values() for row in part]
    assert len({letter for letter, *_rest in rows}) == 1
    assert [number for _letter, number, *_rest in rows] == list(range(1, len(rows) + 1))


def test_documents_have_letters_of_their_own():
    letters = Counter(next(iter(parts.values()))[0][0] for parts in read_page().values())
    assert set(letters.values()) == {1}


def test_every_test_exists():
    known = existing_tests()
    rows = [row for parts in read_page().values() for part in parts.values() for row in part]
    assert sorted({test for *_row, tests in rows for test in tests} - known) == []
