"""What archives may hold that somebody has sent, before anything is taken out of them."""

import zipfile
from collections.abc import Iterable

__all__ = ["ArchiveRefused", "check_entries"]

#: entries of an archive: as many attachments as the largest databases have
MAX_ENTRIES = 5_000_000
#: how many times as large as the archive its content may be: what people make has a tenth of that
MAX_RATIO = 200
#: bytes of content up to which it does not matter
RATIO_FROM = 2**26
#: characters of a name, as file systems have it
MAX_NAME = 255


class ArchiveRefused(ValueError):
    """An archive is too large when it is unpacked, or leads out of the place where it is unpacked."""


def check_entries(entries: Iterable[zipfile.ZipInfo], size: int, room: float) -> None:
    """Refuse to unpack what would fill the disk or leave its directory.

    What archives declare is what :mod:`zipfile` takes out of them at most.

    :param entries: the entries that are to be unpacked
    :param size: bytes of the archive
    :param room: bytes that there are for the content
    :raise ArchiveRefused: an entry or all of them together are more than is taken
    """
    total = 0
    for number, entry in enumerate(entries, 1):
        if number > MAX_ENTRIES:
            raise ArchiveRefused(f"it has more than {MAX_ENTRIES:,} entries")
        # the name as it stands in the archive: zipfile changes what it shows of it
        parts = entry.orig_filename.removesuffix("/").replace("\\", "/").split("/")
        if not all(_is_plain(part) for part in parts):
            raise ArchiveRefused(f"its entry {entry.orig_filename[:MAX_NAME]!r} is no path inside of it")
        total += entry.file_size
    if total > room:
        raise ArchiveRefused(f"its content has {total:,} bytes, and there is room for {room:,}")
    if total > max(RATIO_FROM, MAX_RATIO * size):
        raise ArchiveRefused(
            f"its content has {total:,} bytes, more than {MAX_RATIO} times those of the archive ({size:,});"
            " if that is right, pack it without compression"
        )


def _is_plain(part):
    return part not in ("", ".", "..") and len(part) <= MAX_NAME and "\0" not in part
