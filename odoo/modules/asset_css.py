"""Style sheets of bundles: all SCSS of a bundle is compiled as one unit, in the bundle's order."""
import hashlib
import logging
import os
import re

import sass

from odoo.tools import config

from .asset_js import NODE_MODULES, digest
from .asset_paths import AssetError

_logger = logging.getLogger("odoo.addons.base.models.assetsbundle")

# survives compilation and tells which file the rules that follow come from
_MARKER = "/*! asset {} */"
_MARKER_FOUND = re.compile(r"/\*! asset (\d+) \*/\s*")
_URL = re.compile(r"""(url\(\s*)(['"]?)(?!['"]?(?:data:|https?:|/|\#|\$))([^'")\s]+)\2(\s*\))""")
_RELATIVE_IMPORT = re.compile(r"""(@import\s+)(['"])(\.{1,2}/[^'"]+)\2""")
_CSS_IMPORT = re.compile(r"""@import\s+(?:url\([^)]*\)|['"](?:https?:)?//[^'"]*['"]|['"][^'"]*\.css['"])[^;]*;""")
_CHARSET = re.compile(r"""@charset\s+['"][^'"]*['"]\s*;""")


def compile_styles(files, bundle):
    """Return the CSS of a bundle.

    :param files: its style sheets, as :class:`~odoo.modules.asset_paths.AssetFile`
    :param str bundle: its name, for messages
    :return: ``(css, hash)``, bytes and hexadecimal digest of its content
    :raise AssetError: when a style sheet cannot be compiled; names the file and line
    """
    local = [file for file in files if file.path]
    external = [file.url for file in files if not file.path]
    key = _cache_key(local, external)
    cached = _cache_path(key)
    if cached and os.path.exists(cached):
        with open(cached, "rb") as file:
            content = file.read()
    else:
        content = _compile(local, external, bundle).encode()
        if cached:
            _store(cached, content)
    return content, hashlib.sha256(content).hexdigest()[:12]


def _cache_key(files, external):
    lock = os.path.join(NODE_MODULES, ".package-lock.json")
    parts = [sass.__version__, sass.libsass_version, digest(lock) if os.path.exists(lock) else "", *external]
    parts += [f"{file.url} {digest(file.path)}" for file in files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _cache_path(key):
    data_dir = config.get("data_dir")
    return os.path.join(data_dir, "assets", f"{key}.css") if data_dir else None


def _store(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "wb") as file:
        file.write(content)
    os.replace(temporary, path)


def _compile(files, external, bundle):
    compiled, shared = _compile_scss([file for file in files if file.extension == "scss"], bundle)
    parts, imports = [], [f'@import url("{url}");' for url in external]
    if shared.strip():
        parts.append(shared)
    for file in files:
        if file.extension == "css":
            with open(file.path, encoding="utf-8-sig") as opened:
                content = _absolute_urls(opened.read(), file.url)
        elif file.extension == "scss":
            content = compiled.get(file.url, "")
        else:
            raise AssetError(f"bundle {bundle!r}: {file.url}: only .css and .scss style sheets can be compiled")
        # imports only count at the very start of a style sheet
        imports += _CSS_IMPORT.findall(content)
        content = _CHARSET.sub("", _CSS_IMPORT.sub("", content)).strip()
        if content:
            parts.append(f"/* {file.url} */\n{content}")
    return "\n".join(['@charset "UTF-8";', *dict.fromkeys(imports), *parts]) + "\n"


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
            string="".join(source), include_paths=[NODE_MODULES], output_style="expanded", precision=8,
        )
    except sass.CompileError as error:
        raise AssetError(f"bundle {bundle!r}: {_locate(str(error), starts, files)}") from error
    pieces = _MARKER_FOUND.split(_CHARSET.sub("", output.lstrip("\ufeff")))
    compiled = {}
    for number, content in zip(pieces[1::2], pieces[2::2], strict=True):
        url = files[int(number)].url
        compiled[url] = compiled.get(url, "") + content
    return compiled, pieces[0]


def _locate(message, starts, files):
    """Replace the position in the joint source by file and line."""
    match = re.search(r"on line (\d+)(?::\d+)? of stdin", message)
    if not match:
        return message.strip()
    line = int(match[1])
    index = max(number for number, start in enumerate(starts) if start <= line)
    what = message.split("\n")[0].removeprefix("Error: ").strip()
    return f"{files[index].url}:{line - starts[index]}: {what}"


def _absolute_urls(content, url):
    """Make relative URLs in a style sheet independent of where the bundle is served from."""
    directory = os.path.dirname(url)
    return _URL.sub(lambda m: f"{m[1]}{m[2]}{os.path.normpath(f'{directory}/{m[3]}')}{m[2]}{m[4]}", content)


def _absolute_imports(content, path):
    directory = os.path.dirname(path)
    return _RELATIVE_IMPORT.sub(
        lambda m: f"{m[1]}{m[2]}{os.path.normpath(os.path.join(directory, m[3]))}{m[2]}", content,
    )
