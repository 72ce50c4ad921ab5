"""``ir.model.fields``: the fields of all models as records."""

import logging
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, ormcache, sql
from odoo.tools.safe_eval import safe_eval
from odoo.tools.translate import _

from .installed_modules import installed_modules_of
from .ir_model_fields_traits import describe
from .ir_model_names import MODULE_UNINSTALL_FLAG, field_xmlid
from .reflection import upsert

_logger = logging.getLogger("odoo.addons.base.models.ir_model")

#: the types of fields, as (type, label) pairs
FIELD_TYPES = [(name, name) for name in sorted(fields.Field.by_type)]


class IrModelFields(models.Model):
    """A field of a model."""

    _name = "ir.model.fields"
    _description = "Fields"
    _order = "name"
    _rec_name = "field_description"
    _allow_sudo_commands = False

    name = fields.Char(string="Field Name", default="x_", required=True, index=True)
    complete_name = fields.Char(index=True)
    model = fields.Char(string="Model Name", required=True, index=True, help="Technical name of the field's model.")
    relation = fields.Char(string="Related Model", help="For relations: technical name of the model at the other end.")
    relation_field = fields.Char(help="For one2many fields: the many2one field of the other model that it mirrors.")
    relation_field_id = fields.Many2one(
        "ir.model.fields",
        string="Relation field",
        compute="_compute_relation_field_id",
        store=True,
        ondelete="cascade",
    )
    model_id = fields.Many2one(
        "ir.model",
        string="Model",
        required=True,
        index=True,
        ondelete="cascade",
        help="Model that has the field.",
    )
    field_description = fields.Char(string="Field Label", default="", required=True, translate=True)
    help = fields.Text(string="Field Help", translate=True)
    ttype = fields.Selection(selection=FIELD_TYPES, string="Field Type", required=True)
    selection = fields.Char(
        string="Selection Options (Deprecated)",
        compute="_compute_selection",
        inverse="_inverse_selection",
    )
    selection_ids = fields.One2many("ir.model.fields.selection", "field_id", string="Selection Options", copy=True)
    copied = fields.Boolean(
        compute="_compute_copied",
        store=True,
        readonly=False,
        copy=True,
        help="The value is copied when a record is duplicated.",
    )
    related = fields.Char(string="Related Field", help="The field shown here, dotted through relations.")
    related_field_id = fields.Many2one(
        "ir.model.fields",
        compute="_compute_related_field_id",
        store=True,
        ondelete="cascade",
        string="Related field",
    )
    required = fields.Boolean()
    readonly = fields.Boolean()
    index = fields.Boolean(string="Indexed")
    translate = fields.Boolean(string="Translatable", help="Values are kept for each language.")
    company_dependent = fields.Boolean(string="Company Dependent", readonly=True, help="Values differ by company.")
    size = fields.Integer()
    state = fields.Selection(
        [("manual", "Custom Field"), ("base", "Base Field")],
        string="Type",
        default="manual",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    on_delete = fields.Selection(
        [("cascade", "Cascade"), ("set null", "Set NULL"), ("restrict", "Restrict")],
        default="set null",
        help="For many2one fields: what becomes of the record when the one it points to is deleted.",
    )
    domain = fields.Char(default="[]", help="For relations: which records may be chosen, as a list of conditions.")
    groups = fields.Many2many("res.groups", "ir_model_fields_group_rel", "field_id", "group_id")
    group_expand = fields.Boolean(
        string="Expand Groups",
        help="Show a column in kanban views for each record or option.",
    )
    selectable = fields.Boolean(default=True)
    modules = fields.Char(compute="_in_modules", string="In Apps", help="Modules that define or extend the field.")
    relation_table = fields.Char(help="For many2many fields: the table of the relation.")
    column1 = fields.Char(string="Column 1", help="Column that refers to the records of the field's model.")
    column2 = fields.Char(string="Column 2", help="Column that refers to the records of the other model.")
    compute = fields.Text(
        help="Python code that sets the field on each record of the variable self, as in: "
        "for record in self: record['size'] = len(record.name)",
    )
    depends = fields.Char(string="Dependencies", help="Fields that the computation reads, separated by commas.")
    store = fields.Boolean(string="Stored", default=True, help="Values are kept in the database.")
    currency_field = fields.Char(
        string="Currency field",
        help="For monetary fields: name of the field with the currency.",
    )
    sanitize = fields.Boolean(string="Sanitize HTML", default=True)
    sanitize_overridable = fields.Boolean(string="Sanitize HTML overridable", default=False)
    sanitize_tags = fields.Boolean(string="Sanitize HTML Tags", default=True)
    sanitize_attributes = fields.Boolean(string="Sanitize HTML Attributes", default=True)
    sanitize_style = fields.Boolean(string="Sanitize HTML Style", default=False)
    sanitize_form = fields.Boolean(string="Sanitize HTML Form", default=True)
    strip_style = fields.Boolean(string="Strip Style Attribute", default=False)
    strip_classes = fields.Boolean(string="Strip Class Attribute", default=False)

    _sql_constraints = [
        ("name_unique", "UNIQUE(model, name)", "A model has at most one field of a name."),
        ("size_gt_zero", "CHECK (size>=0)", "The size of a field is zero or more."),
        (
            "name_manual_field",
            "CHECK (state != 'manual' OR name LIKE 'x\\_%')",
            "The name of a custom field starts with 'x_'.",
        ),
    ]

    # computed fields

    @api.depends("relation", "relation_field")
    def _compute_relation_field_id(self):
        """Find the record of the inverse field."""
        for field in self:
            known = field.state == "manual" and field.relation_field
            field.relation_field_id = known and self._get(field.relation, field.relation_field)

    @api.depends("related")
    def _compute_related_field_id(self):
        """Find the record of the related field."""
        for field in self:
            known = field.state == "manual" and field.related
            field.related_field_id = known and field._related_field()

    @api.depends("selection_ids")
    def _compute_selection(self):
        """Show the options as a list of pairs."""
        for field in self:
            if field.ttype in ("selection", "reference"):
                field.selection = str([(option.value, option.name) for option in field.selection_ids])
            else:
                field.selection = False

    def _inverse_selection(self):
        """Replace the options by those of the list."""
        # options are found by the name of their field, which may just have been created
        self.env.registry.clear_cache("stable")
        replace = self.env["ir.model.fields.selection"]._update_selection
        for field in self:
            replace(field.model, field.name, safe_eval(field.selection or "[]"))

    @api.depends("ttype", "related", "compute")
    def _compute_copied(self):
        """Copy what is neither computed nor owned."""
        follows = self.filtered(lambda field: field.related or field.compute or field.ttype == "one2many")
        follows.copied = False
        (self - follows).copied = True

    @api.depends()
    def _in_modules(self):
        """List the installed modules that the fields have external ids from."""
        modules = installed_modules_of(self)
        for field in self:
            field.modules = modules.get(field.id, "")

    @api.depends("field_description", "model")
    def _compute_display_name(self):
        """Tell label and model."""
        names = {
            model.model: model.name
            for model in self.env["ir.model"]
            .sudo()
            .search(
                [("model", "in", list(set(self.mapped("model"))))],
            )
        }
        for field in self:
            if self.env.context.get("hide_model"):
                field.display_name = field.field_description
            else:
                field.display_name = f"{field.field_description} ({names.get(field.model, field.model)})"

    # checks

    @api.constrains("domain")
    def _check_domain(self):
        """Refuse domains that are no literal expression."""
        for field in self:
            safe_eval(field.domain or "[]", {"uid": self.env.uid, "context": dict(self.env.context)})

    @api.constrains("name")
    def _check_name(self):
        """Refuse names that no column could have."""
        for field in self:
            models.check_pg_name(field.name)

    def _related_field(self):
        """Return the record of the field that the path in ``related`` ends at.

        :raise UserError: when the path cannot be followed
        """
        *links, last = self.related.split(".")
        model_name = self.model or self.model_id.model
        for link in links:
            model_name = self._found_on_path(model_name, link).relation
            if not model_name:
                raise UserError(
                    _(
                        "The path %(path)s of a related field goes through %(name)s, which is not a relation.",
                        name=link,
                        path=self.related,
                    )
                )
        return self._found_on_path(model_name, last)

    def _found_on_path(self, model_name, name):
        """Return the record of a field that the path in ``related`` names.

        :raise UserError: when there is none
        """
        found = self._get(model_name, name)
        if found:
            return found
        raise UserError(
            _(
                "The path %(path)s of a related field goes to %(name)s, which does not exist.",
                name=name,
                path=self.related,
            )
        )

    @api.constrains("related")
    def _check_related(self):
        """Refuse related fields that differ from their target in kind."""
        for field in self.filtered(lambda field: field.state == "manual" and field.related):
            target = field._related_field()
            kind = {name: target[name] for name in ("ttype", "relation") if target[name]}
            if any(field[name] != value for name, value in kind.items()):
                raise ValidationError(
                    _(
                        "Field %(field)s has to be of the same kind as %(path)s: %(kind)s.",
                        field=field.name,
                        path=field.related,
                        kind=" / ".join(kind.values()),
                    )
                )

    @api.onchange("related")
    def _onchange_related(self):
        """Take type and model of the related field over."""
        warning = None
        if self.related:
            try:
                target = self._related_field()
                self.update({"readonly": True, "ttype": target.ttype, "relation": target.relation})
            except UserError as error:
                warning = {"warning": {"title": _("No field to show"), "message": str(error)}}
        return warning

    @api.onchange("relation")
    def _onchange_relation(self):
        """Tell when there is no such model."""
        try:
            self._check_relation()
        except ValidationError as error:
            return {"warning": {"title": _("No model %s", self.relation), "message": str(error)}}
        return None

    @api.constrains("relation")
    def _check_relation(self):
        """Refuse relations to models that do not exist."""
        id_of = self.env["ir.model"]._get_id
        relations = self.filtered(lambda field: field.state == "manual").mapped("relation")
        unknown = [name for name in relations if name and not id_of(name)]
        if unknown:
            raise ValidationError(_("There is no model to point to that is called %s.", ", ".join(unknown)))

    @api.constrains("depends")
    def _check_depends(self):
        """Refuse dependencies that cannot be followed."""
        for record in self:
            for dotted in filter(None, map(str.strip, (record.depends or "").split(","))):
                model = self.env.get(record.model)
                for index, name in enumerate(dotted.split(".")):
                    if index and model is None:
                        raise ValidationError(
                            _("The dependency %s goes through a field that is not a relation.", dotted)
                        )
                    if name == "id":
                        raise ValidationError(_("No value can depend on id, which never changes."))
                    if model is None or name not in model._fields:
                        raise ValidationError(
                            _(
                                "The dependency %(path)s goes to %(name)s, which does not exist.",
                                name=name,
                                path=dotted,
                            )
                        )
                    field = model._fields[name]
                    model = self.env[field.comodel_name] if field.relational else None

    @api.onchange("compute")
    def _onchange_compute(self):
        """Computed fields are read-only as a rule."""
        if self.compute:
            self.readonly = True

    @api.constrains("relation_table")
    def _check_relation_table(self):
        """Refuse names that no table could have."""
        for field in self:
            if field.relation_table:
                models.check_pg_name(field.relation_table)

    @api.constrains("currency_field")
    def _check_currency_field(self):
        """Refuse monetary fields without a field for their currency."""
        for field in self:
            if field.state != "manual" or field.ttype != "monetary":
                continue
            name = field.currency_field
            currency = self._get(field.model, name or "currency_id") or (
                not name and self._get(field.model, "x_currency_id")
            )
            if not currency:
                raise ValidationError(
                    _(
                        "The monetary field %(field)s needs a field with its currency: %(name)s does not exist.",
                        field=field.name,
                        name=name or "currency_id",
                    )
                )
            if currency.ttype != "many2one" or currency.relation != "res.currency":
                raise ValidationError(
                    _("%s is no currency field: it has to be a many2one to res.currency.", currency.name)
                )

    @api.onchange("ttype", "model_id", "relation")
    def _onchange_ttype(self):
        """Propose the table and columns of a many2many field."""
        comodel_name = self.ttype == "many2many" and self.relation in self.env and self.relation
        self.update(self._relation_table_values(self.model_id.model, comodel_name))

    @api.onchange("relation_table")
    def _onchange_relation_table(self):
        """Take the columns of the field that already has this table, the other way round."""
        others = self.search([("ttype", "=", "many2many"), ("relation_table", "=", self.relation_table or "")], limit=1)
        if self.relation_table and others and others.name != self.name:
            self.column1, self.column2 = others.column2, others.column1

    @api.constrains("required", "ttype", "on_delete")
    def _check_on_delete_required_m2o(self):
        """Refuse to empty a required many2one when its target is deleted."""
        risky = [("ttype", "=", "many2one"), ("on_delete", "=", "set null"), ("required", "=", True)]
        emptied = self.filtered_domain(risky)
        if emptied:
            raise ValidationError(
                _(
                    "What is required cannot be emptied when the record it points to is deleted: choose to restrict or "
                    "cascade the deletion for %s.",
                    ", ".join(emptied.mapped("name")),
                )
            )

    def _many2many_names(self, model_name, comodel_name):
        """Return table and columns for a custom many2many field between two models."""
        first, second = sorted([model_name, comodel_name])
        table = f"x_{first}_{second}_rel".replace(".", "_")
        if model_name == comodel_name:
            return table, "id1", "id2"
        return table, f"{model_name}_id".replace(".", "_"), f"{comodel_name}_id".replace(".", "_")

    def _relation_table_values(self, model_name, comodel_name) -> dict:
        """Return the values that tell the table of a custom many2many field, all unset without two models."""
        names = self._many2many_names(model_name, comodel_name) if model_name and comodel_name else [False] * 3
        return dict(zip(("relation_table", "column1", "column2"), names, strict=True))

    # lookup

    @api.model
    def _get(self, model_name, name):
        """Return the (sudoed) record of a field, empty when there is none."""
        ids = self._get_ids(model_name) if model_name else {}
        return self.sudo().browse(ids.get(name))

    @ormcache("model_name", cache="stable")
    def _get_ids(self, model_name):
        """Return the ids of the fields of a model by name."""
        self.env.cr.execute(SQL("SELECT name, id FROM ir_model_fields WHERE model = %s", model_name))
        return dict(self.env.cr.fetchall())

    @ormcache("self.env.lang", "model_name", cache="stable")
    def _get_texts(self, model_name):
        """Return (label, help) of the fields of a model, in the language of the environment."""
        lang = self.env.lang or "en_US"
        self.flush_model(["field_description", "help"])
        self.env.cr.execute(
            SQL(
                """SELECT name, COALESCE(field_description->>%(lang)s, field_description->>'en_US'),
                      COALESCE(help->>%(lang)s, help->>'en_US')
                 FROM ir_model_fields WHERE model = %(model)s""",
                lang=lang,
                model=model_name,
            )
        )
        return {name: (label, text) for name, label, text in self.env.cr.fetchall()}

    @api.private
    @api.model
    def get_field_string(self, model_name):
        """Return the labels of the fields of a model, by field name, in the user's language."""
        return {name: label for name, (label, _help) in self._get_texts(model_name).items()}

    @api.private
    @api.model
    def get_field_help(self, model_name):
        """Return the help texts of the fields of a model, by field name, in the user's language."""
        return {name: text for name, (_label, text) in self._get_texts(model_name).items()}

    @api.private
    @api.model
    @ormcache("self.env.lang", "model_name", "field_name", cache="stable")
    def get_field_selection(self, model_name, field_name):
        """Return the options of a selection field as (value, label) pairs, in the user's language."""
        lang = self.env.lang or "en_US"
        self.env.cr.execute(
            SQL(
                """SELECT s.value, COALESCE(s.name->>%(lang)s, s.name->>'en_US')
                 FROM ir_model_fields_selection s JOIN ir_model_fields f ON f.id = s.field_id
                WHERE f.model = %(model)s AND f.name = %(name)s ORDER BY s.sequence, s.id""",
                lang=lang,
                model=model_name,
                name=field_name,
            )
        )
        return self.env.cr.fetchall()

    # changes

    def _drop_column(self):
        """Drop the columns and relation tables of the fields."""
        columns, relations = defaultdict(list), set()
        for field in self.filtered(lambda field: field.name not in models.MAGIC_COLUMNS and field.model in self.env):
            model = self.env[field.model]
            definition = model._fields.get(field.name)
            if definition is None or definition.inherited:
                continue
            if definition.type == "many2many" and definition.relation:
                relations.add(definition.relation)
            elif definition.store and definition.column_type:
                columns[model._table].append(SQL("DROP COLUMN IF EXISTS %s CASCADE", SQL.identifier(field.name)))
        for table, drops in columns.items():
            # a view may stand in for the table
            if sql.table_kind(self.env.cr, table) == sql.TableKind.Regular:
                self.env.cr.execute(SQL("ALTER TABLE %s %s", SQL.identifier(table), SQL(", ").join(drops)))
        self._drop_relation_tables(relations)

    def _drop_relation_tables(self, tables):
        """Drop those relation tables that no remaining field uses."""
        if not tables:
            return
        kept = {
            field.relation
            for model in self.env.values()
            for field in model._fields.values()
            if field.type == "many2many" and field.store and self._get(model._name, field.name) not in self
        }
        for table in tables - kept:
            self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s CASCADE", SQL.identifier(table)))
        self.env["ir.model.relation"].search([("name", "in", list(tables - kept))]).unlink()

    def _prepare_update(self):
        """Check that the fields may be changed or deleted: nothing depends on them, no view shows them.

        :raise UserError: when something does
        """
        uninstalling = self.env.context.get(MODULE_UNINSTALL_FLAG)
        if not uninstalling and any(field.state != "manual" for field in self):
            raise UserError(_("A field that comes from a module cannot be changed or removed here."))
        concerned = self | self._twins()
        inverses = self.search(
            [("state", "=", "manual"), ("ttype", "=", "one2many"), ("relation_field_id", "in", concerned.ids)]
        )
        dependants = (inverses | self.search([("related_field_id", "in", concerned.ids)])) - concerned
        if dependants and not uninstalling:
            raise UserError(
                _(
                    "Fields %(names)s cannot be changed or removed while %(dependants)s depend on them.",
                    names=", ".join(self.mapped("name")),
                    dependants=", ".join(dependants.mapped("name")),
                )
            )
        if self and not uninstalling:
            self.env["ir.ui.view"]._check_without_fields({(field.model, field.name) for field in self})
        return dependants

    def _twins(self):
        """Return the records of what other models have of the fields by delegation."""
        models_of_self = [(self.env[field.model], field.name) for field in self if field.model in self.env]
        own = {model._fields.get(name) for model, name in models_of_self} - {None}
        named = (model._fields.get(name) for model in self.env.values() for name in {field.name for field in own})
        inherited = (field for field in named if field is not None and field.inherited and field.base_field in own)
        return self.browse().union(*(self._get(field.model_name, field.name) for field in inherited))

    def unlink(self):
        """Delete the fields with their columns, and set the registry up without them.

        What other models inherit of them by delegation goes with them.
        """
        if not self:
            return True
        uninstalling = self.env.context.get(MODULE_UNINSTALL_FLAG)
        doomed = self | self._prepare_update()
        # values still to be written have a column until here
        self.env.flush_all()
        doomed._drop_column()
        doomed |= doomed._twins()
        model_names = set(doomed.mapped("model"))
        result = super(IrModelFields, doomed).unlink()
        if not uninstalling:
            self.env.flush_all()
            self.pool.setup_models(self.env.cr)
            self.pool.init_models(
                self.env.cr,
                self.pool.descendants(model_names & set(self.env), "_inherits"),
                dict(
                    self.env.context,
                    update_custom_fields=True,
                ),
            )
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """Create fields; custom ones join the registry and get a column."""
        ir_model = self.env["ir.model"]
        for vals in vals_list:
            if vals.get("model_id"):
                vals["model"] = ir_model.browse(vals["model_id"]).model
            self._fill_many2many(vals)
        created = super().create(vals_list)
        self.env.registry.clear_cache("stable")
        manual = created.filtered(lambda field: field.state == "manual")
        if manual and not self.env.context.get("_skip_setup"):
            self.env.flush_all()
            ir_model._set_up_registry(set(manual.mapped("model")))
            manual._check_set_up()
        return created

    def _fill_many2many(self, vals):
        """Complete the values of a custom many2many field with its table and columns."""
        if vals.get("ttype") == "many2many" and vals.get("relation") and not vals.get("relation_table"):
            vals.update(self._relation_table_values(vals["model"], vals["relation"]))

    def write(self, vals):
        """Update the fields; columns are renamed and the registry set up again as needed.

        :raise UserError: for changes to fields that code defines
        """
        if not self:
            return True
        structure = set(vals) - {"field_description", "help", "groups", "selection_ids", "sequence"}
        if structure and not self.env.context.get("install_mode") and any(field.state != "manual" for field in self):
            raise UserError(_("A field that comes from a module is changed by code: extend its model in a module."))
        if "model_id" in vals and any(field.model_id.id != vals["model_id"] for field in self):
            raise UserError(_("A field stays with its model."))
        if "ttype" in vals and any(field.ttype != vals["ttype"] for field in self):
            raise UserError(_("A field keeps its type: delete it and create another one instead."))
        renamed = self._prepare_renaming(vals)
        twins = renamed._twins()
        column = renamed._column()
        result = super().write(vals)
        if renamed:
            # what is wrong with the name is found before the column has it
            renamed.flush_recordset(["name"])
            twins._rename_twins(vals["name"])
            if column:
                sql.rename_column(self.env.cr, *column, vals["name"])
        self.env.registry.clear_cache("stable")
        manual = self.filtered(lambda field: field.state == "manual")
        if (manual and not self.env.context.get("_skip_setup")) or renamed:
            self.env["ir.model"]._set_up_registry(set(self.mapped("model")))
            if structure:
                manual._check_set_up()
        return result

    def _prepare_renaming(self, vals):
        """Return the field of ``self`` that ``vals`` give another name, after checking that it may have one.

        :raise UserError: when there are several, or something depends on the name
        """
        renamed = self.filtered(lambda field: "name" in vals and field.name != vals["name"])
        if len(renamed) > 1:
            raise UserError(_("Fields are renamed one by one."))
        if renamed:
            renamed._prepare_update()
            # values still to be written belong to the present name
            self.env.flush_all()
        return renamed

    def _column(self):
        """Return table and name of the column of a field, ``None`` when it has none."""
        model = self.env.get(self.model)
        definition = None if model is None else model._fields.get(self.name)
        return definition is not None and definition.store and definition.column_type and (model._table, self.name)

    def _rename_twins(self, name):
        """Give what other models inherit of a renamed field its name; it goes where they have another such field."""
        others = self.search([("model", "in", self.mapped("model")), ("name", "=", name)])
        hidden = self.filtered(lambda twin: twin.model in others.mapped("model"))
        super(IrModelFields, self - hidden).write({"name": name})
        super(IrModelFields, hidden).unlink()

    # description of the code

    def _reflect_field_params(self, field, model_id):
        """Return the columns that describe ``field`` of the model with id ``model_id``."""
        columns = describe(field)
        columns.update(model_id=model_id, model=field.model_name, name=field.name)
        columns.update(ttype=field.type, relation=field.comodel_name or None, size=getattr(field, "size", None))
        columns["state"] = "manual" if field.manual else "base"
        columns["selectable"] = bool(field.store or field.search)
        for name in ("translate", "group_expand"):
            columns[name] = bool(getattr(field, name, None))
        return columns

    def _reflect_fields(self, model_names):
        """Make the records of the fields of the named models describe them, and name them by external ids."""
        model_ids = {name: self.env["ir.model"]._get_id(name) for name in model_names}
        described = [field for name in model_names for field in self.env[name]._fields.values()]
        rows = [self._reflect_field_params(field, model_ids[field.model_name]) for field in described]
        ids = upsert(self.env.cr, "ir_model_fields", ("model", "name"), rows, translated=("field_description", "help"))
        self._link_related(model_names)
        self.invalidate_model(flush=False)
        self.env.registry.clear_cache("stable")
        module = self.env.context.get("module")
        if module:
            self.env["ir.model.data"]._update_xmlids(
                [
                    {
                        "xml_id": field_xmlid(module, field.model_name, field.name),
                        "record": self.browse(ids[field.model_name, field.name]),
                    }
                    for field in described
                    if self._is_brought_by(module, field)
                ]
            )

    def _link_related(self, model_names):
        """Point the records of one2many fields to those of their inverse fields."""
        self.env.cr.execute(
            SQL(
                """UPDATE ir_model_fields f SET relation_field_id = inverse.id FROM ir_model_fields inverse
                WHERE f.model = ANY(%s) AND f.relation_field IS NOT NULL AND inverse.model = f.relation
                  AND inverse.name = f.relation_field AND f.relation_field_id IS DISTINCT FROM inverse.id""",
                list(model_names),
            )
        )

    def _is_brought_by(self, module, field) -> bool:
        """Tell whether ``module`` defines or extends ``field``, makes its model, or adds a parent that has it."""
        if field.manual:
            return False
        model = self.env[field.model_name]
        if module == model._original_module or any(definition._module == module for definition in field._definitions):
            return True
        return any(
            origin == module and parent != "base" and field.name in self.env[parent]._fields
            for parent, origin in model._inherit_module.items()
        )
