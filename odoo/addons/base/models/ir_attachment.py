"""``ir.attachment``: files, and the contents of binary fields."""

import base64
import io
import logging
import mimetypes
import uuid
from collections import defaultdict

from werkzeug.exceptions import ServiceUnavailable

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.http import Stream, root
from odoo.osv import expression
from odoo.tools import SQL, consteq, human_size, image, sql
from odoo.tools.mimetypes import DEFAULT_MIMETYPE, fix_filename_extension, guess_mimetype
from odoo.tools.translate import _

from .ir_attachment_move import AttachmentMove
from .ir_attachment_store import AttachmentStore, StoreAway

_logger = logging.getLogger(__name__)

#: longest text that is kept to search attachments by
MAX_INDEX = 1 << 16
#: uploads of more bytes than this are stored in pieces
MAX_IN_MEMORY = 1 << 22
#: what only storing a content gives: the name of a file is the right to read it
OF_CONTENT = frozenset(["file_size", "checksum", "store_fname"])
#: who may read the contents
OF_OWNER = frozenset(["public", "res_field", "res_id", "res_model"])
#: fields that can be given a content
CONTENT = frozenset(["datas", "db_datas", "raw"])


class IrAttachment(models.Model, AttachmentStore, AttachmentMove):
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
            owner = attachment._owner()
            attachment.res_name = owner.display_name if owner else False

    def _owner(self):
        """Return the record that the attachment belongs to, ``None`` when it belongs to none."""
        known = self.res_id and self.res_model in self.env
        return self.env[self.res_model].browse(self.res_id) if known else None

    @api.depends("store_fname", "db_datas", "file_size")
    @api.depends_context("bin_size")
    def _compute_datas(self):
        """Encode the contents; tell just their size where the context asks for it."""
        size_only = self.env.context.get("bin_size")
        for attachment in self:
            attachment.datas = (
                human_size(attachment.file_size) if size_only else base64.b64encode(attachment.raw or b"")
            )

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
        return {
            **self._place(data, checksum),
            "checksum": checksum,
            "file_size": len(data),
            "index_content": self._index(data, mimetype, checksum=checksum) if data else False,
        }

    def _content_of(self, values):
        """Return the bytes that values give as content, none when they give no content.

        :raise ValueError: when the content should be base64 and is not
        """
        raw = values.get("raw")
        return raw.encode() if isinstance(raw, str) else raw or self._to_bytes(values.get("datas"))

    # kinds of contents

    def _compute_mimetype(self, values):
        """Return the mime type for values: as given, by file name or address, or by looking at the content."""
        address, _mark, _query = (values.get("url") or "").partition("?")
        by_name = (mimetypes.guess_type(name)[0] for name in (values.get("name"), address) if name)
        mimetype = values.get("mimetype") or next(filter(None, by_name), DEFAULT_MIMETYPE)
        if mimetype == DEFAULT_MIMETYPE:
            mimetype = guess_mimetype(self._content_of(values))
        return mimetype.lower()

    def _postprocess_contents(self, values):
        """Return ``values`` with images scaled down to the size that the database permits."""
        ICP = self.env["ir.config_parameter"].sudo().get_param
        subtypes = ICP("base.image_autoresize_extensions", "png,jpeg,bmp,tiff").split(",")
        kind, _slash, subtype = values["mimetype"].partition("/")
        limits = ICP("base.image_autoresize_max_px", "1920x1920")
        if kind != "image" or subtype not in subtypes or str(limits).lower() in ("0", "false", "none"):
            return values
        content = self._content_of(values)
        if not content:
            return values
        width, height = map(int, limits.split("x"))
        try:
            picture = image.ImageProcess(content, verify_resolution=False)
            if not picture.image or max(picture.image.size[0] - width, picture.image.size[1] - height) <= 0:
                return values
            picture.resize(width, height)
            scaled = picture.image_quality(quality=int(ICP("base.image_autoresize_quality", 80)))
        except (UserError, OSError):
            # what says OSError is cut off in the middle
            _logger.info("Post processing ignored: %s is no readable image", values.get("name"))
            return values
        values.pop("datas", None)
        values["raw"] = scaled
        return values

    def _check_contents(self, values):
        """Return ``values`` with a mime type; what a browser would run as a page becomes plain text.

        Only who may write views may store pages, for everybody else they could do anything in the user's name.
        """
        user = self.env.context.get("binary_field_real_user", self.env.user)
        if not isinstance(user, self.env.registry["res.users"]):
            raise UserError(_("binary_field_real_user in the context has to be a user."))
        kind = self._compute_mimetype(values)
        if _runs_in_browsers(kind) and not self._may_store_pages(user, values):
            kind = "text/plain"
        values["mimetype"] = kind
        return values if self.env.context.get("image_no_postprocess") else self._postprocess_contents(values)

    def _may_store_pages(self, user, values):
        """Tell whether what ``values`` give as content may be run by browsers when it comes from ``user``.

        Fields are computed by anybody from what others uploaded: a copy of a page that became text is text, too.
        """
        if not self.env["ir.ui.view"].with_user(user).sudo(False).has_access("write"):
            return False
        if not self.env.context.get("binary_field_computed"):
            return True
        same = [("checksum", "=", self._compute_checksum(self._content_of(values))), ("mimetype", "=", "text/plain")]
        return not self.sudo().search_count([*same, ("res_field", "!=", False)], limit=1)

    @api.model
    def _index(self, bin_data, file_type, checksum=None):
        """Return the text that a content is searched by: that of text files."""
        if not file_type or file_type.split("/")[0] != "text":
            return False
        text = bin_data[:MAX_INDEX].decode("utf-8", "ignore")
        words = (word for line in text.splitlines() for word in _printable_parts(line))
        return "\n".join(word for word in words if len(word) > 3)

    # access

    @api.private
    @api.model
    def get_serving_groups(self):
        """Return the external ids of the groups that may make an attachment answer at an address."""
        return ["base.group_system"]

    @api.constrains("type", "url", "res_field")
    def _check_serving_attachments(self):
        """Refuse attachments that answer at an address to who may not make them."""
        # contents of binary fields are checked when the field is written
        served = self.filtered(lambda file: file.url and file.type == "binary" and not file.res_field)
        if not served or self.env.is_admin():
            return
        if not any(map(self.env.user.has_group, served.get_serving_groups())):
            raise ValidationError(_("You may not make an attachment answer at an address."))

    @api.private
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
        # visitors share one user: what one of them brought is not the next one's
        is_somebody = not self.env.user._is_public()
        for id_, model_name, res_id, field_name, public, creator in rows:
            if public and operation == "read":
                allowed.add(id_)
            elif not (model_name and res_id):
                if system or (is_somebody and creator == self.env.uid):
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
            content = self._content_of(vals)
            for name in ("raw", "datas"):
                vals.pop(name, None)
            if content:
                vals.update(self._get_datas_related_values(content, vals["mimetype"]))
            if vals.get("res_model") and vals.get("res_id"):
                owners.add((vals["res_model"], vals["res_id"], vals.get("res_field")))
        if not self.env.su:
            for model_name, res_id, field_name in owners:
                self._check_owner(model_name, res_id, "create", field_name)
        created = super().create(vals_list)
        for model_name, res_id, field_name in owners:
            field = field_name and model_name in self.env and self.env[model_name]._fields.get(field_name)
            if field and field.type == "binary":
                field.forget_missing(self.env, res_id)
        return created

    def write(self, vals):
        """Update attachments.

        :raise AccessError: when the user may not change their owners, present or new
        """
        self.check("write", values=vals)
        if not self.env.su and vals.keys() & OF_OWNER - {"public"}:
            for attachment in self:
                new = {name: vals.get(name, attachment[name]) for name in ("res_model", "res_id", "res_field")}
                if new["res_model"] and new["res_id"]:
                    self._check_owner(new["res_model"], new["res_id"], "write", new["res_field"])
        vals = {name: value for name, value in vals.items() if name not in OF_CONTENT}
        if vals.keys() & {"mimetype", "datas", "raw"}:
            vals = self._check_contents(vals)
        result = super().write(vals)
        if not OF_OWNER.isdisjoint(vals):
            # who read the contents so far may not be allowed to any more
            self.invalidate_recordset(["datas", "raw"], flush=False)
        return result

    def copy_data(self, default=None):
        """Copies get the content unless another one is given."""
        copies = super().copy_data(default)
        if CONTENT & (default or {}).keys():
            return copies
        return [{**values, "raw": attachment.raw} for attachment, values in zip(self, copies, strict=True)]

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
        """Create attachments but for those whose content exists already, in one that the user may read.

        :return: their ids
        """
        ids = []
        for values in values_list:
            checksum = self._compute_checksum(self._to_bytes(values.get("datas")))
            existing = self.search(
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

    @api.private
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
            if trusted._owner() is None:
                raise AccessError(_("The attachment does not belong to a record that you may read."))
            self._check_owner(trusted.res_model, trusted.res_id, "read")
            trusted._check_is_for_readers()
            return trusted
        # the superuser's read above left the values in the cache, which asks nobody for rights
        self.check("read")
        return self

    def _check_is_for_readers(self):
        """Check that whoever may read the record may read what is attached to it: not where that is everybody.

        :raise AccessError: visitors may read the record, as they may companies; their files are public or nobody's
        """
        if self.res_field or self.res_model not in self.env:
            return
        owner = self.env[self.res_model].browse(self.res_id)
        if owner.with_user(self.env.ref("base.public_user")).sudo(False).has_access("read"):
            raise AccessError(_("The attachment does not belong to a record that you may read."))

    @api.model
    def action_get(self):
        """Return the action that shows attachments."""
        return self.env["ir.actions.act_window"]._for_xml_id("base.action_attachment")

    @api.model
    def _get_serve_attachment(self, url, extra_domain=None, order=None):
        """Return the attachment that answers at an address, empty when there is none."""
        answering = expression.AND([extra_domain or [], [("url", "=", url), ("type", "=", "binary")]])
        return self.search(answering, order=order, limit=1)

    @api.model
    def regenerate_assets_bundles(self):
        """Delete generated asset files: they are made again when asked for.

        :raise AccessError: when the user is no administrator
        """
        if not self.env.is_admin():
            raise AccessError(_("Only administrators may have the files of pages made again."))
        address = self.env["ir.asset"]._get_asset_bundle_url("%", "%", {}, ignore_params=True)
        generated = {"create_uid": SUPERUSER_ID, "public": True, "res_model": "ir.ui.view", "res_id": 0}
        self.search([("url", "=like", address), *((name, "=", value) for name, value in generated.items())]).unlink()
        self.env.registry.clear_cache("assets")

    def _from_request_file(self, file, *, mimetype="TRUST", **vals):
        """Create an attachment from an uploaded file.

        :param mimetype: ``TRUST`` what the client tells, ``GUESS`` it from the content, or the type itself
        """
        head = file.read(MAX_IN_MEMORY)
        kind = {"TRUST": file.mimetype, "GUESS": guess_mimetype(head)}.get(mimetype, mimetype)
        name = fix_filename_extension(file.filename, kind) if mimetype == "GUESS" else file.filename
        return self._create_from_file(file, {"name": name, "type": "binary", "mimetype": kind, **vals}, head)

    def _create_from_file(self, file, vals, head=b""):
        """Create an attachment whose content is that of an open binary file; a large one is stored in pieces.

        :param vals: the other values
        :param head: what was read of the file before
        """
        head += file.read(max(MAX_IN_MEMORY - len(head), 0))
        rest = len(head) >= MAX_IN_MEMORY and file.read(1)
        if not rest:
            return self.create({**vals, "raw": head})
        checked = self.with_context(image_no_postprocess=True)._check_contents({**vals, "raw": head})
        if not self._is_streamed(checked["mimetype"]):
            return self.create({**vals, "raw": head + rest + file.read()})
        del checked["raw"]
        attachment = self.create(checked)
        content = self._place_file(_Joined(head, rest, file))
        content["index_content"] = self._index(head, attachment.mimetype)
        # what follows from a content is only written through this
        super(IrAttachment, attachment.sudo()).write(content)
        attachment.invalidate_recordset(["raw", "datas"])
        return attachment

    def _to_http_stream(self):
        """Return the stream that serves the content over HTTP.

        :raise OSError: when the file is not in the store
        :raise werkzeug.exceptions.ServiceUnavailable: when the store does not answer
        """
        self.ensure_one()
        stored = self.store_fname or self.db_datas
        module_file = None if stored or not self.url else root.get_static_file(self.url)
        if module_file:
            return Stream.from_path(module_file, public=True)
        try:
            source = self._stream_source()
        except StoreAway as error:
            # where files are kept is no matter of clients
            _logger.error("The content of attachment %s cannot be sent: %s", self.id, error)
            raise ServiceUnavailable("The file cannot be read at the moment.", retry_after=5) from error
        return Stream(
            **source,
            download_name=self.name,
            mimetype=self.mimetype,
            public=self.public,
            etag=self.checksum,
        )

    def _stream_source(self) -> dict:
        """Return the attributes of a stream that tell where the content is: in the store, elsewhere or here."""
        if self.store_fname:
            return self._stored_stream(self.store_fname)
        if not self.db_datas:
            return {"type": "url", "url": self.url} if self.url else {"type": "data", "data": b"", "size": 0}
        return {"type": "data", "data": self.raw, "size": len(self.raw), "last_modified": self.write_date}


class _Joined:
    """Bytes that were read of a file, and the rest of it."""

    def __init__(self, *parts):
        self._parts = [io.BytesIO(part) if isinstance(part, bytes) else part for part in parts]

    def read(self, size):
        """Return at most ``size`` of the next bytes, none at the end."""
        while self._parts:
            if piece := self._parts[0].read(size):
                return piece
            del self._parts[0]
        return b""


def _printable_parts(line: str) -> list[str]:
    """Return a line cut where it has characters that cannot be printed."""
    # most lines have none, which is quickly told
    if line.isprintable():
        return [line]
    return "".join(char if char.isprintable() else "\n" for char in line).split("\n")


def _runs_in_browsers(mimetype: str) -> bool:
    """Tell whether contents of a mime type are pages or may hold scripts; office documents are no such XML."""
    return "ht" in mimetype or ("xml" in mimetype and "openxmlformats" not in mimetype)
