"""Random programs on columns that keep more than one value, and on what is archived, next to plain dictionaries.

Languages, companies, currencies, archived lines, many2many from both sides, two levels of ``_inherits``, a stored
computed many2one with its one2many, properties, records in memory and onchange.
"""

import os

import pytest
from hypothesis import given, settings

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.sql_db import close_db

from .programs import SETTINGS, operations, run

#: programs of each kind; set RANDOM_PROGRAMS to run more
EXAMPLES = int(os.environ.get("RANDOM_PROGRAMS", "60"))
LANGUAGES = ("en_US", "fr_FR")
NAMES = ("red", "green", "blue")
DEFINITION = [
    {"name": "size", "type": "integer", "string": "Size"},
    {"name": "kind", "type": "selection", "string": "Kind", "selection": [["a", "A"], ["b", "B"]]},
]


@pytest.fixture(scope="module")
def world(databases):
    """A cursor on a database with a second language and a second company; everything is undone at the end."""
    name = databases.template("test_orm")
    cr = Registry(name).cursor()
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["res.lang"]._activate_lang("fr_FR")
    env["res.company"].create({"name": "Second"})
    env["res.currency"].with_context(active_test=False).search([("name", "in", ("EUR", "JPY"))]).active = True
    env.flush_all()
    yield cr
    cr.rollback()
    cr.close()
    close_db(name)


@pytest.fixture
def env(world):
    return api.Environment(world, SUPERUSER_ID, {})


class World:
    """What the kinds of programs share: choosing by number, forgetting and flushing."""

    def __init__(self, env):
        self.env = env

    @staticmethod
    def pick(keys, index):
        """Return one of ``keys`` by an arbitrary number, ``None`` when there are none."""
        keys = list(keys)
        return keys[index % len(keys)] if keys else None

    def flush(self, first, second, value):
        self.env.flush_all()

    def invalidate(self, first, second, value):
        self.env.invalidate_all()

    def check(self):
        """Compare everything with the dictionaries: as it is remembered, as it is stored, and the memory itself."""
        self.check_values()
        self.env.flush_all()
        self.env.cache.check(self.env)
        self.env.invalidate_all()
        self.check_values()


class Values(World):
    """Items whose columns keep a value by language, by company, or by the rounding of a currency."""

    def __init__(self, env):
        super().__init__(env)
        self.items: dict = {}
        self.labels: set = set()
        self.companies = env["res.company"].search([], limit=2, order="id").ids
        self.currencies = env["res.currency"].search([("name", "in", ("EUR", "JPY"))]).ids

    def item(self, id_, **context):
        return self.env["test_orm.item"].with_context(**context).browse(id_)

    def create(self, first, second, value):
        lang = LANGUAGES[first % 2]
        currency = self.pick([*self.currencies, None], second)
        item = (
            self.env["test_orm.item"]
            .with_context(lang=lang)
            .create({"name": f"n{value}", "currency_id": currency, "amount": value / 7})
        )
        # without a text of its own a language shows the source's; the language of the creation has one
        self.items[item.id] = {
            "name": {"en_US": f"n{value}", lang: f"n{value}"},
            "note": {},
            "currency": currency,
            "amount": self.rounded(value / 7, currency),
            "place": {},
            "helper": {},
        }

    def rounded(self, amount, currency):
        return self.env["res.currency"].browse(currency).round(amount) if currency else amount

    def rename(self, first, second, value):
        id_, lang = self.pick(self.items, first), LANGUAGES[second % 2]
        if id_:
            self.item(id_, lang=lang).name = f"{lang} {value}"
            self.items[id_]["name"][lang] = f"{lang} {value}"

    def rename_all(self, first, second, value):
        lang = LANGUAGES[second % 2]
        self.item(list(self.items), lang=lang).write({"name": f"all {value}"})
        for item in self.items.values():
            item["name"][lang] = f"all {value}"

    def forget_translations(self, first, second, value):
        id_ = self.pick(self.items, first)
        if id_:
            self.item(id_).update_field_translations("name", {"fr_FR": False})
            self.items[id_]["name"].pop("fr_FR", None)

    def annotate(self, first, second, value):
        id_, lang = self.pick(self.items, first), LANGUAGES[second % 2]
        if id_:
            self.item(id_, lang=lang).write({"note": f"{lang} {value}"})
            note = self.items[id_]["note"]
            if not note:
                # the first text is the source, too, once it is written
                self.env.flush_all()
                note["en_US"] = f"{lang} {value}"
            note[lang] = f"{lang} {value}"

    def forget_note(self, first, second, value):
        id_, lang = self.pick(self.items, first), LANGUAGES[second % 2]
        if id_:
            # no text in one language is none in any
            self.item(id_, lang=lang).note = False
            self.items[id_]["note"] = {}

    def pay(self, first, second, value):
        id_ = self.pick(self.items, first)
        if id_:
            self.item(id_).amount = value / 3
            self.items[id_]["amount"] = self.rounded(value / 3, self.items[id_]["currency"])

    def exchange(self, first, second, value):
        id_, currency = self.pick(self.items, first), self.pick(self.currencies, second)
        if id_:
            values = {"amount": value / 3, "currency_id": currency}
            self.item(id_).write(values if first % 2 else dict(reversed(values.items())))
            self.items[id_].update(amount=self.rounded(value / 3, currency), currency=currency)

    def settle(self, first, second, value):
        id_, company = self.pick(self.items, first), self.pick(self.companies, second)
        if id_:
            place = f"place {value}" if value % 4 else False
            self.item(id_).with_company(company).place = place
            self.items[id_]["place"][company] = place

    def settle_all(self, first, second, value):
        company = self.pick(self.companies, second)
        self.item(list(self.items)).with_company(company).write({"place": f"all {value}"})
        for item in self.items.values():
            item["place"][company] = f"all {value}"

    def make_label(self, first, second, value):
        self.labels.add(self.env["test_orm.label"].create({"name": NAMES[value % 3]}).id)

    def help(self, first, second, value):
        id_, company, label = self.pick(self.items, first), self.pick(self.companies, second), None
        if id_:
            label = self.pick(sorted(self.labels), value)
            self.item(id_).with_company(company).helper_id = label
            self.items[id_]["helper"][company] = label

    def delete_label(self, first, second, value):
        label = self.pick(sorted(self.labels), first)
        if label:
            self.env["test_orm.label"].browse(label).unlink()
            self.labels.discard(label)
            for item in self.items.values():
                item["helper"] = {company: one for company, one in item["helper"].items() if one != label}

    def copy(self, first, second, value):
        id_ = self.pick(self.items, first)
        if id_:
            company, lang = self.pick(self.companies, second), LANGUAGES[value % 2]
            copy = self.item(id_, lang=lang).with_company(company).copy()
            values = self.items[id_]
            mine = {name: {company: values[name].get(company, False)} for name in ("place", "helper")}
            # the language of the copy has texts of its own afterwards
            texts = {
                name: {**values[name], lang: self.shown(values[name], lang)} if values[name] else {}
                for name in ("name", "note")
            }
            self.items[copy.id] = {**values, **texts, **mine}

    def unlink(self, first, second, value):
        id_ = self.pick(self.items, first)
        if id_ and value % 3 == 0:
            self.item(id_).unlink()
            del self.items[id_]

    def read(self, first, second, value):
        self.item(list(self.items), lang=LANGUAGES[value % 2]).mapped(("name", "place", "amount", "note")[first % 4])

    def search(self, first, second, value):
        company, lang = self.pick(self.companies, second), LANGUAGES[value % 2]
        items = self.env["test_orm.item"].with_context(lang=lang).with_company(company)
        domain = [("id", "in", list(self.items))]
        expected = {id_ for id_, item in self.items.items() if not item["place"].get(company)}
        assert set(items.search([*domain, ("place", "=", False)]).ids) == expected
        expected = {id_ for id_, item in self.items.items() if self.shown(item["name"], lang).startswith("all")}
        assert set(items.search([*domain, ("name", "=like", "all%")]).ids) == expected

    @staticmethod
    def shown(texts, lang):
        return texts.get(lang) or texts.get("en_US") or False

    def check_values(self):
        for lang in LANGUAGES:
            for item in self.item(list(self.items), lang=lang):
                values = self.items[item.id]
                assert item.name == self.shown(values["name"], lang)
                assert item.note == self.shown(values["note"], lang)
                assert item.currency_id.id == (values["currency"] or False)
                assert item.amount == pytest.approx(values["amount"], abs=1e-9)
        for company in self.companies:
            for item in self.item(list(self.items)).with_company(company):
                assert item.place == (self.items[item.id]["place"].get(company) or False)
                assert item.helper_id.id == (self.items[item.id]["helper"].get(company) or False)


class Relations(World):
    """Items, archived or not, with lines, labels from both sides, and teams that are found by name."""

    def __init__(self, env):
        super().__init__(env)
        self.items: dict = {}
        self.labels: dict = {}
        self.links: set = set()
        self.teams = {name: env["test_orm.team"].create({"name": name}).id for name in NAMES}

    def item(self, ids, everything=False):
        if everything:
            # what waits is computed in the context of who reads it, which has no say in what is stored
            self.env.flush_all()
        return self.env["test_orm.item"].with_context(active_test=not everything).browse(ids)

    def kids(self, parent, everything=True):
        return [id_ for id_, item in self.items.items() if item["parent"] == parent and (everything or item["active"])]

    def ancestors(self, id_):
        while id_:
            yield id_
            id_ = self.items[id_]["parent"]

    def create(self, first, second, value):
        parent, team = self.pick(self.items, first) if second % 3 else None, self.pick((*NAMES, None), value)
        labels = [label for label in self.labels if label % 2 == value % 2]
        item = self.env["test_orm.item"].create(
            {
                "parent_id": parent,
                "active": bool(value % 4),
                "amount": float(value),
                "team_name": team,
                "label_ids": [Command.set(labels)],
            }
        )
        self.items[item.id] = {"parent": parent, "active": bool(value % 4), "amount": float(value), "team": team}
        self.links |= {(item.id, label) for label in labels}

    def create_label(self, first, second, value):
        items = [id_ for id_ in self.items if id_ % 2 == value % 2]
        label = self.env["test_orm.label"].create(
            {"name": NAMES[value % 3], "active": bool(first % 3), "item_ids": [Command.link(id_) for id_ in items]}
        )
        self.labels[label.id] = bool(first % 3)
        self.links |= {(id_, label.id) for id_ in items}

    def archive(self, first, second, value):
        id_ = self.pick(self.items, first)
        if id_:
            self.item(id_).active = bool(value % 2)
            self.items[id_]["active"] = bool(value % 2)

    def archive_label(self, first, second, value):
        label = self.pick(self.labels, first)
        if label:
            self.env["test_orm.label"].browse(label).toggle_active()
            self.labels[label] = not self.labels[label]

    def move(self, first, second, value):
        id_, parent = self.pick(self.items, first), self.pick(self.items, second)
        if id_ and id_ not in self.ancestors(parent):
            self.item(id_).parent_id = parent
            self.items[id_]["parent"] = parent

    def pay(self, first, second, value):
        id_ = self.pick(self.items, first)
        if id_:
            self.item(id_).write({"amount": value})
            self.items[id_]["amount"] = float(value)

    def join(self, first, second, value):
        id_, team = self.pick(self.items, first), self.pick((*NAMES, None), value)
        if id_:
            self.item(id_).team_name = team
            self.items[id_]["team"] = team

    def set_kids(self, first, second, value):
        parent, everything = self.pick(self.items, first), bool(value % 2)
        if parent:
            shown = self.kids(parent, everything)
            kept = shown[: second % 3]
            self.item(parent, everything).kid_ids = [Command.set(kept)] if kept else [Command.clear()]
            for id_ in set(shown) - set(kept):
                self.items[id_]["parent"] = None

    def add_kid(self, first, second, value):
        parent = self.pick(self.items, first)
        if parent:
            item = self.item(parent)
            item.write({"kid_ids": [Command.create({"amount": value, "team_name": self.pick(NAMES, second)})]})
            [new] = set(item.with_context(active_test=False).kid_ids.ids) - set(self.kids(parent))
            self.items[new] = {
                "parent": parent,
                "active": True,
                "amount": float(value),
                "team": self.pick(NAMES, second),
            }

    def set_labels(self, first, second, value):
        id_, everything = self.pick(self.items, first), bool(value % 2)
        if id_:
            shown = {label for other, label in self.links if other == id_ and (everything or self.labels[label])}
            kept = {label for label in self.labels if label % 3 == second % 3 and (everything or self.labels[label])}
            self.item(id_, everything).label_ids = [Command.set(sorted(kept))]
            self.links -= {(id_, label) for label in shown}
            self.links |= {(id_, label) for label in kept}

    def set_items(self, first, second, value):
        label, everything = self.pick(self.labels, first), bool(value % 2)
        if label:
            shown = {id_ for id_, other in self.links if other == label and (everything or self.items[id_]["active"])}
            removed = [id_ for id_ in sorted(shown) if id_ % 2 == second % 2]
            record = self.env["test_orm.label"].with_context(active_test=not everything).browse(label)
            record.item_ids -= self.item(removed)
            self.links -= {(id_, label) for id_ in removed}

    def unlink(self, first, second, value):
        id_ = self.pick(self.items, first)
        if id_ and value % 3 == 0:
            self.item(id_).unlink()
            del self.items[id_]
            for item in self.items.values():
                item["parent"] = None if item["parent"] == id_ else item["parent"]
            self.links = {(other, label) for other, label in self.links if other != id_}

    def unlink_label(self, first, second, value):
        label = self.pick(self.labels, first)
        if label and value % 3 == 0:
            self.env["test_orm.label"].browse(label).unlink()
            del self.labels[label]
            self.links = {(id_, other) for id_, other in self.links if other != label}

    def read(self, first, second, value):
        self.item(list(self.items), bool(first % 2)).mapped(
            ("kid_ids", "label_ids", "team_id.member_ids", "kids_amount")[value % 4]
        )

    def search(self, first, second, value):
        label = self.pick(self.labels, first)
        if label:
            domain = [("id", "in", list(self.items)), ("label_ids", "in", [label])]
            found = self.item([], True).search(domain)
            assert set(found.ids) == {id_ for id_, other in self.links if other == label}

    def check_values(self):
        for everything in (True, False):
            for item in self.item(list(self.items), everything):
                kids = self.kids(item.id, everything)
                assert set(item.kid_ids.ids) == set(kids)
                labels = {label for id_, label in self.links if id_ == item.id and (everything or self.labels[label])}
                assert set(item.label_ids.ids) == labels
                # what is stored does not depend on who reads it
                amounts = [self.items[kid]["amount"] for kid in self.kids(item.id, everything=False)]
                assert item.kids_amount == pytest.approx(sum(amounts))
                assert item.team_id.id == self.teams.get(self.items[item.id]["team"], False)
        for name, team in self.teams.items():
            members = {id_ for id_, item in self.items.items() if item["team"] == name and item["active"]}
            record = self.env["test_orm.team"].browse(team)
            assert set(record.member_ids.ids) == members
            assert record.size == len(members)
        for label in self.env["test_orm.label"].with_context(active_test=False).browse(self.labels):
            assert set(label.item_ids.ids) == {id_ for id_, other in self.links if other == label.id}


class Inherited(World):
    """Campaigns over postings over messages: what belongs to the lower ones is theirs."""

    def __init__(self, env):
        super().__init__(env)
        self.messages: dict = {}
        self.postings: dict = {}
        self.campaigns: dict = {}

    def create_message(self, first, second, value):
        message = self.env["test_orm.message"].create({"body": f"m{value}", "level": second})
        self.messages[message.id] = {"body": f"m{value}", "level": second}

    def create_campaign(self, first, second, value):
        message, posting = self.pick(self.messages, first), self.pick(self.postings, second)
        given = {"posting_id": posting} if value % 3 == 1 and posting else {}
        if value % 3 == 2 and message:
            given = {"message_id": message}
        campaign = self.env["test_orm.campaign"].create({"count": value, "body": f"b{value}", **given})
        posting, message = campaign.posting_id, campaign.message_id
        self.campaigns[campaign.id] = {"count": value, "posting": posting.id}
        if "posting_id" in given:
            assert posting.id == given["posting_id"]
        else:
            self.postings[posting.id] = {"address": False, "message": message.id}
        if not given:
            assert message.id not in self.messages
            self.messages[message.id] = {"level": 1}
        else:
            assert message.id in self.messages
        self.messages[message.id]["body"] = f"b{value}"

    def write_body(self, first, second, value):
        store, model = ((self.messages, "message"), (self.postings, "posting"), (self.campaigns, "campaign"))[value % 3]
        id_ = self.pick(store, first)
        if id_:
            record = self.env[f"test_orm.{model}"].browse(id_)
            if second % 2:
                record.body = f"w{value}"
            else:
                record.write({"body": f"w{value}", "level": value})
            message = self.message_of(model, id_)
            self.messages[message]["body"] = f"w{value}"
            if not second % 2:
                self.messages[message]["level"] = value

    def message_of(self, model, id_):
        if model == "campaign":
            model, id_ = "posting", self.campaigns[id_]["posting"]
        return self.postings[id_]["message"] if model == "posting" else id_

    def write_address(self, first, second, value):
        campaign = self.pick(self.campaigns, first)
        if campaign:
            self.env["test_orm.campaign"].browse(campaign).write({"address": f"a{value}", "count": value})
            self.campaigns[campaign]["count"] = value
            self.postings[self.campaigns[campaign]["posting"]]["address"] = f"a{value}"

    def change_posting(self, first, second, value):
        campaign, posting = self.pick(self.campaigns, first), self.pick(self.postings, second)
        if campaign:
            self.env["test_orm.campaign"].browse(campaign).posting_id = posting
            self.campaigns[campaign]["posting"] = posting

    def copy(self, first, second, value):
        """A copy has copies of what it delegates to, unless it is given other ones."""
        campaign = self.pick(self.campaigns, first)
        if campaign:
            posting = self.pick(self.postings, second) if value % 2 else None
            copy = self.env["test_orm.campaign"].browse(campaign).copy({"posting_id": posting} if posting else None)
            known = self.campaigns[campaign]
            self.campaigns[copy.id] = {**known, "posting": copy.posting_id.id}
            if posting:
                assert copy.posting_id.id == posting
                return
            assert copy.posting_id.id not in self.postings and copy.message_id.id not in self.messages
            self.postings[copy.posting_id.id] = {**self.postings[known["posting"]], "message": copy.message_id.id}
            self.messages[copy.message_id.id] = dict(self.messages[self.message_of("campaign", campaign)])

    def search_level(self, first, second, value):
        domain = [("level", ">", value), ("id", "in", list(self.campaigns))]
        above = {id_ for id_ in self.campaigns if self.messages[self.message_of("campaign", id_)]["level"] > value}
        model = self.env["test_orm.campaign"]
        assert set(model.search(domain).ids) == above == set(model.browse(self.campaigns).filtered_domain(domain).ids)

    def unlink_message(self, first, second, value):
        message = self.pick(self.messages, first)
        if message and value % 3 == 0:
            self.env["test_orm.message"].browse(message).unlink()
            self.env.invalidate_all()
            del self.messages[message]
            self.postings = {id_: one for id_, one in self.postings.items() if one["message"] != message}
            self.campaigns = {id_: one for id_, one in self.campaigns.items() if one["posting"] in self.postings}

    def in_memory(self, first, second, value):
        """A record in memory has parents in memory: nothing of it reaches the stored ones."""
        campaign = self.pick(self.campaigns, first)
        if campaign:
            # a draft of before keeps what it saw
            self.env.invalidate_all()
            stored = self.env["test_orm.campaign"].browse(campaign)
            draft = self.env["test_orm.campaign"].new(origin=stored)
            assert draft.body == stored.body
            draft.count = value
            draft.address = "elsewhere"
            assert draft.address == "elsewhere" and not draft.id

    def check_values(self):
        for record in self.env["test_orm.campaign"].browse(self.campaigns):
            values = self.campaigns[record.id]
            posting = self.postings[values["posting"]]
            message = self.messages[posting["message"]]
            assert (record.count, record.posting_id.id) == (values["count"], values["posting"])
            assert (record.address, record.message_id.id) == (posting["address"], posting["message"])
            assert (record.body, record.level) == (message["body"], message["level"])
            assert record.length == record.message_id.length == len(message["body"])
        model = self.env["test_orm.campaign"]
        for body in {message["body"] for message in self.messages.values()}:
            expected = {
                id_ for id_ in self.campaigns if self.messages[self.message_of("campaign", id_)]["body"] == body
            }
            assert set(model.search([("body", "=", body), ("id", "in", list(self.campaigns))]).ids) == expected


class Drafts(World):
    """Items in memory: what is done to them shows in them alone, until it is written."""

    def __init__(self, env):
        super().__init__(env)
        self.stored: dict = {}
        #: key -> (draft, values); drafts of one record are one draft
        self.drafts: dict = {}

    def create(self, first, second, value):
        parent = self.pick(self.stored, first) if second % 2 else None
        item = self.env["test_orm.item"].create(
            {"name": f"n{value}", "parent_id": parent, "amount": value, "definition": DEFINITION}
        )
        if parent:
            item.properties = {"size": value, "kind": "a"}
        self.stored[item.id] = {
            "name": f"n{value}",
            "parent": parent,
            "amount": float(value),
            "size": value if parent else None,
        }

    def draft(self, first, second, value):
        origin = self.pick(self.stored, first)
        if origin:
            record = self.env["test_orm.item"].browse(origin)
            draft = self.env["test_orm.item"].new(origin=record)
            values = self.drafts.get(origin, (draft, self.stored[origin]))[1]
            self.drafts[origin] = draft, {"name": values["name"], "amount": values["amount"]}

    def draft_of_nothing(self, first, second, value):
        parent = self.pick(self.stored, first)
        draft = self.env["test_orm.item"].new({"name": f"d{value}", "amount": value, "parent_id": parent})
        self.drafts[draft.id] = draft, {"name": f"d{value}", "amount": float(value)}

    def change_draft(self, first, second, value):
        picked = self.pick(self.drafts.values(), first)
        if picked:
            draft, values = picked
            draft.name = values["name"] = f"changed {value}"
            draft.amount = values["amount"] = float(value)

    def add_kid(self, first, second, value):
        picked = self.pick(self.drafts.values(), first)
        if picked:
            draft, _values = picked
            before = draft.kids_amount
            draft.kid_ids += self.env["test_orm.item"].new({"amount": value})
            assert draft.kids_amount == pytest.approx(before + value)

    def change_properties(self, first, second, value):
        id_ = self.pick([id_ for id_, item in self.stored.items() if item["parent"]], first)
        if id_:
            self.env["test_orm.item"].browse(id_).write({"properties": {"size": value, "kind": "b"}})
            self.stored[id_]["size"] = value

    def onchange(self, first, second, value):
        id_ = self.pick(self.stored, first)
        if id_:
            record = self.env["test_orm.item"].browse(id_)
            asked = {"team_name": {}, "note": {}, "name": {}}
            changed = record.onchange({"team_name": NAMES[value % 3], "name": "x"}, ["team_name"], asked)
            assert NAMES[value % 3] in changed["value"]["note"]
            # drafts end with the request, and an onchange is one
            self.invalidate(0, 0, 0)

    def onchange_lines(self, first, second, value):
        """What is computed from lines follows those that a form changes, adds and takes away."""
        id_ = self.pick(self.stored, first)
        if id_:
            # a draft of the same record would be the one that the form works on
            self.invalidate(0, 0, 0)
            record = self.env["test_orm.item"].browse(id_)
            kids = [kid for kid, item in self.stored.items() if item["parent"] == id_]
            amounts = {kid: self.stored[kid]["amount"] for kid in kids}
            commands = [Command.create({"amount": value}) for _index in range(second % 3)]
            if kids:
                commands.append((Command.UPDATE, kids[0], {"amount": value + 1}))
                amounts[kids[0]] = value + 1
            if len(kids) > 1:
                commands.append(Command.unlink(kids[-1]))
                del amounts[kids[-1]]
            total = sum(amounts.values()) + value * (second % 3)
            asked = {"kid_ids": {"fields": {"amount": {}}}, "kids_amount": {}}
            changed = record.onchange({"kid_ids": commands}, ["kid_ids"], asked)
            assert changed["value"].get("kids_amount", record.kids_amount) == pytest.approx(total)
            self.invalidate(0, 0, 0)

    def save_draft(self, first, second, value):
        picked = self.pick([pair for pair in self.drafts.values() if not pair[0]._origin], first)
        if picked:
            draft, values = picked
            item = self.env["test_orm.item"].create(
                {"name": draft.name, "amount": draft.amount, "definition": DEFINITION}
            )
            self.stored[item.id] = {**values, "parent": None, "size": None}

    def write(self, first, second, value):
        id_ = self.pick(self.stored, first)
        if id_:
            self.env["test_orm.item"].browse(id_).amount = value
            self.stored[id_]["amount"] = float(value)
            # a draft shows what is stored until it has a value of its own
            self.drafts.pop(id_, None)

    def invalidate(self, first, second, value):
        """Drafts live in memory alone: forgetting everything ends them."""
        self.env.invalidate_all()
        self.drafts.clear()

    def check(self):
        for draft, values in self.drafts.values():
            assert (draft.name, draft.amount) == (values["name"], values["amount"])
            assert not draft.id
        super().check()

    def check_values(self):
        for item in self.env["test_orm.item"].browse(self.stored):
            values = self.stored[item.id]
            assert (item.name, item.amount) == (values["name"], values["amount"])
            assert item.parent_id.id == (values["parent"] or False)
            if values["size"] is not None:
                assert item.properties["size"] == (values["size"] or 0)
            amounts = [kid["amount"] for kid in self.stored.values() if kid["parent"] == item.id]
            assert item.kids_amount == pytest.approx(sum(amounts))


@settings(SETTINGS, max_examples=EXAMPLES)
@given(steps=operations(Values))
def test_values(env, steps):
    run(Values, env, [("create", 0, 0, 1), ("create", 1, 1, 2), *steps])


@settings(SETTINGS, max_examples=EXAMPLES)
@given(steps=operations(Relations))
def test_relations(env, steps):
    start = [("create_label", 1, 0, 1), ("create", 0, 0, 1), ("create", 0, 1, 2), ("create_label", 0, 0, 2)]
    run(Relations, env, [*start, *steps])


@settings(SETTINGS, max_examples=EXAMPLES)
@given(steps=operations(Inherited))
def test_inherited(env, steps):
    run(Inherited, env, [("create_message", 0, 0, 1), ("create_campaign", 0, 0, 3), *steps])


@settings(SETTINGS, max_examples=EXAMPLES)
@given(steps=operations(Drafts))
def test_drafts(env, steps):
    run(Drafts, env, [("create", 0, 0, 1), ("create", 0, 1, 2), *steps])
