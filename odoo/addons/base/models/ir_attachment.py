"""``ir.attachment``: files, and the contents of binary fields."""

import base64
import logging
import mimetypes
import os
import uuid
from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.http import Stream, root
from odoo.tools import SQL, consteq, human_size, image, sql
from odoo.tools.mimetypes import fix_filename_extension, guess_mimetype
from odoo.tools.translate import _

from .ir_attachment_store import AttachmentStore

_logger = logging.getLogger(__name__)

#: longest text that is kept to search attachments by
MAX_INDEX = 1 << 16
#: what only storing a content gives: the name of a file is the right to read it
OF_CONTENT = frozenset(["file_size", "checksum", "store_fname"])


class IrAttachment(models.Model, AttachmentStore):
    """A file or an address, maybe of a record, maybe the content of a binary field."""

    _name = "ir.attachment"
    _description = "Attachment"
    _order = "id desc"

    name = fields.Char(required=True)
    description = fields.Text()
    res_name = fields.Char(string="Resource Name", compute="_compute_res_name")
    res_model = fields.Char(string="Resource Model")
    res_field = fields.Char(string="Resource Field")
    res_id = fields.Many2oneReference(string="Resource ID", model_field="res_model")
    company_id = fields.Many2one(
        "res.company",
        string="Company",
        change_default=True,
        default=lambda self: self.env.company,
    )
    type = fields.Selection(
        [("url", "URL"), ("binary", "File")],
        required=True,
        default="binary",
        change_default=True,
        help="A file that is kept here, or the address of one elsewhere.",
    )
    url = fields.Char(string="Url", index="btree_not_null", size=1024)
    public = fields.Boolean(string="Is public document")
    access_token = fields.Char(groups="base.group_user")
    raw = fields.Binary(string="File Content (raw)", compute="_compute_raw", inverse="_inverse_raw")
    datas = fields.Binary(string="File Content (base64)", compute="_compute_datas", inverse="_inverse_datas")
    db_datas = fields.Binary(string="Database Data", attachment=False)
    store_fname = fields.Char(string="Stored Filename", index=True)
    file_size = fields.Integer(readonly=True)
    checksum = fields.Char(string="Checksum/SHA1", size=40, readonly=True)
    mimetype = fields.Char(string="Mime Type", readonly=True)
    index_content = fields.Text(string="Indexed Content", readonly=True, prefetch=False)

    def _auto_init(self):
        """Add the index that the attachments of a record are looked up by."""
        result = super()._auto_init()
        sql.create_index(self.env.cr, "ir_attachment_res_idx", self._table, ["res_model", "res_id"])
        return result

    # computed fields

    def _compute_res_name(self):
        """Show the names of the records that the attachments belong to."""
        for attachment in self:
            record = None
            if attachment.res_model in self.env and attachment.res_id:
                record = self.env[attachment.res_model].browse(attachment.res_id)
            attachment.res_name = record.display_name if record else False

    @api.depends("store_fname", "db_datas", "file_size")
    @api.depends_context("bin_size")
    def _compute_datas(self):
        """Encode the contents; tell just their size where the context asks for it."""
        if self.env.context.get("bin_size"):
            for attachment in self:
                attachment.datas = human_size(attachment.file_size)
            return
        for attachment in self:
            attachment.datas = base64.b64encode(attachment.raw or b"")

    @api.depends("store_fname", "db_datas")
    def _compute_raw(self):
        """Read the contents."""
        for attachment in self:
            # in memory anybody may give a name: only the one in the database counts
            fname = attachment._origin.store_fname
            if fname:
                attachment.raw = attachment._file_read(fname)
            else:
                attachment.raw = attachment.with_context(bin_size=False, bin_size_db_datas=False).db_datas

    def _inverse_raw(self):
        """Store contents given as bytes."""
        self._set_attachment_data(lambda attachment: attachment.raw or b"")

    def _inverse_datas(self):
        """Store contents given in base64."""
        self._set_attachment_data(lambda attachment: self._to_bytes(attachment.datas))

    def _set_attachment_data(self, content_of):
        """Store the contents that ``content_of`` returns for each attachment, and let go of the previous files."""
        previous = []
        for attachment in self:
            content = content_of(attachment)
            vals = self._get_datas_related_values(content, attachment.mimetype)
            if attachment.store_fname:
                previous.append(attachment.store_fname)
            # the mime type is only written through write(), which checks it
            super(IrAttachment, attachment.sudo()).write(vals)
        for fname in previous:
            self._file_delete(fname)

    def _get_datas_related_values(self, data, mimetype):
        """Return the values of the fields that follow from a content, which is stored."""
        checksum = self._compute_checksum(data)
        values = {
            "file_size": len(data),
            "checksum": checksum,
            "index_content": self._index(data, mimetype, checksum=checksum) if data else False,
            "store_fname": False,
            "db_datas": data,
        }
        if data and self._storage() != "db":
            values["store_fname"] = self._file_write(data, checksum)
            values["db_datas"] = False
        return values

    # kinds of contents

    def _compute_mimetype(self, values):
        """Return the mime type for values: as given, by file name or address, or by looking at the content."""
        mimetype = values.get("mimetype")
        if not mimetype and values.get("name"):
            mimetype = mimetypes.guess_type(values["name"])[0]
        if not mimetype and values.get("url"):
            mimetype = mimetypes.guess_type(values["url"].split("?")[0])[0]
        if not mimetype or mimetype == "application/octet-stream":
            content = values.get("raw")
            if content is None and values.get("datas"):
                content = self._to_bytes(values["datas"])
            if content:
                mimetype = guess_mimetype(content.encode() if isinstance(content, str) else content)
        return mimetype and mimetype.lower() or "application/octet-stream"

    def _postprocess_contents(self, values):
        """Return ``values`` with images scaled down to the size that the database permits."""
        ICP = self.env["ir.config_parameter"].sudo().get_param
        subtypes = ICP("base.image_autoresize_extensions", "png,jpeg,bmp,tiff").split(",")
        kind, _slash, subtype = values["mimetype"].partition("/")
        limits = ICP("base.image_autoresize_max_px", "1920x1920")
        if kind != "image" or subtype not in subtypes or str(limits).lower() in ("0", "false", "none"):
            return values
        content = values.get("raw") or (self._to_bytes(values["datas"]) if values.get("datas") else b"")
        if not content:
            return values
        width, height = map(int, limits.split("x"))
        try:
            picture = image.ImageProcess(content, verify_resolution=False)
        except UserError:
            _logger.info("Post processing ignored: %s is no readable image", values.get("name"))
            return values
        if not picture.image or max(picture.image.size[0] - width, picture.image.size[1] - height) <= 0:
            return values
        picture.resize(width, height)
        scaled = picture.image_quality(quality=int(ICP("base.image_autoresize_quality", 80)))
        values.pop("datas", None)
        values["raw"] = scaled
        return values

    def _check_contents(self, values):
        """Return ``values`` with a mime type; what a browser would run as a page becomes plain text.

        Only who may write views may store pages, for everybody else they could do anything in the user's name.
        """
        mimetype = values["mimetype"] = self._compute_mimetype(values)
        script = "ht" in mimetype or ("xml" in mimetype and "openxmlformats" not in mimetype)
        user = self.env.context.get("binary_field_real_user", self.env.user)
        if not isinstance(user, self.env.registry["res.users"]):
            raise UserError(_("binary_field_real_user in the context has to be a user."))
        if script and not self.env["ir.ui.view"].with_user(user).sudo(False).has_access("write"):
            values["mimetype"] = "text/plain"
        if not self.env.context.get("image_no_postprocess"):
            values = self._postprocess_contents(values)
        return values

    @api.model
    def _index(self, bin_data, file_type, checksum=None):
        """Return the text that a content is searched by: that of text files."""
        if not file_type or file_type.split("/")[0] != "text":
            return False
        words = "".join(char if char.isprintable() else "\n" for char in bin_data[:MAX_INDEX].decode("utf-8", "ignore"))
        return "\n".join(line for line in words.splitlines() if len(line) > 3)

    # access

    @api.model
    def get_serving_groups(self):
        """Return the external ids of the groups that may make an attachment answer at an address."""
        return ["base.group_system"]

    @api.constrains("type", "url", "res_field")
    def _check_serving_attachments(self):
        """Refuse attachments that answer at an address to who may not make them."""
        if self.env.is_admin():
            return
        for attachment in self:
            # contents of binary fields are checked when the field is written
            if attachment.type == "binary" and attachment.url and not attachment.res_field:
                if not any(self.env.user.has_group(group) for group in attachment.get_serving_groups()):
                    raise ValidationError(_("You may not make an attachment answer at an address."))

    @api.model
    def check(self, mode, values=None):
        """Check that the user may use the attachments so.

        :param values: those of an attachment that is about to be created or changed
        :raise AccessError: when not
        """
        if self.env.su:
            return
        self.check_access("write" if mode in ("create", "unlink") else mode)
        if values and values.get("res_model") and values.get("res_id"):
            self._check_owner(values["res_model"], values["res_id"], mode)

    def _check_owner(self, model_name, res_id, mode, field_name=None):
        """Check that the user may read, or else change, the record (and its field) that attachments belong to.

        :raise AccessError: when not
        """
        if model_name not in self.env:
            return
        if not self._may_use_field(model_name, field_name, mode):
            raise AccessError(
                _("You may not use the field %(field)s of %(model)s.", field=field_name, model=model_name)
            )
        record = self.env[model_name].browse(res_id)
        if model_name == "res.users" and record == self.env.user:
            # users may attach to themselves, as for their signature
            return
        record.check_access("read" if mode == "read" else "write")

    def _check_access(self, operation):
        """Extend the check by the rights on the records that the attachments belong to."""
        result = super()._check_access(operation)
        if self.env.su:
            return result
        remaining = self - result[0] if result else self
        if not (self.env.is_admin() or self.env.user._is_internal()):
            forbidden = (
                remaining
                if operation != "read"
                else remaining.sudo().filtered(lambda attachment: not attachment.public).with_env(self.env)
            )
        else:
            forbidden = remaining - remaining.browse(remaining._accessible_ids(operation))
        if not forbidden:
            return result
        if result:
            return result[0] + forbidden, result[1]
        return forbidden, lambda: AccessError(
            _("You may not use these attachments: they belong to records that you may not use so.")
        )

    def fetch(self, field_names):
        """Read fields of attachments whose owner the user may read.

        :raise AccessError: for others
        """
        self.check_access("read")
        super().fetch(field_names)

    def _accessible_ids(self, operation):
        """Return the ids of the attachments whose owner the user may read, or else change."""
        if not self.ids:
            return list(self._ids)
        self.flush_recordset(["res_model", "res_id", "res_field", "public", "create_uid"])
        self.env.cr.execute(
            SQL(
                "SELECT id, res_model, res_id, res_field, public, create_uid FROM ir_attachment WHERE id = ANY(%s)",
                list(self.ids),
            )
        )
        return self._filter_rows(self.env.cr.fetchall(), operation) + [id_ for id_ in self._ids if not id_]

    def _filter_rows(self, rows, operation="read"):
        """Return the ids of those rows (id, model, res_id, field, public, creator) that the user may use."""
        allowed, owned = set(), defaultdict(lambda: defaultdict(set))
        system = self.env.is_system()
        for id_, model_name, res_id, field_name, public, creator in rows:
            if public and operation == "read":
                allowed.add(id_)
            elif not (model_name and res_id):
                if system or creator == self.env.uid:
                    allowed.add(id_)
            elif model_name in self.env and self._may_use_field(model_name, field_name, operation):
                owned[model_name][res_id].add(id_)
            elif system and model_name not in self.env:
                allowed.add(id_)
        mode = "read" if operation == "read" else "write"
        for model_name, by_owner in owned.items():
            owners = self.env[model_name].browse(by_owner)
            if model_name == "res.users" and self.env.uid in by_owner:
                allowed |= by_owner[self.env.uid]
            for owner in owners.exists()._filtered_access(mode):
                allowed |= by_owner[owner.id]
        return [row[0] for row in rows if row[0] in allowed]

    def _may_use_field(self, model_name, field_name, operation):
        """Tell whether the groups of a binary field admit the user."""
        field = field_name and self.env[model_name]._fields.get(field_name)
        return not field or not field.groups or self.env.user.has_groups(field.groups)

    @api.model
    def _filter_attachment_access(self, attachment_ids):
        """Return those of the attachments, given by id, that the user may read."""
        return self.browse(attachment_ids)._filtered_access("read")

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None):
        """Leave out contents of binary fields, unless asked for, and what the user may not read."""
        named = {leaf[0] for leaf in domain if isinstance(leaf, (list, tuple)) and isinstance(leaf[0], str)}
        if not (self.env.context.get("skip_res_field_check") or named & {"id", "res_field"}):
            domain = [("res_field", "=", False), *domain]
        if self.env.su:
            return super()._search(domain, offset, limit, order)
        found: list = []
        skip = offset
        # pages are filled after the filtering by rights, which SQL cannot do
        for page in self._pages(domain, order, limit and max(limit + offset, 100)):
            page = self._filter_rows(page)
            found += page[skip:]
            skip = max(0, skip - len(page))
            if limit and len(found) >= limit:
                break
        return self.browse(found[:limit] if limit else found)._as_query(order)

    def _pages(self, domain, order, size):
        """Yield lists of at most ``size`` rows for :meth:`_filter_rows`."""
        columns = ["id", "res_model", "res_id", "res_field", "public", "create_uid"]
        position = 0
        while True:
            query = super()._search(domain, position, size, order)
            rows = self.env.execute_query(
                query.select(
                    *(self._field_to_sql(self._table, name) for name in columns),
                )
            )
            yield rows
            position += len(rows)
            if not size or len(rows) < size:
                return

    # changes

    @api.model
    def default_get(self, fields_list):
        """Return the defaults, of the context too, but for what follows from the content."""
        return super().default_get([name for name in fields_list if name not in OF_CONTENT | {"index_content"}])

    @api.model_create_multi
    def create(self, vals_list):
        """Create attachments and store their contents.

        :raise AccessError: when the user may not change their owners
        """
        owners = set()
        default_owner = {} if self.env.su else self.default_get(["res_model", "res_id", "res_field"])
        vals_list = [
            {**default_owner, **{name: value for name, value in vals.items() if name not in OF_CONTENT}}
            for vals in vals_list
        ]
        for vals in vals_list:
            vals.update(self._check_contents(vals))
            raw, datas = vals.pop("raw", None), vals.pop("datas", None)
            if raw or datas:
                content = raw.encode() if isinstance(raw, str) else raw or self._to_bytes(datas)
                vals.update(self._get_datas_related_values(content, vals["mimetype"]))
            if vals.get("res_model") and vals.get("res_id"):
                owners.add((vals["res_model"], vals["res_id"], vals.get("res_field")))
        if not self.env.su:
            for model_name, res_id, field_name in owners:
                self._check_owner(model_name, res_id, "create", field_name)
        return super().create(vals_list)

    def write(self, vals):
        """Update attachments.

        :raise AccessError: when the user may not change their owners, present or new
        """
        self.check("write", values=vals)
        if not self.env.su and vals.keys() & {"res_model", "res_id", "res_field"}:
            for attachment in self:
                new = {name: vals.get(name, attachment[name]) for name in ("res_model", "res_id", "res_field")}
                if new["res_model"] and new["res_id"]:
                    self._check_owner(new["res_model"], new["res_id"], "write", new["res_field"])
        vals = {name: value for name, value in vals.items() if name not in OF_CONTENT}
        if vals.keys() & {"mimetype", "datas", "raw"}:
            vals = self._check_contents(vals)
        return super().write(vals)

    def copy_data(self, default=None):
        """Copies get the content unless another one is given."""
        default = dict(default or {})
        vals_list = super().copy_data(default=default)
        for attachment, vals in zip(self, vals_list):
            if not default.keys() & {"datas", "db_datas", "raw"}:
                vals["raw"] = attachment.raw
        return vals_list

    def unlink(self):
        """Delete attachments; their files go when nothing else has them."""
        fnames = {attachment.store_fname for attachment in self.sudo() if attachment.store_fname}
        result = super().unlink()
        for fname in fnames:
            self._file_delete(fname)
        return result

    def _post_add_create(self, **kwargs):
        """Called after an upload made the attachments; extended by other modules."""

    @api.model
    def create_unique(self, values_list):
        """Create attachments but for those whose content exists already.

        :return: their ids
        """
        ids = []
        for values in values_list:
            checksum = self._compute_checksum(self._to_bytes(values.get("datas")))
            existing = self.sudo().search(
                [
                    ("checksum", "=", checksum),
                    ("name", "=", values.get("name")),
                    ("mimetype", "=", self._compute_mimetype(values)),
                ],
                limit=1,
            )
            ids.append((existing or self.create(values)).id)
        return ids

    @api.model
    def force_storage(self):
        """Move all contents to where they are to be kept.

        :raise AccessError: when the user is no administrator
        """
        if not self.env.is_admin():
            raise AccessError(_("Only administrators may move the contents of attachments."))
        misplaced = [("store_fname", "!=", False)] if self._storage() == "db" else [("db_datas", "!=", False)]
        domain = [("type", "=", "binary"), *misplaced, "|", ("res_field", "=", False), ("res_field", "!=", False)]
        self.search(domain)._migrate()

    def _migrate(self):
        """Store the contents again."""
        for attachment in self:
            attachment.write({"raw": attachment.raw, "mimetype": attachment.mimetype})

    # tokens and serving

    def generate_access_token(self):
        """Return the tokens that let anybody read the attachments, made where missing."""
        tokens = []
        for attachment in self:
            if not attachment.access_token:
                attachment.write({"access_token": self._generate_access_token()})
            tokens.append(attachment.access_token)
        return tokens

    def _generate_access_token(self):
        """Return a new token."""
        return str(uuid.uuid4())

    def validate_access(self, access_token):
        """Return the attachment as the superuser's if the token is right or it is public, else check the user.

        :raise AccessError: when the token is wrong
        """
        self.ensure_one()
        trusted = self.sudo()
        if access_token:
            if not consteq(trusted.access_token or "", access_token):
                raise AccessError(_("The access token of the attachment is wrong."))
            return trusted
        if trusted.public:
            return trusted
        if self.env.user._is_portal():
            # portal users may read what is attached to a record they may read
            if not (trusted.res_id and trusted.res_model in self.env):
                raise AccessError(_("The attachment does not belong to a record that you may read."))
            self._check_owner(trusted.res_model, trusted.res_id, "read")
            return trusted
        # the superuser's read above left the values in the cache, which asks nobody for rights
        self.check("read")
        return self

    @api.model
    def action_get(self):
        """Return the action that shows attachments."""
        return self.env["ir.actions.act_window"]._for_xml_id("base.action_attachment")

    @api.model
    def _get_serve_attachment(self, url, extra_domain=None, order=None):
        """Return the attachment that answers at an address, empty when there is none."""
        domain = [("type", "=", "binary"), ("url", "=", url), *(extra_domain or ())]
        return self.search(domain, order=order, limit=1)

    @api.model
    def regenerate_assets_bundles(self):
        """Delete generated asset files: they are made again when asked for."""
        self.search(
            [
                ("public", "=", True),
                ("url", "=like", "/web/assets/%"),
                ("res_model", "=", "ir.ui.view"),
                ("res_id", "=", 0),
                ("create_uid", "=", SUPERUSER_ID),
            ]
        ).unlink()
        self.env.registry.clear_cache("assets")

    def _from_request_file(self, file, *, mimetype="TRUST", **vals):
        """Create an attachment from an uploaded file.

        :param mimetype: ``TRUST`` what the client tells, ``GUESS`` it from the content, or the type itself
        """
        content = file.read()
        kind = {"TRUST": file.mimetype, "GUESS": guess_mimetype(content)}.get(mimetype, mimetype)
        name = fix_filename_extension(file.filename, kind) if mimetype == "GUESS" else file.filename
        return self.create({"name": name, "type": "binary", "raw": content, "mimetype": kind, **vals})

    def _to_http_stream(self):
        """Return the stream that serves the content over HTTP."""
        self.ensure_one()
        stream = Stream(
            mimetype=self.mimetype,
            download_name=self.name,
            etag=self.checksum,
            public=self.public,
        )
        if self.store_fname:
            stream.type = "path"
            stream.path = os.path.abspath(self._full_path(self.store_fname))
            status = os.stat(stream.path)
            stream.last_modified, stream.size = status.st_mtime, status.st_size
        elif self.db_datas:
            stream.type = "data"
            stream.data = self.raw
            stream.last_modified, stream.size = self.write_date, len(stream.data)
        elif self.url:
            # the file of a module that is not copied into the store, or an address elsewhere
            static = root.get_static_file(self.url)
            if static:
                stream = Stream.from_path(static, public=True)
            else:
                stream.type, stream.url = "url", self.url
        else:
            stream.type, stream.data, stream.size = "data", b"", 0
        return stream
