"""Addresses of videos, as they are copied from the sites that show them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

#: longest address that is looked at
MAX_URL = 2000


class Platform(NamedTuple):
    """A site with videos.

    :ivar pattern: addresses of its videos, with a group `id`
    :ivar embed: address of the player, with a place for the id
    :ivar options: parameters of the player by what is asked for; `controls` is given where they are hidden
    """

    pattern: re.Pattern[str]
    embed: str
    options: Mapping[str, Mapping[str, str]]


def _address(hosts: str, path: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:https?:)?(?://)?(?:www\.|m\.)?(?:{hosts})/{path}(?:[/?&#].*)?$", re.IGNORECASE)


PLATFORMS = {
    "youtube": Platform(
        _address(
            r"youtu\.be|youtube\.com|youtube-nocookie\.com",
            r"(?:(?:embed|v|shorts|live)/|watch\?(?:[^#]*&)?v=)?(?P<id>[\w-]{11})",
        ),
        "//www.youtube.com/embed/{}?rel=0",
        {
            "autoplay": {"autoplay": "1", "mute": "1", "enablejsapi": "1"},
            "loop": {"loop": "1"},
            "hide_controls": {"controls": "0"},
            "hide_fullscreen": {"fs": "0"},
        },
    ),
    "vimeo": Platform(
        _address(r"vimeo\.com|player\.vimeo\.com", r"(?:video/|channels/\w+/|groups/\w+/videos/)?(?P<id>\d{5,})"),
        "//player.vimeo.com/video/{}?",
        {
            "autoplay": {"autoplay": "1", "muted": "1", "autopause": "0"},
            "loop": {"loop": "1"},
            "hide_controls": {"controls": "0"},
        },
    ),
    "dailymotion": Platform(
        _address(r"dailymotion\.com|dai\.ly", r"(?:(?:embed/)?video/)?(?P<id>[a-z\d]{5,})"),
        "//www.dailymotion.com/embed/video/{}?",
        {
            "autoplay": {"autoplay": "1", "mute": "1"},
            "hide_controls": {"controls": "0"},
            "hide_dm_logo": {"ui-logo": "0"},
            "hide_dm_share": {"sharing-enable": "0"},
        },
    ),
    "instagram": Platform(
        _address(r"instagram\.com", r"(?:p|reel|tv)/(?P<id>[\w-]+)"), "//www.instagram.com/p/{}/embed/", {}
    ),
}


def find_video(url: str) -> tuple[str, str] | None:
    """Return site and id of the video at an address, None when none is known there."""
    text = str(url or "").strip()[:MAX_URL]
    for name, platform in PLATFORMS.items():
        if match := platform.pattern.match(text):
            return name, match["id"]
    return None


def video_data(url: str, **wanted) -> dict | None:
    """Return what is needed to show a video.

    :param url: address of its page or its player
    :param wanted: truth by option: `autoplay`, `loop`, `hide_controls`, `hide_fullscreen`, `hide_dm_logo`,
        `hide_dm_share`
    :return: `platform`, `video_id`, `embed_url` and `params` of the player; None when there is no video
    """
    if not (found := find_video(url)):
        return None
    name, video_id = found
    platform = PLATFORMS[name]
    params: dict[str, str] = {}
    for option, values in platform.options.items():
        if wanted.get(option):
            params.update(values)
    if name == "youtube" and wanted.get("loop"):
        # the player repeats lists only
        params["playlist"] = video_id
    base = platform.embed.format(video_id)
    joint = "" if not params or base.endswith("?") else ("&" if "?" in base else "?")
    return {
        "platform": name,
        "video_id": video_id,
        "params": params,
        "embed_url": (base + joint + urlencode(params)).rstrip("?"),
    }
