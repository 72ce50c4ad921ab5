"""Code blocks of the pages in ``docs/``."""

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"(?:^`(?P<path>~/[^`]+)`\n\n)?^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the file that the line above names, if it does."""

    language: str
    code: str
    path: str | None
    line: int


def blocks(page):
    """Return the fenced blocks of a page of ``docs/``, in order."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return [
        Block(match["language"], match["code"], match["path"], text.count("\n", 0, match.start()) + 1)
        for match in _BLOCK.finditer(text)
    ]
