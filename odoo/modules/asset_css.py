"""Style sheets of bundles: all SCSS of a bundle is compiled as one unit, in the bundle's order."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
from collections.abc import Iterable

import sass

from .asset_encodings import keep_file, kept_path
from .asset_icons import Icons
from .asset_js import NODE_MODULES, digest
from .asset_paths import AssetError, AssetFile
from .asset_rtl import mirrored

_logger = logging.getLogger("odoo.addons.base.models.assetsbundle")

# survives compilation and tells which file the rules that follow come from
_MARKER = "/*! asset {} */"
_MARKER_FOUND = re.compile(r"/\*! asset (\d+) \*/\s*")
_PROBLEMS = re.compile(rb"/\*! left out: (.*) \*/\s*\Z")
_URL = re.compile(r"""(url\(\s*)(['"]?)(?!['"]?(?:data:|https?:|/|\#|\$))([^'")\s]+)\2(\s*\))""")
_RELATIVE_IMPORT = re.compile(r"""(@import\s+)(['"])(\.{1,2}/[^'"]+)\2""")
#: style sheets of packages, as SCSS imports them
_PACKAGE_IMPORT = re.compile(r"""@import\s+(['"])(?!/|\.|https?:)([^'"]+\.css)\1\s*;""")
_CSS_IMPORT = re.compile(r"""@import\s+(?:url\([^)]*\)|['"](?:https?:)?//[^'"]*['"]|['"][^'"]*\.css['"])[^;]*;""")
_CHARSET = re.compile(r"""@charset\s+['"][^'"]*['"]\s*;""")


class StyleError(AssetError):
    """A style sheet cannot be compiled; ``file`` is the one at fault."""

    def __init__(self, message: str, file: AssetFile) -> None:
        super().__init__(message)
        self.file = file


def compile_styles(
    files: Iterable[AssetFile],
    bundle: str,
    problems: list[str] | None = None,
    rtl: bool = False,
    icons: Icons | None = None,
) -> tuple[bytes, str]:
    """Return the CSS of a bundle.

    :param files: its style sheets, as :class:`~odoo.modules.asset_paths.AssetFile`
    :param str bundle: its name, for messages
    :param list problems: takes the messages about style sheets that cannot be compiled, which are left out then
    :param rtl: for languages that are written from right to left
    :param icons: the icons that pages have at once; without, they get the whole font
    :return: ``(css, hash)``, bytes and hexadecimal digest of its content
    :raise AssetError: without ``problems``, when a style sheet cannot be compiled; names the file and line
    """
    local = [file for file in files if file.path]
    external = [file.url for file in files if not file.path]
    kinds = [*(["some left out"] if problems is not None else []), *(["right to left"] if rtl else [])]
    kinds += [icons.key] if icons else []
    key = _cache_key(local, [*external, *kinds])
    cached = kept_path(f"{key}.css")
    if cached and os.path.exists(cached):
        with open(cached, "rb") as file:
            content = file.read()
    else:
        text = _compile_possible(local, external, bundle, problems is not None)
        text = mirrored(text) if rtl else text
        content = (icons.put_into(text) if icons else text).encode()
        if cached:
            keep_file(cached, content)
    if problems is not None and (noted := _PROBLEMS.search(content)):
        problems += json.loads(noted[1])
    return content, hashlib.sha256(content).hexdigest()[:12]


def _cache_key(files, external):
    lock = os.path.join(NODE_MODULES, ".package-lock.json")
    parts = [sass.__version__, sass.libsass_version, digest(lock) if os.path.exists(lock) else "", *external]
    parts += [f"{file.url} {digest(file.path)}" for file in files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _compile_possible(files, external, bundle, leave_out):
    """Compile the files; with ``leave_out`` a note at the end of the CSS stands for those that cannot be compiled."""
    problems = []
    while True:
        try:
            content = _compile(files, external, bundle)
        except StyleError as error:
            if not leave_out:
                raise
            files = [file for file in files if file is not error.file]
            problems.append(str(error))
            continue
        return f"{content}/*! left out: {json.dumps(problems).replace('*/', '* /')} */\n" if problems else content


def _compile(files, external, bundle):
    compiled, shared = _compile_scss([file for file in files if file.extension == "scss"], bundle)
    parts, imports = [], [f'@import url("{url}");' for url in external]
    if shared.strip():
        parts.append(shared)
    for file in files:
        if file.extension == "css":
            with open(file.path, encoding="utf-8-sig") as opened:
                content = _absolute_urls(_with_packages(opened.read()), file.url)
        elif file.extension == "scss":
            content = compiled.get(file.url, "")
        else:
            raise StyleError(f"bundle {bundle!r}: {file.url}: only .css and .scss style sheets can be compiled", file)
        # imports only count at the very start of a style sheet
        imports += _CSS_IMPORT.findall(content)
        content = _CHARSET.sub("", _CSS_IMPORT.sub("", content)).strip()
        if content:
            parts.append(f"/* {file.url} */\n{content}")
    return "\n".join(['@charset "UTF-8";', *dict.fromkeys(imports), *parts]) + "\n"


def _with_packages(content):
    """Return a style sheet with those of npm packages in it that it imports."""

    def read(match):
        path = os.path.join(NODE_MODULES, *match[2].split("/"))
        if not os.path.isfile(path):
            return match[0]
        with open(path, encoding="utf-8-sig") as opened:
            return _absolute_urls(opened.read(), f"/web/npm/{match[2]}")

    return _PACKAGE_IMPORT.sub(read, content)


def _compile_scss(files, bundle):
    """Return the CSS of each file by URL, and what precedes all of them."""
    if not files:
        return {}, ""
    source, starts, line = [], [], 1
    for index, file in enumerate(files):
        with open(file.path, encoding="utf-8-sig") as opened:
            content = _absolute_imports(_absolute_urls(opened.read(), file.url), file.path)
        part = f"{_MARKER.format(index)}\n{content}\n"
        starts.append(line)
        line += part.count("\n")
        source.append(part)
    try:
        output = sass.compile(
            string="".join(source),
            include_paths=[NODE_MODULES],
            output_style="expanded",
            precision=8,
        )
    except sass.CompileError as error:
        index, message = _locate(str(error), starts, files)
        if index is None:
            raise AssetError(f"bundle {bundle!r}: {message}") from error
        raise StyleError(f"bundle {bundle!r}: {message}", files[index]) from error
    pieces = _MARKER_FOUND.split(_CHARSET.sub("", output.lstrip("\ufeff")))
    compiled: dict[str, str] = {}
    for number, content in zip(pieces[1::2], pieces[2::2], strict=True):
        url = files[int(number)].url
        compiled[url] = compiled.get(url, "") + content
    return compiled, pieces[0]


def _locate(message, starts, files):
    """Return the index of the file at fault, ``None`` when it is not known, and the message with file and line."""
    match = re.search(r"on line (\d+)(?::\d+)? of stdin", message)
    if not match:
        return None, message.strip()
    line = int(match[1])
    index = max(number for number, start in enumerate(starts) if start <= line)
    what = message.split("\n")[0].removeprefix("Error: ").strip()
    return index, f"{files[index].url}:{line - starts[index]}: {what}"


def _absolute_urls(content, url):
    """Make relative URLs in a style sheet independent of where the bundle is served from."""
    directory = os.path.dirname(url)
    return _URL.sub(lambda m: f"{m[1]}{m[2]}{os.path.normpath(f'{directory}/{m[3]}')}{m[2]}{m[4]}", content)


def _absolute_imports(content, path):
    directory = os.path.dirname(path)
    return _RELATIVE_IMPORT.sub(
        lambda m: f"{m[1]}{m[2]}{os.path.normpath(os.path.join(directory, m[3]))}{m[2]}",
        content,
    )
