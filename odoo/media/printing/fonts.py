"""Fonts that come with the server, beside those of the machine."""

from __future__ import annotations

import functools
import os
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

_NODE_MODULES = Path(__file__).resolve().parents[3] / "node_modules"
#: where npm puts the fonts of package.json
FONTS = ("@fontsource/*/files", "font-awesome/fonts")

#: the configuration of the machine, where there is one; it knows which fonts stand for "serif" and the like
_SYSTEM = "/etc/fonts/fonts.conf"


#: Chromium chooses fonts that are compressed for the web, cannot open them, and then prints no text at all
_NO_WEB_FONTS = "".join(f"<rejectfont><glob>*.{ending}</glob></rejectfont>" for ending in ("woff", "woff2"))


@functools.lru_cache(maxsize=2)
def font_environment(web_fonts: bool = True) -> dict[str, str]:
    """Return the variables that tell fontconfig, which all engines use on Linux, where our fonts are.

    :param web_fonts: whether the engine reads installed fonts that are compressed for the web (WOFF), as libraries do
    """
    folders = sorted(str(path) for pattern in FONTS for path in _NODE_MODULES.glob(pattern) if path.is_dir())
    home = Path(tempfile.gettempdir()) / f"report-fonts-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    home.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and home.stat().st_uid != os.getuid():
        # somebody else made it; the engines then use the fonts of the machine
        return {}
    lines = [f"<dir>{escape(folder)}</dir>" for folder in folders]
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">{_SYSTEM}</include><dir>/usr/share/fonts</dir>'
        f"<dir>/usr/local/share/fonts</dir>{''.join(lines)}<cachedir>{escape(str(home / 'cache'))}</cachedir>"
        f"{'' if web_fonts else f'<selectfont>{_NO_WEB_FONTS}</selectfont>'}</fontconfig>"
    )
    target = home / ("fonts.conf" if web_fonts else "fonts-of-programs.conf")
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        # in one step, as other processes may be reading it
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=home, delete=False) as file:
            file.write(text)
        os.replace(file.name, target)
    return {"FONTCONFIG_PATH": str(home), "FONTCONFIG_FILE": str(target)}
