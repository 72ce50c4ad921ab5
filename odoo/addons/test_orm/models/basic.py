"""Small models that the others refer to."""

from odoo import fields, models


class Tag(models.Model):
    _name = "test_orm.tag"
    _description = "Tag"
    _order = "name, id"

    name = fields.Char(required=True)
    color = fields.Integer()
    active = fields.Boolean(default=True)
    person_ids = fields.Many2many("test_orm.person", string="Persons")

    _sql_constraints = [
        ("color_positive", "CHECK(color >= 0)", "The color of a tag must not be negative."),
    ]


class Person(models.Model):
    _name = "test_orm.person"
    _description = "Person"
    _order = "name, id"
    _rec_names_search = ["name", "email"]

    name = fields.Char(required=True, index="trigram")
    email = fields.Char(index="btree_not_null")
    code = fields.Char(copy=False, index=True)
    active = fields.Boolean(default=True)
    birthday = fields.Date()
    age = fields.Integer()
    country_id = fields.Many2one("res.country", index="btree")
    boss_id = fields.Many2one("test_orm.person", string="Boss", ondelete="set null")
    team_ids = fields.One2many("test_orm.person", "boss_id", string="Team")
    tag_ids = fields.Many2many("test_orm.tag", string="Tags")
    company_id = fields.Many2one("res.company")

    _sql_constraints = [
        ("code_unique", "UNIQUE(code)", "Two persons cannot have the same code."),
    ]


class NoName(models.Model):
    """A model without a field to name its records by."""

    _name = "test_orm.nameless"
    _description = "Nameless"

    value = fields.Integer()


class Labelled(models.Model):
    """A model whose records are named by another field, or by the older method."""

    _name = "test_orm.labelled"
    _description = "Labelled"
    _rec_name = "label"
    _fold_name = "is_folded"

    label = fields.Char()
    is_folded = fields.Boolean()


class Hidden(models.Model):
    """A model that has its own field to archive records."""

    _name = "test_orm.hidden"
    _description = "Hidden"
    _active_name = "x_active"

    name = fields.Char()
    x_active = fields.Boolean(default=True)


class Renamed(models.Model):
    """Own table, no log fields, and a parent field with another name."""

    _name = "test_orm.renamed"
    _description = "Renamed"
    _table = "test_orm_other_table"
    _log_access = False
    _parent_name = "above_id"
    _order = "sequence desc, id"

    name = fields.Char()
    sequence = fields.Integer()
    above_id = fields.Many2one("test_orm.renamed")


class Report(models.Model):
    """A model that reads a query in place of a table."""

    _name = "test_orm.report"
    _description = "Report"
    _auto = False
    _depends = {"test_orm.person": ["name", "age", "active"]}

    name = fields.Char(readonly=True)
    age = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        return "SELECT id, name, age FROM test_orm_person WHERE active"


class View(models.Model):
    """A model on a database view that its ``init`` makes."""

    _name = "test_orm.view"
    _description = "View"
    _auto = False

    name = fields.Char(readonly=True)
    tag_count = fields.Integer(readonly=True)

    def init(self):
        self.env.cr.execute("""
            CREATE OR REPLACE VIEW test_orm_view AS
            SELECT p.id, p.name, count(r.test_orm_tag_id)::int4 AS tag_count
              FROM test_orm_person p
         LEFT JOIN test_orm_person_test_orm_tag_rel r ON r.test_orm_person_id = p.id
          GROUP BY p.id, p.name
        """)


class Hooked(models.Model):
    """Counts how often its hook ran."""

    _name = "test_orm.hooked"
    _description = "Hooked"

    name = fields.Char()

    def _register_hook(self):
        super()._register_hook()
        type(self)._hook_calls = getattr(type(self), "_hook_calls", 0) + 1


class NotRegistered(models.Model):
    """A class that is only there to be a base class."""

    _register = False
    _name = "test_orm.not_registered"
    _description = "Not registered"

    name = fields.Char()


class Registered(NotRegistered):
    _name = "test_orm.registered"
    _description = "Registered"
    _register = True
