"""Profiles in the file format of the viewer Speedscope (https://www.speedscope.app/file-format-schema.json)."""

from __future__ import annotations

__all__ = ["Speedscope"]

_SCHEMA = "https://www.speedscope.app/file-format-schema.json"


class Speedscope:
    """Collects what collectors of :class:`~odoo.tools.profiler.Profiler` gathered, and makes the content of a file.

    :param str name: name of the file's content
    :param init_stack_trace: the frames around the profiled block, as (file, line number, function, source line)
    """

    def __init__(self, name="Speedscope", init_stack_trace=None):
        self.name = name
        self.init_stack_trace = [tuple(frame) for frame in init_stack_trace or ()]
        #: key -> (seconds, frames) of each moment that is known
        self.profiles_raw: dict[str, list] = {}
        self.profiles: list[dict] = []
        self._frames: dict[tuple, int] = {}

    def add(self, key, profile):
        """Add the entries of a collector.

        :param str key: name under which :meth:`add_output` finds them
        :param profile: list of entries with ``start`` and ``stack``; those of statements have ``query`` and ``time``
        """
        moments = self.profiles_raw.setdefault(key, [])
        for entry in profile or ():
            stack = [tuple(frame) for frame in entry.get("stack") or ()]
            if "query" in entry:
                query = ("", 0, entry["query"], entry.get("full_query") or "")
                moments.append((entry["start"], [*stack, query]))
                moments.append((entry["start"] + (entry.get("time") or 0), stack))
            else:
                moments.append((entry["start"], stack))

    def add_output(self, names, complete=True, display_name=None, **_params):
        """Add a picture of one or more collectors, on one line of time.

        :param names: keys of :meth:`add`
        :param bool complete: with the frames around the profiled block
        :param display_name: its title, by default the names
        """
        moments = sorted(
            (moment for name in names for moment in self.profiles_raw.get(name, ())), key=lambda moment: moment[0]
        )
        if not moments:
            return self
        outer = self.init_stack_trace if complete else []
        begin, end = moments[0][0], moments[-1][0]
        events, opened = [], []
        for at, stack in [*((at, outer + stack) for at, stack in moments), (end, [])]:
            frames = [self._frame(*frame) for frame in stack]
            common = 0
            while common < min(len(opened), len(frames)) and opened[common] == frames[common]:
                common += 1
            events += [{"type": "C", "frame": frame, "at": at - begin} for frame in reversed(opened[common:])]
            events += [{"type": "O", "frame": frame, "at": at - begin} for frame in frames[common:]]
            opened = frames
        self.profiles.append(
            {
                "name": display_name or ", ".join(names),
                "type": "evented",
                "unit": "seconds",
                "startValue": 0,
                "endValue": end - begin,
                "events": events,
            }
        )
        return self

    def add_default(self):
        """Add one picture of everything, and one of each collector."""
        names = [name for name, moments in self.profiles_raw.items() if moments]
        if len(names) > 1:
            self.add_output(names, display_name="Combined")
        for name in names:
            self.add_output([name])
        return self

    def _frame(self, filename, line, name, _text):
        return self._frames.setdefault((name, filename, line), len(self._frames))

    def make(self) -> dict:
        """Return the content of the file, to be written as JSON."""
        return {
            "$schema": _SCHEMA,
            "name": self.name,
            "activeProfileIndex": 0,
            "shared": {
                "frames": [{"name": name, "file": filename, "line": line} for name, filename, line in self._frames]
            },
            "profiles": self.profiles,
        }
