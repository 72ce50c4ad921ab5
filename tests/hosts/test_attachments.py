"""Contents of attachments in S3, beside those in the directory: storing, sending, moving and collecting."""

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from server_process import free_port
from stand_ins import S3Server
from web_client import WebClient

from odoo import SUPERUSER_ID, api
from odoo.addons.base.models import ir_attachment_move
from odoo.cli import attachments as command
from odoo.db import lifecycle
from odoo.db.object_store import StoreAway, object_store
from odoo.http import root
from odoo.modules.registry import Registry
from odoo.tools import config
from odoo.tools.request_stats import watch_queries

BIG = os.urandom(1 << 10) * (5 << 10)


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    server = S3Server(tmp_path_factory.mktemp("s3") / "log")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        patch.setitem(config.options, "attachment_s3", "s3://files/here")
        patch.setitem(config.options, "attachment_s3_endpoint", server.endpoint)
        object_store()._fs.mkdir("files")
        yield server
    server.stop()


@pytest.fixture(scope="module")
def name(databases):
    name = databases.copy("web")
    yield name
    databases.drop(name)


class Host:
    """Transactions on the database, as any host has them."""

    def __init__(self, name):
        self.name = name
        self._open = []

    def attachments(self):
        """Return the model in a transaction of its own, which ends with the test."""
        cr = Registry(self.name).cursor()
        self._open.append(cr)
        return api.Environment(cr, SUPERUSER_ID, {})["ir.attachment"]

    def locate(self, place):
        attachments = self.attachments()
        attachments.env["ir.config_parameter"].set_param("ir_attachment.location", place)
        attachments.env.cr.commit()

    def close(self):
        for cr in self._open:
            cr.close()


@pytest.fixture
def host(s3, name):
    host = Host(name)
    host.locate("s3")
    yield host
    host.close()


def path_of(attachments, content):
    checksum = hashlib.sha1(content).hexdigest()
    return Path(attachments._full_path(f"{checksum[:2]}/{checksum}"))


def fname_of(content):
    checksum = hashlib.sha1(content).hexdigest()
    return f"{checksum[:2]}/{checksum}"


def test_contents_go_to_s3(host):
    attachments = host.attachments()
    file = attachments.create({"name": "a.txt", "raw": b"kept in S3"})
    assert file.store_fname == fname_of(b"kept in S3")
    assert object_store().read(host.name, file.store_fname) == b"kept in S3"
    assert not path_of(attachments, b"kept in S3").exists()
    file.invalidate_recordset()
    assert file.raw == b"kept in S3"
    assert attachments._file_read(file.store_fname, 4) == b"kept"
    # the same content is not sent twice
    assert attachments.create({"name": "b.txt", "raw": b"kept in S3"}).store_fname == file.store_fname


def test_an_upload_is_stored_and_sent_in_pieces(host, monkeypatch):
    client = WebClient(root)
    monkeypatch.setitem(config.options, "db_name", host.name)
    assert "error" not in client.authenticate(host.name, "admin", "admin").json
    lengths = []
    read = type(object_store()).read
    monkeypatch.setattr(type(object_store()), "read", lambda *args: (lengths.append(args[4] - args[3]), read(*args))[1])
    with watch_queries(lambda cr, query, params, *rest: lengths.append(len(str(params)))):
        uploaded = client.form(
            "/web/binary/upload_attachment", model="res.partner", id="1", ufile=(io.BytesIO(BIG), "big.bin")
        )
    [found] = json.loads(uploaded.text)
    assert found["size"] == len(BIG), found
    answer = client.get(f"/web/content/{found['id']}?download=1")
    assert answer.status_code == 200 and answer.data == BIG
    assert answer.headers["Content-Length"] == str(len(BIG)) and answer.headers["Accept-Ranges"] == "bytes"
    part = client.get(f"/web/content/{found['id']}", headers={"Range": "bytes=3000000-3000099"})
    assert part.status_code == 206 and part.data == BIG[3000000:3000100]
    assert part.headers["Content-Range"] == f"bytes 3000000-3000099/{len(BIG)}"
    assert client.get(f"/web/content/{found['id']}", headers={"Range": "bytes=99999999-"}).status_code == 416
    known = client.get(f"/web/content/{found['id']}", headers={"If-None-Match": answer.headers["ETag"]})
    assert known.status_code == 304 and not known.data
    assert max(lengths) <= 1 << 20


def test_a_large_upload_to_the_directory(host):
    host.locate("file")
    attachments = host.attachments()
    content = BIG[::-1]
    file = attachments._create_from_file(io.BytesIO(content), {"name": "a.bin"})
    assert path_of(attachments, content).read_bytes() == content
    assert (file.file_size, file.checksum) == (len(content), hashlib.sha1(content).hexdigest())
    assert not list(Path(attachments._filestore()).rglob("*.part"))
    page = attachments._create_from_file(io.BytesIO(b"<html>" + BIG), {"name": "a.html"})
    assert page.mimetype == "text/html" and page.raw == b"<html>" + BIG


def test_pages_that_are_uploaded_in_pieces_are_checked_like_others(host):
    attachments = host.attachments()
    demo = attachments.env["res.users"].create({"name": "x", "login": "pages"})
    page = attachments.with_user(demo)._create_from_file(io.BytesIO(b"<html>" + BIG), {"name": "a.html"})
    assert page.mimetype == "text/plain"


def test_a_damaged_file_is_noticed(host):
    attachments = host.attachments()
    file = attachments.create({"name": "a.txt", "raw": b"sound"})
    object_store().write(host.name, file.store_fname, b"other")
    file.invalidate_recordset()
    with pytest.raises(OSError, match=file.store_fname):
        file.raw
    assert attachments.create({"name": "b.txt", "raw": b"sound!"}).raw == b"sound!"


def test_a_file_that_a_crash_cut_is_written_anew(host):
    host.locate("file")
    attachments = host.attachments()
    path = path_of(attachments, b"whole content")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"whole")
    assert attachments.create({"name": "a.txt", "raw": b"whole content"}).store_fname
    assert path.read_bytes() == b"whole content"


def test_a_store_that_is_away_says_so(host, monkeypatch):
    attachments = host.attachments()
    file = attachments.create({"name": "a.txt", "raw": b"away", "public": True})
    attachments.env.cr.commit()
    monkeypatch.setitem(config.options, "db_name", host.name)
    monkeypatch.setitem(config.options, "attachment_s3_endpoint", f"http://127.0.0.1:{free_port()}")
    answer = WebClient(root).get(f"/web/content/{file.id}")
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    file.invalidate_recordset()
    with pytest.raises(StoreAway, match="s3://files/here"):
        file.raw
    with pytest.raises(StoreAway):
        attachments.create({"name": "b.txt", "raw": b"not stored"})


def test_a_host_without_configuration_does_not_store_elsewhere(host, monkeypatch):
    attachments = host.attachments()
    monkeypatch.setitem(config.options, "attachment_s3", "")
    with pytest.raises(RuntimeError, match="--attachment-s3"):
        attachments.create({"name": "a.txt", "raw": b"nowhere"})


@pytest.mark.parametrize("place", ["file", "s3"])
def test_unused_files_are_deleted_and_used_ones_are_not(host, place):
    host.locate(place)
    attachments = host.attachments()
    used, unused = attachments.create([{"name": "a", "raw": f"{word} {place}".encode()} for word in ("used", "unused")])
    gone = unused.store_fname
    unused.unlink()
    attachments.env.cr.commit()
    attachments._gc_file_store()
    with pytest.raises(FileNotFoundError):
        attachments._stored_stream(gone)
    used.invalidate_recordset()
    assert used.raw == f"used {place}".encode()


@pytest.mark.parametrize("place", ["file", "s3"])
def test_a_file_that_another_transaction_is_about_to_refer_to_stays(host, place):
    """The other transaction finds the file there and does not write it: on another host, say."""
    host.locate(place)
    content = f"taken into use again {place}".encode()
    first = host.attachments()
    first.create({"name": "a", "raw": content}).unlink()
    first.env.cr.commit()
    other = host.attachments()
    # it has looked for the file, and not written its row yet
    other._file_write(content, hashlib.sha1(content).hexdigest())
    first._gc_file_store()
    file = other.create({"name": "b", "raw": content})
    other.env.cr.commit()
    first._gc_file_store()
    file.invalidate_recordset()
    assert file.raw == content
    file.unlink()
    other.env.cr.commit()
    first._gc_file_store()
    with pytest.raises(FileNotFoundError):
        first._stored_stream(fname_of(content))


def test_the_lock_of_a_folder_is_taken_again_after_a_savepoint_that_had_it(host):
    attachments = host.attachments()
    cr, statements = attachments.env.cr, []
    with watch_queries(lambda cr, query, *rest: statements.append(query)):
        with pytest.raises(ZeroDivisionError), cr.savepoint():
            attachments._hold_folder("ab")
            1 / 0
        attachments._hold_folder("ab")
        attachments._hold_folder("ab")
    assert len([text for text in statements if "advisory" in text]) == 2


def test_moving_there_and_back(host, monkeypatch):
    host.locate("file")
    attachments = host.attachments()
    old = attachments.create({"name": "old", "raw": b"stored before"})
    lost = attachments.create({"name": "lost", "raw": b"lost before"})
    attachments.env.cr.commit()
    path_of(attachments, b"lost before").unlink()
    told = []

    # stopped in the middle, where the file is copied already
    def stop(text):
        if f"folder {old.store_fname[:2]}" in text:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        attachments._move_contents("s3", stop)
    assert host.attachments().browse(old.id).raw == b"stored before"

    copied = []
    copy = ir_attachment_move.AttachmentMove._copy_file
    monkeypatch.setattr(
        ir_attachment_move.AttachmentMove,
        "_copy_file",
        lambda self, fname, place: (copied.append(fname), copy(self, fname, place))[1],
    )
    assert attachments._move_contents("s3", told.append, remove=True) == [lost.store_fname]
    assert old.store_fname not in copied and told
    assert not path_of(attachments, b"stored before").exists()
    old.invalidate_recordset()
    assert old.raw == b"stored before"
    assert attachments._damaged_files(told.append) == [lost.store_fname]
    lost.unlink()
    attachments.env.cr.commit()

    assert attachments._move_contents("db", told.append) == []
    old.invalidate_recordset()
    assert (old.store_fname, old.db_datas, old.raw) == (False, b"stored before", b"stored before")
    assert attachments._move_contents("file", told.append, remove=True) == []
    old.invalidate_recordset()
    assert path_of(attachments, b"stored before").read_bytes() == b"stored before" and old.raw == b"stored before"
    assert attachments._damaged_files(told.append) == []


def test_backups_and_copies_have_the_files(host, tmp_path):
    attachments = host.attachments()
    file = attachments.create({"name": "a", "raw": b"backed up"})
    attachments.env.cr.commit()
    fname = file.store_fname
    host.close()
    with (tmp_path / "dump.zip").open("wb") as stream:
        lifecycle.dump(host.name, stream)
    with zipfile.ZipFile(tmp_path / "dump.zip") as archive:
        assert archive.read(f"filestore/{fname}") == b"backed up"
    copy, renamed = f"{host.name}_copy", f"{host.name}_renamed"
    lifecycle.duplicate(host.name, copy)
    try:
        assert object_store().read(copy, fname) == b"backed up"
        lifecycle.rename(copy, renamed)
        assert object_store().read(renamed, fname) == b"backed up"
        assert object_store().info(copy, fname) is None
    finally:
        lifecycle.drop(copy)
        lifecycle.drop(renamed)
    assert object_store().info(renamed, fname) is None
    assert object_store().read(host.name, fname) == b"backed up"


def test_the_command_moves_and_checks(host, monkeypatch, capsys):
    file = host.attachments().create({"name": "a", "raw": b"by command"})
    file.env.cr.commit()
    monkeypatch.setattr(command, "prepare_database", lambda *_args: host.name)
    assert command.Attachments().run(["move", "--to=file"]) == 0
    assert f"folder {fname_of(b'by command')[:2]}: " in capsys.readouterr().err
    path = path_of(file, b"by command")
    assert path.read_bytes() == b"by command"
    assert command.Attachments().run(["check"]) == 0
    path.write_bytes(b"damaged")
    assert command.Attachments().run(["check"]) == 1
    assert capsys.readouterr().out == f"missing or damaged: {fname_of(b'by command')}\n"
    path.write_bytes(b"by command")
