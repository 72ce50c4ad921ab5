"""Fields that columns go into (IMP-25 to 27)."""

from unittest.mock import patch

from .common import ImportCase


class TestFieldsTree(ImportCase):
    def tree(self, model, **kwargs):
        """Return the offered fields by name."""
        return {item["name"]: item for item in self.env["base_import.import"].get_fields_tree(model, **kwargs)}

    def test_imp25_fields(self):
        tree = self.tree("res.partner")
        self.assertEqual(
            next(iter(tree.values())),
            {
                "id": "id",
                "name": "id",
                "string": "External ID",
                "required": False,
                "fields": [],
                "type": "id",
                "model_name": "res.partner",
            },
        )
        self.assertEqual(
            tree["email"],
            {
                "id": "email",
                "name": "email",
                "string": "Email",
                "required": False,
                "fields": [],
                "type": "char",
                "model_name": "res.partner",
            },
        )
        self.assertFalse({"create_uid", "write_date", "commercial_partner_id", "display_name"} & set(tree))

    def test_imp25_relations(self):
        tree = self.tree("res.country.state")
        self.assertEqual(tree["country_id"]["comodel_name"], "res.country")
        self.assertEqual(
            [(item["id"], item["name"], item["type"], item["required"]) for item in tree["country_id"]["fields"]],
            [("country_id", "id", "id", True), ("country_id", ".id", "id", True)],
        )
        with patch.object(self.registry["res.users"], "has_group", return_value=True):
            children = self.tree("res.partner")["child_ids"]["fields"]
        self.assertEqual((children[0]["name"], children[-1]["name"]), ("id", ".id"))
        self.assertNotIn("model_name", children[-1])
        self.assertEqual(list(self.tree("res.partner", depth=0)), ["id"])
        lines = next(item for item in children if item["name"] == "child_ids")
        deepest = next(item for item in lines["fields"] if item["name"] == "child_ids")
        self.assertEqual([item["name"] for item in deepest["fields"]], ["id", ".id"])
        children = self.tree("res.partner")["child_ids"]["fields"]
        self.assertNotIn(".id", [item["name"] for item in children])


class TestMatching(ImportCase):
    def setUp(self):
        super().setUp()
        self.wizard = self.env["base_import.import"].create({"res_model": "res.partner"})
        self.tree = [
            {"id": name, "name": name, "string": label, "type": kind, "required": False, "fields": below}
            for name, label, kind, below in (
                ("id", "External ID", "id", []),
                ("bob", "Robert", "char", []),
                ("size", "Height", "integer", []),
                (
                    "owner_id",
                    "Owner",
                    "many2one",
                    [{"id": "owner_id", "name": "id", "string": "External ID", "type": "id", "fields": []}],
                ),
            )
        ]

    def suggest(self, header, types=("all",), known=None):
        return self.wizard._get_mapping_suggestion(header, self.tree, list(types), known or {})

    def test_imp26_one_heading(self):
        self.assertEqual(self.wizard._get_mapping_suggestion("bob", [], ["all"], {}), {})
        self.assertEqual(self.suggest("BOB"), {"field_path": ["bob"], "distance": 0})
        self.assertEqual(self.suggest(" height ", ["char"]), {"field_path": ["size"], "distance": 0})
        found = self.suggest("bobe", ["char"])
        self.assertEqual(found["field_path"], ["bob"])
        self.assertAlmostEqual(found["distance"], 1 / 7)
        self.assertEqual(self.suggest("bobe", ["integer"]), {})
        self.assertEqual(self.suggest("unlike"), {})
        known = {"anything": "owner_id/id"}
        self.assertEqual(self.suggest("Anything", known=known), {"field_path": ["owner_id", "id"], "distance": -1})
        self.assertEqual(self.suggest("Ownr", ["many2one"])["field_path"], ["owner_id"])

    def test_imp26_paths(self):
        self.assertEqual(self.suggest("Owner / external id"), {"field_path": ["owner_id", "id"]})
        self.assertEqual(self.suggest("owner_id/unlike"), {})
        self.assertEqual(self.suggest("anything/id", known={"anything": "owner_id"}), {})

    def test_imp26_labels_in_english(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.make("Email,Courriel\na@example.com,b").with_context(lang="fr_FR")
        self.env["ir.model.fields"]._get("res.partner", "email").with_context(
            lang="fr_FR"
        ).field_description = "Courriel"
        tree = french.get_fields_tree("res.partner")
        for header in ("Email", "courriel"):
            found = french._get_mapping_suggestion(header, tree, ["all"], {})
            self.assertEqual(found["field_path"], ["email"])

    def test_imp27_one_column_for_a_field(self):
        headers = ["bobe", "bob", "owner/id", "unlike", "Owner/External ID"]
        types = {(index, header): ["all"] for index, header in enumerate(headers)}
        found = self.wizard._get_mapping_suggestions(headers, types, self.tree)
        self.assertEqual(
            found,
            {
                (1, "bob"): {"field_path": ["bob"], "distance": 0},
                (2, "owner/id"): {"field_path": ["owner_id", "id"]},
                (3, "unlike"): None,
                (4, "Owner/External ID"): {"field_path": ["owner_id", "id"]},
            },
        )
        self.assertEqual(self.wizard._get_mapping_suggestions([], {}, self.tree), {})

    def test_imp1_choices_are_remembered(self):
        self.execute(["email", "name"], "Kontakt,Wer\na@example.com,Ann", columns=["kontakt", "wer"], dryrun=True)
        mapping = self.env["base_import.mapping"].search([("res_model", "=", "res.partner")])
        self.assertEqual({line.column_name: line.field_name for line in mapping}, {"kontakt": "email", "wer": "name"})
        self.assertFalse(self.env["res.partner"].search([("email", "=", "a@example.com")]))
        self.execute(["name", "email"], "Kontakt,Wer\na@example.com,Ann", columns=["kontakt", "wer"], dryrun=True)
        self.assertEqual(mapping.exists().mapped("field_name"), ["name", "email"])
        preview = self.preview("WER,other,Kontakt\nx,y,z")
        self.assertEqual(preview["matches"], {0: ["email"], 2: ["name"]})
