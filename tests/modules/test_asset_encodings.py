"""Files that are made once and kept."""

import os

from odoo.modules import asset_encodings


def test_two_threads_keep_the_same_file(tmp_path, monkeypatch):
    """While one of them has written and not yet put in its place, the other does both."""
    path, replace = str(tmp_path / "kept" / "x.css"), os.replace

    def replace_late(source, target):
        monkeypatch.setattr(os, "replace", replace)
        asset_encodings.keep_file(path, b"content")
        replace(source, target)

    monkeypatch.setattr(os, "replace", replace_late)
    asset_encodings.keep_file(path, b"content")
    assert [file.name for file in (tmp_path / "kept").iterdir()] == ["x.css"]
    assert (tmp_path / "kept" / "x.css").read_bytes() == b"content"
