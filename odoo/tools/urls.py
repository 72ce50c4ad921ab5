"""Joining URLs without surprises."""

from urllib.parse import SplitResult, urlsplit

__all__ = ["urljoin"]


def _without_leading_separators(path: str) -> str:
    return path.lstrip("/\\ \t\n\r\x0b\x0c")


def urljoin(base: str, extra: str) -> str:
    """Append a relative path to a base URL, on whose host and below whose path the result stays, whatever it says.

    :param base: absolute or relative URL
    :param extra: path, with an optional query and fragment, which replace those of the base
    :raise ValueError: when ``extra`` names a host of its own or steps out with ``..``
    """
    root = urlsplit(base)
    tail = urlsplit(_without_leading_separators(extra))
    if (tail.scheme and tail.netloc) and (tail.scheme, tail.netloc) != (root.scheme, root.netloc):
        raise ValueError(f"{extra!r} does not belong to {base!r}")
    if tail.scheme and not tail.netloc:
        raise ValueError(f"{extra!r} is no path")
    path = _without_leading_separators(tail.path)
    if any(segment in (".", "..") for segment in path.replace("\\", "/").split("/")):
        raise ValueError(f"dot segments are not allowed in {extra!r}")
    joined = f"{root.path.rstrip('/')}/{path}" if path else root.path
    return SplitResult(root.scheme, root.netloc, joined, tail.query, tail.fragment).geturl()
