"""The file store: contents of attachments as files named after their checksum, and the collection of unused ones."""

import binascii
import contextlib
import hashlib
import logging
import os

from odoo import api
from odoo.tools import SQL, config, split_every

_logger = logging.getLogger("odoo.addons.base.models.ir_attachment")


class AttachmentStore:
    """Keeping contents outside of the database.

    A file is never changed: the same content has the same name, and attachments share it. When an attachment lets go
    of a file, the file is put on a checklist; the daily cleaning deletes listed files that no attachment has.
    """

    __slots__ = ()

    @api.model
    def _storage(self):
        """Return where contents go: ``file`` or ``db``."""
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
    def _get_path(self, bin_data, sha):
        """Return the name and full path for a content.

        :raise FileExistsError: when another content has the same checksum
        """
        fname = f"{sha[:2]}/{sha}"
        full_path = self._full_path(fname)
        os.makedirs(os.path.dirname(full_path), exist_ok=True)
        if os.path.isfile(full_path) and not self._same_content(bin_data, full_path):
            raise FileExistsError(f"The file store has another content with checksum {sha}: {full_path}")
        return fname, full_path

    @api.model
    def _same_content(self, bin_data, filepath):
        """Tell whether a file has the content ``bin_data``."""
        with open(filepath, "rb") as file:
            position = 0
            while chunk := file.read(1 << 16):
                if bin_data[position : position + len(chunk)] != chunk:
                    return False
                position += len(chunk)
        return position == len(bin_data)

    @api.model
    def _file_read(self, fname, size=None):
        """Return the content of a file, at most ``size`` bytes of it; nothing when it cannot be read."""
        try:
            with open(self._full_path(fname), "rb") as file:
                return file.read(size)
        except OSError:
            _logger.info("cannot read %s in the file store", fname, exc_info=True)
            return b""

    @api.model
    def _file_write(self, bin_value, checksum):
        """Store a content and return the name of its file."""
        fname, full_path = self._get_path(bin_value, checksum)
        if not os.path.exists(full_path):
            partial = f"{full_path}.{os.getpid()}.part"
            with open(partial, "wb") as file:
                file.write(bin_value)
            # readers see the whole file or none
            os.replace(partial, full_path)
            # kept on the checklist in case the transaction fails
            self._mark_for_gc(fname)
        return fname

    def _place(self, content: bytes, checksum: str) -> dict:
        """Store a content where contents go, and return the values of the fields that tell where it is."""
        in_file = bool(content) and self._storage() != "db"
        return {
            "store_fname": in_file and self._file_write(content, checksum),
            "db_datas": not in_file and content,
        }

    @api.model
    def _file_delete(self, fname):
        """Let go of a file: it is deleted later, when nothing has it."""
        self._mark_for_gc(fname)

    def _mark_for_gc(self, fname):
        """Put a file on the checklist."""
        marker = os.path.join(self._full_path("checklist"), *fname.split("/"))
        if not os.path.exists(marker):
            os.makedirs(os.path.dirname(marker), exist_ok=True)
            with contextlib.suppress(FileExistsError), open(marker, "xb"):
                pass

    @api.autovacuum
    def _gc_file_store(self):
        """Delete the files on the checklist that no attachment has."""
        if self._storage() != "file":
            return
        cr = self.env.cr
        # nobody may take one of the files into use between looking and deleting; a busy table is tried tomorrow
        cr.commit()
        cr.execute("SET LOCAL lock_timeout TO '10s'")
        cr.execute("LOCK ir_attachment IN SHARE MODE")
        self._gc_file_store_unsafe()
        cr.commit()

    def _gc_file_store_unsafe(self):
        """Delete unused files; the table of attachments has to be locked."""
        checklist = {}
        for directory, _directories, names in os.walk(self._full_path("checklist")):
            for name in names:
                checklist[f"{os.path.basename(directory)}/{name}"] = os.path.join(directory, name)
        removed = 0
        for names in split_every(self.env.cr.IN_MAX, checklist):
            self.env.cr.execute(SQL("SELECT store_fname FROM ir_attachment WHERE store_fname = ANY(%s)", list(names)))
            used = {name for [name] in self.env.cr.fetchall()}
            for fname in names:
                if fname not in used:
                    with contextlib.suppress(FileNotFoundError):
                        os.unlink(self._full_path(fname))
                        removed += 1
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(checklist[fname])
        _logger.info("file store: %d listed files, %d removed", len(checklist), removed)

    def _compute_checksum(self, bin_data):
        """Return the checksum that names a content."""
        return hashlib.sha1(bin_data or b"", usedforsecurity=False).hexdigest()

    @api.model
    def _to_bytes(self, value):
        """Return base64 text as bytes.

        :raise ValueError: when it is not base64
        """
        try:
            return binascii.a2b_base64(value or b"")
        except binascii.Error as error:
            raise ValueError(f"not base64: {error}") from error
