"""The file store: contents of attachments as files named after their checksum, and the collection of unused ones."""

import binascii
import contextlib
import filecmp
import functools
import hashlib
import logging
import os
import re
import secrets
from collections import defaultdict

from odoo import api
from odoo.db.object_store import PIECE, StoreAway, object_store
from odoo.tools import SQL, config

_logger = logging.getLogger("odoo.addons.base.models.ir_attachment")

#: first number of the advisory locks on the folders of the file store; the second is the folder's
_LOCK = 7_205_104
_FNAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{40}")
#: names of folders: how checksums begin
FOLDER = re.compile(r"[0-9a-f]{2}")


class AttachmentStore:
    """Keeping contents outside of the database.

    A file is never changed: the same content has the same name, and attachments share it, wherever it is kept: in a
    directory (`file`) or in S3 (`s3`). Files are looked for in the other place, too, so that they can be moved while
    the server runs. When an attachment lets go of a file in the directory, the file is put on a checklist; the daily
    cleaning deletes listed files that no attachment has, and compares S3 with the attachments.

    Whoever takes a file into use, or lets go of one, holds a lock on its folder until the end of the transaction, which
    the cleaning waits for: transactions on any host are seen by it.
    """

    __slots__ = ()

    @api.model
    def _storage(self):
        """Return where contents go: ``file``, ``s3`` or ``db``."""
        return self.env["ir.config_parameter"].sudo().get_param("ir_attachment.location", "file")

    @api.model
    def _filestore(self):
        """Return the directory of the database's files."""
        return config.filestore(self.env.cr.dbname)

    @api.model
    def _full_path(self, path):
        """Return the full path of a file in the store; names cannot lead out of it."""
        cleaned = "".join(char for char in path if char.isalnum() or char in "/_-").strip("/\\")
        return os.path.join(self._filestore(), *[part for part in cleaned.split("/") if part])

    @api.model
    def _object_store(self, wanted=False):
        """Return the store in S3, ``None`` when none is configured.

        :param wanted: contents are to be kept there
        :raise RuntimeError: when it is wanted and not configured
        """
        store = object_store()
        if store is None and wanted:
            raise RuntimeError(
                f"The files of database {self.env.cr.dbname} are in S3 (parameter ir_attachment.location), but this"
                " server was not told where that is: --attachment-s3"
            )
        return store

    @api.model
    def _get_path(self, bin_data, sha):
        """Return the name and full path for a content.

        :raise FileExistsError: when another content has the same checksum
        """
        fname = f"{sha[:2]}/{sha}"
        full_path = self._full_path(fname)
        os.makedirs(os.path.dirname(full_path), exist_ok=True)
        if os.path.isfile(full_path) and not self._same_content(bin_data, full_path):
            self._check_collision(full_path, sha)
        return fname, full_path

    def _check_collision(self, full_path, sha):
        """Remove a file that a crash left damaged, so that it is written anew.

        :raise FileExistsError: when its content is a whole one that has the same checksum
        """
        with open(full_path, "rb") as file:
            if hashlib.file_digest(file, _sha1).hexdigest() == sha:
                raise FileExistsError(f"The file store has another content with checksum {sha}: {full_path}")
        _logger.warning("%s was damaged and is written anew", full_path)
        os.unlink(full_path)

    @api.model
    def _same_content(self, bin_data, filepath):
        """Tell whether a file has the content ``bin_data``."""
        with open(filepath, "rb") as file:
            return _equal(bin_data, file)

    @api.model
    def _file_read(self, fname, size=None):
        """Return the content of a file, at most ``size`` bytes of it; nothing when there is no such file.

        :raise OSError: when the store cannot be read, or a file of S3 is damaged
        """
        for kind in self._places():
            try:
                if kind == "s3":
                    return self._object_read(fname, size)
                with open(self._full_path(fname), "rb") as file:
                    return file.read(size)
            except FileNotFoundError:
                continue
        _logger.info("cannot read %s in the file store", fname, stack_info=True)
        return b""

    def _places(self):
        """Return the kinds of places where files are, the one where they should be first."""
        if self._storage() == "s3":
            self._object_store(wanted=True)
            return ("s3", "file")
        return ("file", "s3") if object_store() is not None else ("file",)

    def _object_read(self, fname, size):
        content = object_store().read(self.env.cr.dbname, fname, 0 if size else None, size)
        if size is None and hashlib.sha1(content, usedforsecurity=False).hexdigest() != fname.rpartition("/")[2]:
            raise OSError(f"The file {fname} in S3 is damaged: it has another checksum than its name says")
        return content

    @api.model
    def _file_write(self, bin_value, checksum):
        """Store a content and return the name of its file."""
        self._hold_folder(checksum[:2])
        if self._storage() == "s3":
            return self._object_write(bin_value, checksum)
        fname, full_path = self._get_path(bin_value, checksum)
        if not os.path.exists(full_path):
            with replacing(full_path) as file:
                file.write(bin_value)
            # kept on the checklist in case the transaction fails
            self._mark_for_gc(fname)
        return fname

    def _object_write(self, bin_value, checksum):
        store, fname = self._object_store(wanted=True), f"{checksum[:2]}/{checksum}"
        dbname = self.env.cr.dbname
        kept = store.info(dbname, fname)
        if kept is None or kept["size"] != len(bin_value):
            store.write(dbname, fname, bin_value)
            return fname
        with store.open(dbname, fname, kept["size"]) as file:
            if not _equal(bin_value, file):
                raise FileExistsError(f"S3 has another content with checksum {checksum}: {fname}")
        return fname

    def _place(self, content: bytes, checksum: str) -> dict:
        """Store a content where contents go, and return the values of the fields that tell where it is."""
        in_file = bool(content) and self._storage() != "db"
        return {
            "store_fname": in_file and self._file_write(content, checksum),
            "db_datas": not in_file and content,
        }

    def _place_file(self, file) -> dict:
        """Store the content of an open binary file, a piece of it in memory at a time; not for the location ``db``.

        :return: the values of the fields that follow from it
        """
        os.makedirs(self._filestore(), exist_ok=True)
        digest, size = _sha1(), 0
        partial = os.path.join(self._filestore(), f"{secrets.token_hex(8)}.part")
        try:
            with open(partial, "xb") as copy:
                while piece := file.read(PIECE):
                    digest.update(piece)
                    size += len(piece)
                    copy.write(piece)
            checksum = digest.hexdigest()
            self._hold_folder(checksum[:2])
            fname = self._adopt(partial, checksum, size)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(partial)
        return {"store_fname": fname, "db_datas": False, "checksum": checksum, "file_size": size}

    def _adopt(self, partial, checksum, size):
        """Store the content of a file that may be moved, and return its name."""
        fname, dbname = f"{checksum[:2]}/{checksum}", self.env.cr.dbname
        if self._storage() == "s3":
            store = self._object_store(wanted=True)
            kept = store.info(dbname, fname)
            if kept is None or kept["size"] != size:
                store.put(dbname, fname, partial)
            return fname
        full_path = self._full_path(fname)
        os.makedirs(os.path.dirname(full_path), exist_ok=True)
        if os.path.exists(full_path) and not filecmp.cmp(partial, full_path, shallow=False):
            self._check_collision(full_path, checksum)
        if not os.path.exists(full_path):
            os.replace(partial, full_path)
            self._mark_for_gc(fname)
        return fname

    def _stored_stream(self, fname: str) -> dict:
        """Return the attributes of a stream that tell where a file is.

        :raise OSError: when it is nowhere
        """
        for kind in self._places():
            if kind == "s3":
                store, dbname = object_store(), self.env.cr.dbname
                found = store.info(dbname, fname)
                if found is not None:
                    size, changed = found["size"], found["LastModified"].timestamp()
                    opener = functools.partial(store.open, dbname, fname, size)
                    return {"type": "file", "opener": opener, "size": size, "last_modified": changed}
            else:
                path = os.path.abspath(self._full_path(fname))
                with contextlib.suppress(FileNotFoundError):
                    status = os.stat(path)
                    return {"type": "path", "path": path, "size": status.st_size, "last_modified": status.st_mtime}
        raise FileNotFoundError(f"The file {fname} is missing in the file store")

    def _is_streamed(self, mimetype):
        """Tell whether an uploaded content may be stored in pieces: nothing is made of it that needs the whole."""
        return self._storage() != "db" and not mimetype.startswith("image/")

    # unused files

    @api.model
    def _file_delete(self, fname):
        """Let go of a file: it is deleted later, when nothing has it."""
        if _FNAME.fullmatch(fname):
            self._hold_folder(fname[:2])
        self._mark_for_gc(fname)

    def _hold_folder(self, folder):
        """Keep the cleaning out of a folder of the store until the end of the transaction."""
        cr = self.env.cr
        held = cr.cache.setdefault("ir.attachment folders", set())
        if folder not in held:
            cr.execute(SQL("SELECT pg_advisory_xact_lock_shared(%s, %s)", _LOCK, int(folder, 16)))
            held.add(folder)
            # a lock that was taken after a savepoint ends with it
            cr.when_undone("ir.attachment folders", held.clear)

    def _mark_for_gc(self, fname):
        """Put a file on the checklist."""
        marker = os.path.join(self._full_path("checklist"), *fname.split("/"))
        if not os.path.exists(marker):
            os.makedirs(os.path.dirname(marker), exist_ok=True)
            with contextlib.suppress(FileExistsError), open(marker, "xb"):
                pass

    @api.autovacuum
    def _gc_file_store(self):
        """Delete unused files, but for those that transactions under way, on any host, may take into use."""
        self.env.cr.commit()
        self._collect(self._alone_in_folder)
        self.env.cr.commit()

    def _gc_file_store_unsafe(self):
        """Delete unused files, as far as this transaction sees; nobody else may take files into use meanwhile."""
        self._collect(lambda _folder: contextlib.nullcontext(True))

    def _collect(self, alone_in):
        """Delete the files on the checklist that no attachment has, and those of S3.

        :param alone_in: function of the name of a folder, that gives a context in which files may be deleted, or not
        """
        checklist = defaultdict(dict)
        for directory, _directories, names in os.walk(self._full_path("checklist")):
            for name in names:
                folder = os.path.basename(directory)
                checklist[folder][f"{folder}/{name}"] = os.path.join(directory, name)
        removed = 0
        for folder, markers in checklist.items():
            with alone_in(folder) as alone:
                for fname in self._unused(markers) if alone else ():
                    with contextlib.suppress(FileNotFoundError):
                        os.unlink(self._full_path(fname))
                        removed += 1
                for marker in markers.values() if alone else ():
                    with contextlib.suppress(FileNotFoundError):
                        os.unlink(marker)
        _logger.info("file store: %d listed files, %d removed", sum(map(len, checklist.values())), removed)
        if object_store() is not None:
            self._collect_objects(object_store(), alone_in)

    def _collect_objects(self, store, alone_in):
        """Delete the files in S3 that no attachment has."""
        removed = 0
        for folder in store.folders(self.env.cr.dbname):
            names = store.sizes(self.env.cr.dbname, folder)
            with alone_in(folder) as alone:
                unused = self._unused(names) if alone else []
                store.remove(self.env.cr.dbname, unused)
                removed += len(unused)
        _logger.info("file store: %d files removed from S3", removed)

    def _unused(self, fnames):
        """Return those files that no attachment has."""
        self.env.cr.execute(SQL("SELECT store_fname FROM ir_attachment WHERE store_fname = ANY(%s)", list(fnames)))
        used = {name for [name] in self.env.cr.fetchall()}
        return [fname for fname in fnames if fname not in used]

    @contextlib.contextmanager
    def _alone_in_folder(self, folder):
        """Tell whether no transaction takes files of a folder into use, and keep it so inside the block.

        Whatever was committed before is seen inside the block.
        """
        if self.env.registry.in_test_mode():
            yield True
            return
        # the lock is another transaction's: what this one sees must be as of when it was had
        with self.env.registry.cursor() as cr:
            number = int(folder, 16) if FOLDER.fullmatch(folder) else 256
            cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", _LOCK, number))
            alone = cr.fetchone()[0]
            self.env.cr.commit()
            yield alone

    def _compute_checksum(self, bin_data):
        """Return the checksum that names a content."""
        return _sha1(bin_data or b"").hexdigest()

    @api.model
    def _to_bytes(self, value):
        """Return base64 text as bytes.

        :raise ValueError: when it is not base64
        """
        try:
            return binascii.a2b_base64(value or b"")
        except binascii.Error as error:
            raise ValueError(f"not base64: {error}") from error


def _sha1(content=b""):
    return hashlib.sha1(content, usedforsecurity=False)


def _equal(content, file):
    """Tell whether an open file has a content."""
    position = 0
    while chunk := file.read(PIECE):
        if content[position : position + len(chunk)] != chunk:
            return False
        position += len(chunk)
    return position == len(content)


@contextlib.contextmanager
def replacing(path):
    """Give a file to write to, which is at ``path`` when the block ends well: readers see the whole file or none."""
    # hosts that share the directory may have processes of the same id
    partial = f"{path}.{secrets.token_hex(8)}.part"
    try:
        with open(partial, "xb") as file:
            yield file
        os.replace(partial, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(partial)
        raise


__all__ = ["FOLDER", "AttachmentStore", "StoreAway", "replacing"]
