"""Moving the contents of attachments between the directory, S3 and the database, while the server runs."""

import contextlib
import hashlib
import logging
import os

from odoo import api
from odoo.db.object_store import PIECE, object_store
from odoo.orm.retrying import retrying
from odoo.tools import SQL, split_every

from .ir_attachment_store import FOLDER, replacing

_logger = logging.getLogger("odoo.addons.base.models.ir_attachment")

#: contents that go from or to the database in one transaction
_BATCH = 20


class AttachmentMove:
    """Every content is at one place or another at any time, and found at both: moving can be stopped and resumed."""

    __slots__ = ()

    @api.model
    def _move_contents(self, place, report, remove=False):
        """Move all contents of the database, in many transactions; what was moved before is not moved again.

        From the beginning on new contents go to the new place.

        :param place: ``file``, ``s3`` or ``db``
        :param report: function that is told in a text how far it has come
        :param remove: delete the copies at the old place in the end
        :return: the names of files that are missing or damaged, sorted
        """
        self.env["ir.config_parameter"].sudo().set_param("ir_attachment.location", place)
        self.env.cr.commit()
        self.env.registry.signal_changes()
        misplaced = [("store_fname", "!=", False)] if place == "db" else [("db_datas", "!=", False)]
        self._move_rows(misplaced, report)
        if place == "db":
            return sorted(self._fnames())
        # a content that others store meanwhile, before they know of the new place, is found at the old one
        bad: set = set()
        for folder in self._folders():
            bad |= self._copy_folder(folder, place, report)
            if remove:
                self._remove_copies(folder, place)
            self.env.cr.commit()
        return sorted(bad)

    def _move_rows(self, domain, report):
        """Store the contents of attachments again, where contents go now."""
        everything = self.with_context(skip_res_field_check=True, active_test=False).sudo()
        ids = everything.search([("type", "=", "binary"), *domain], order="id").ids
        for done, batch in enumerate(split_every(_BATCH, ids), 1):
            retrying(lambda batch=batch: everything.browse(batch).exists()._store_again(), self.env)
            self.env.invalidate_all()
            report(f"{min(done * _BATCH, len(ids))} of {len(ids)} contents from or to the database")

    def _store_again(self):
        """Store contents where contents go now, as they are; those that are missing stay as they are."""
        for attachment in self:
            if content := attachment.raw:
                attachment._set_attachment_data(lambda _attachment, content=content: content)

    def _fnames(self, folder=""):
        """Return the names of the files that attachments have in a folder, in all folders without a name."""
        self.env.cr.execute(
            SQL(
                "SELECT DISTINCT store_fname FROM ir_attachment WHERE starts_with(store_fname, %s)",
                f"{folder}/" if folder else "",
            )
        )
        return [fname for [fname] in self.env.cr.fetchall()]

    def _folders(self):
        """Return the names of the folders that attachments have files in."""
        self.env.cr.execute(SQL("SELECT DISTINCT split_part(store_fname, '/', 1) FROM ir_attachment ORDER BY 1"))
        return [folder for [folder] in self.env.cr.fetchall() if FOLDER.fullmatch(folder or "")]

    def _sizes(self, folder, place):
        """Return the files that are in a folder of a place: ``{name: bytes}``."""
        if place == "s3":
            return self._object_store(wanted=True).sizes(self.env.cr.dbname, folder)
        found = {}
        with contextlib.suppress(FileNotFoundError), os.scandir(self._full_path(folder)) as entries:
            found = {f"{folder}/{entry.name}": entry.stat().st_size for entry in entries if entry.is_file()}
        return found

    def _copy_folder(self, folder, place, report):
        """Copy the files of a folder that are missing at a place; return the names of those that could not be."""
        self._hold_folder(folder)
        other = "file" if place == "s3" else "s3"
        there = self._sizes(folder, place)
        elsewhere = self._sizes(folder, other) if object_store() is not None else {}
        bad, copied = set(), 0
        for fname in self._fnames(folder):
            if fname in there and elsewhere.get(fname, there[fname]) == there[fname]:
                continue
            if fname in elsewhere and self._copy_file(fname, place):
                copied += 1
            else:
                bad.add(fname)
        if copied or bad:
            report(f"folder {folder}: {copied} copied, {len(bad)} missing or damaged")
        return bad

    def _copy_file(self, fname, place) -> bool:
        """Copy a file; return whether its content is the one that its name tells."""
        store, dbname, path = object_store(), self.env.cr.dbname, self._full_path(fname)
        expected = fname.rpartition("/")[2]
        if place == "s3":
            if _digest_of(path) != expected:
                return False
            store.put(dbname, fname, path)
            return store.info(dbname, fname)["size"] == os.path.getsize(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        digest = hashlib.sha1(usedforsecurity=False)
        with contextlib.suppress(_Damaged), replacing(path) as copy:
            with store.open(dbname, fname, store.info(dbname, fname)["size"]) as file:
                while piece := file.read(PIECE):
                    digest.update(piece)
                    copy.write(piece)
            if digest.hexdigest() != expected:
                raise _Damaged(fname)
            return True
        return False

    def _remove_copies(self, folder, place):
        """Delete the files of a folder at the other place that are at this one, too."""
        self._hold_folder(folder)
        other = "file" if place == "s3" else "s3"
        there, copies = self._sizes(folder, place), self._sizes(folder, other) if object_store() is not None else {}
        done = [fname for fname, size in copies.items() if there.get(fname) == size]
        if other == "s3":
            object_store().remove(self.env.cr.dbname, done)
            return
        for fname in done:
            os.unlink(self._full_path(fname))

    @api.model
    def _damaged_files(self, report):
        """Return the names of the files that attachments have and that are missing, or have another content."""
        bad = []
        for folder in self._folders():
            fnames = self._fnames(folder)
            bad += [fname for fname in fnames if self._digest_of_stored(fname) != fname.rpartition("/")[2]]
            report(f"folder {folder}: {len(fnames)} files read")
        return sorted(bad)

    def _digest_of_stored(self, fname):
        """Return the checksum of the content of a file, ``None`` when there is no such file."""
        try:
            found = self._stored_stream(fname)
        except FileNotFoundError:
            return None
        if found["type"] == "path":
            return _digest_of(found["path"])
        with found["opener"]() as file:
            return hashlib.file_digest(file, _sha1).hexdigest()


class _Damaged(Exception):
    """A content is not the one that its name tells."""


def _sha1():
    return hashlib.sha1(usedforsecurity=False)


def _digest_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, _sha1).hexdigest()
