"""From HTML to PDF files: pages with headers and footers, by one of several engines.

:mod:`pages` says what a printed document is, :mod:`engines` finds the program or library that prints it and runs it in
a process of its own, :mod:`worker` is that process for libraries, :mod:`fonts` tells it where our fonts are.
"""

from .engines import ENGINES, PrintError, find_engine, print_documents, take_picture
from .pages import Document, Paper, Section

__all__ = ["ENGINES", "Document", "Paper", "PrintError", "Section", "find_engine", "print_documents", "take_picture"]
