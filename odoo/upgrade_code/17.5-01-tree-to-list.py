"""Since 17.5 the view that shows records below each other is called list: in views, and in lists of view types."""

import re

_TAG = re.compile(r"(?<=<)(/?)tree\b")
# not in quotes, where it is a value
_XPATH = re.compile(
    r"""(\bexpr\s*=\s*"[^"]*|\bexpr\s*=\s*'[^']*)(?<![\w.'"-])tree(?![\w.'"-])|(\bexpr\s*=\s*["'])tree(?![\w.'-])"""
)
_MODES = re.compile(
    r"""(<field\s+name=["'](?:view_mode|binding_view_types)["']\s*>[^<]*|["']view_mode["']\s*:\s*["'][^"']*)\btree\b"""
)
_MODE_ATTRIBUTE = re.compile(r"""(\bmode\s*=\s*["'][^"']*)\btree\b""")
_VIEWS = re.compile(r"""(\(\s*[\w.()'"\[\] ]+\s*,\s*["'])tree(?=["']\s*\))""")


def _all(pattern, text):
    """Replace every name in what a pattern finds, one after the other."""
    found = True
    while found:
        text, found = pattern.subn(lambda match: f"{match[match.lastindex]}list", text)
    return text


def upgrade(file_manager):
    """Rewrite views and actions."""
    for number, file in enumerate(file_manager, 1):
        if file.path.suffix == ".xml":
            content = file.content
            if "<odoo" in content or "<openerp" in content:
                content = _TAG.sub(r"\1list", content)
                for pattern in (_XPATH, _MODES, _MODE_ATTRIBUTE):
                    content = _all(pattern, content)
                file.content = content
        elif file.path.suffix == ".py":
            content = _all(_MODES, file.content)
            if "views" in content:
                content = _VIEWS.sub(r"\1list", content)
            file.content = content
        file_manager.print_progress(number)
