"""Texts that are hard to translate: many alphabets, and quotes of catalogues."""

from odoo.tests import BaseCase, TransactionCase
from odoo.tools.translate import quote, unquote

#: letters, digits, marks and pictures of many scripts, from one to four bytes in UTF-8
SPECIAL_CHARACTERS = " àñßøŁş ĳſ ΛμΩ Ждя אבג عربي हिन्दी ไทย ქარ 漢字 ひらカタ 한글 ½²№ “„‘«¿ ←↔ ∑√≠ €₹₿ ☀★☎ 𝔘𐍈 🐘🧭"


class TestQuotes(BaseCase):
    """Texts in catalogues stand between quotes, a line of the text on a line of its own."""

    def test_2_5_12_quote(self):
        self.assertEqual(quote("plain"), '"plain"')
        self.assertEqual(quote('say "a\\b"'), r'"say \"a\\b\""')
        self.assertEqual(quote("one\ntwo"), '"one\\n"\n"two"')
        self.assertEqual(quote("one\n"), '"one\\n"\n""')
        self.assertEqual(quote(""), '""')

    def test_2_5_12_there_and_back(self):
        texts = ["", "\n", '"', "\\", "\\n", "\\\\n\n", 'a\t"b"\r\n\n \\"\\', r"\t\r", SPECIAL_CHARACTERS]
        for text in texts:
            with self.subTest(text):
                self.assertEqual(unquote(quote(text)), text)
                # lines joined by whoever read them
                self.assertEqual(unquote(quote(text).replace('"\n"', "")), text)


class TestSpecialCharacters(TransactionCase):
    """They are stored, searched and read as they are."""

    def test_names(self):
        tag = self.env["res.partner.category"].create({"name": SPECIAL_CHARACTERS})
        tag.flush_recordset()
        tag.invalidate_recordset()
        self.assertEqual(tag.name, SPECIAL_CHARACTERS)
        self.assertEqual(tag.search([("name", "=", SPECIAL_CHARACTERS)]), tag)
        self.assertIn(tag, tag.search([("name", "ilike", SPECIAL_CHARACTERS[-9:])]))
        self.assertEqual({len(char.encode()) for char in SPECIAL_CHARACTERS}, {1, 2, 3, 4})
