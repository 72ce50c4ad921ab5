"""Records to search and group: a tree that also has links to itself, related fields, lines found by a number."""

from odoo import api, fields, models


class SearchTag(models.Model):
    _name = "test_orm.search.tag"
    _description = "Tag of what is searched"
    _order = "name, id"

    name = fields.Char(index="trigram", translate=True)


class SearchItem(models.Model):
    """A record that leads to records of its own model in all ways."""

    _name = "test_orm.search.item"
    _description = "Item to search"
    _order = "name, id"

    name = fields.Char()
    number = fields.Integer()
    day = fields.Date()
    moment = fields.Datetime()
    state = fields.Selection([("a", "Alpha"), ("b", "Beta")])
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one("test_orm.search.item")
    kid_ids = fields.One2many("test_orm.search.item", "parent_id")
    all_kid_ids = fields.One2many("test_orm.search.item", "parent_id", context={"active_test": False})
    buddy_ids = fields.Many2many("test_orm.search.item", "test_orm_search_buddy", "item_id", "buddy_id")
    all_buddy_ids = fields.Many2many(
        "test_orm.search.item", "test_orm_search_buddy", "item_id", "buddy_id", context={"active_test": False}
    )
    tag_ids = fields.Many2many("test_orm.search.tag")
    part_ids = fields.One2many("test_orm.search.part", "item_id")
    parent_name = fields.Char(related="parent_id.name")
    parent_number = fields.Integer(related="parent_id.number")
    parent_day = fields.Date(related="parent_id.day")
    parent_moment = fields.Datetime(related="parent_id.moment")
    parent_state = fields.Selection(related="parent_id.state")
    parent_tag_ids = fields.Many2many(related="parent_id.tag_ids")
    grand_id = fields.Many2one(related="parent_id.parent_id")
    grand_name = fields.Char(related="grand_id.name")
    shown_name = fields.Char(related="parent_id.name", related_sudo=False)
    kid_name = fields.Char(related="kid_ids.name")
    twin_name = fields.Char(compute="_compute_twin_name")
    twin_day = fields.Date(compute="_compute_twin_name", search="_search_twin_day")

    @api.depends("name", "day")
    def _compute_twin_name(self):
        for item in self:
            item.twin_name = item.name
            item.twin_day = item.day

    def _search_twin_day(self, operator, value):
        return [("day", operator, value)]


class SearchPart(models.Model):
    """A line whose parent is the record it belongs to: it has no tree of its own."""

    _name = "test_orm.search.part"
    _description = "Part of an item"
    _parent_name = "item_id"

    name = fields.Char()
    item_id = fields.Many2one("test_orm.search.item")


class SearchMail(models.Model):
    """An item by inheritance: its fields come from a joined table."""

    _name = "test_orm.search.mail"
    _description = "Item with an address"
    _inherits = {"test_orm.search.item": "item_id"}

    item_id = fields.Many2one("test_orm.search.item", required=True, ondelete="cascade")
    address = fields.Char()


class SearchBook(models.Model):
    _name = "test_orm.search.book"
    _description = "Book"

    name = fields.Char()
    edition_ids = fields.One2many("test_orm.search.edition", "res_id", domain=[("res_model", "=", "book")])


class SearchEdition(models.Model):
    """What belongs to a book or to something else with the same number."""

    _name = "test_orm.search.edition"
    _description = "Edition"

    name = fields.Char()
    res_model = fields.Char()
    res_id = fields.Integer()
