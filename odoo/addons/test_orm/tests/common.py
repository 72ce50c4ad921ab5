"""What several tests of the ORM begin with."""

from odoo.tests import TransactionCase


class TranslatedCase(TransactionCase):
    """A record with translated fields, in English as ``record``, in French as ``fr`` and in Dutch as ``nl``."""

    @classmethod
    def setUpClass(cls):
        """Activate the languages and make the record."""
        super().setUpClass()
        for code in ("fr_FR", "nl_NL"):
            cls.env["res.lang"]._activate_lang(code)
        cls.Model = cls.env["test_orm.translated"]
        cls.record = cls.Model.create({"name": "Knife", "terms": "Fork and Spoon"})
        cls.fr = cls.record.with_context(lang="fr_FR")
        cls.nl = cls.record.with_context(lang="nl_NL")
