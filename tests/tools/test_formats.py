"""Numbers, dates and lists in the language of the user; small functions on text."""

from datetime import date, datetime, time, timedelta
from operator import lt
from types import SimpleNamespace

import pytest

from odoo.tools import (
    babel_locale_parse,
    format_amount,
    format_date,
    format_datetime,
    format_duration,
    format_list,
    format_time,
    formatLang,
    get_lang,
    human_size,
    mod10r,
    natural_number,
    parse_date,
    parse_version,
    posix_to_ldml,
    py_to_js_locale,
    remove_accents,
    str2bool,
    street_split,
)
from odoo.tools.barcode import check_barcode_encoding, get_barcode_check_digit
from odoo.tools.misc import _format_time_ago, format_decimalized_amount, format_decimalized_number, get_flag
from odoo.tools.osutil import clean_filename
from odoo.tools.urls import urljoin

LANGS = {
    "en_US": SimpleNamespace(
        code="en_US",
        date_format="%m/%d/%Y",
        time_format="%H:%M:%S",
        short_time_format="%H:%M",
        grouping="[3,0]",
        decimal_point=".",
        thousands_sep=",",
    ),
    "fr_FR": SimpleNamespace(
        code="fr_FR",
        date_format="%d/%m/%Y",
        time_format="%H:%M:%S",
        short_time_format="%H:%M",
        grouping="[3,0]",
        decimal_point=",",
        thousands_sep="\u202f",
    ),
    "en_IN": SimpleNamespace(
        code="en_IN",
        date_format="%d %B",
        time_format="%I:%M %p",
        short_time_format="%H:%M",
        grouping="[3,2,0]",
        decimal_point=".",
        thousands_sep=",",
    ),
}


class Langs:
    def get_installed(self):
        return [(code, code) for code in LANGS]

    def _get_data(self, code):
        return LANGS[code]


class Precisions:
    def precision_get(self, name):
        return {"Product Price": 3}[name]


class Env(dict):
    def __init__(self, **context):
        super().__init__({"res.lang": Langs(), "decimal.precision": Precisions()})
        self.context = context
        partner = SimpleNamespace(lang="en_US")
        partner.sudo = lambda: partner
        self.company = SimpleNamespace(partner_id=partner)
        self.user = SimpleNamespace(tz="Europe/Brussels")


class Currency(SimpleNamespace):
    def round(self, amount):
        return round(amount, self.decimal_places)


EURO = Currency(symbol="€", position="after", decimal_places=2)
DOLLAR = Currency(symbol="$", position="before", decimal_places=2)


def test_language_is_chosen_among_the_installed():
    assert get_lang(Env(lang="fr_FR")).code == "fr_FR"
    assert get_lang(Env(lang="fr_FR"), "en_IN").code == "en_IN"
    assert get_lang(Env(lang="xx_XX")).code == "en_US"
    assert babel_locale_parse("xx_YY").language == "en"
    assert str(babel_locale_parse("pt_BR")) == "pt_BR"


def test_numbers():
    assert formatLang(Env(lang="en_US"), 1234567.891) == "1,234,567.89"
    assert formatLang(Env(lang="fr_FR"), -1234.5) == "-1\u202f234,50"
    assert formatLang(Env(lang="en_IN"), 12345678) == "1,23,45,678.00"
    assert formatLang(Env(), 1234.5, grouping=False, digits=1) == "1234.5"
    assert formatLang(Env(lang="fr_FR"), -1234.5, grouping=False) == "-1234.50"
    assert formatLang(Env(), 1.23456, dp="Product Price") == "1.235"
    assert formatLang(Env(), 5, currency_obj=EURO) == "5.00\xa0€"
    assert formatLang(Env(), 5, currency_obj=DOLLAR) == "$\xa05.00"
    assert formatLang(Env(), "") == ""
    assert formatLang(Env(), -0.001) == "0.00"
    assert formatLang(Env(), 1234567, rounding_unit="thousands") == "1,235"
    assert formatLang(Env(), 0.125) == "0.12"
    assert formatLang(Env(), 0.125, rounding_method="HALF-UP") == "0.13"


def test_amounts():
    assert format_amount(Env(lang="en_US"), 1234.5, DOLLAR) == "$\xa01,234.50"
    assert format_amount(Env(lang="fr_FR"), -7, EURO) == "-\ufeff7,00\xa0€"
    assert format_decimalized_number(123456) == "123.5k"
    assert format_decimalized_number(999) == "999"
    assert format_decimalized_amount(2_500_000, DOLLAR) == "$2.5M"
    assert format_decimalized_amount(2_500, EURO) == "2.5k €"


def test_dates():
    assert format_date(Env(lang="fr_FR"), date(2024, 2, 3)) == "03/02/2024"
    assert format_date(Env(lang="en_US"), "2024-02-03") == "02/03/2024"
    assert format_date(Env(lang="en_US"), "2024-02-03 23:30:00") == "02/04/2024"
    assert format_date(Env(lang="fr_FR"), date(2024, 2, 3), date_format="MMMM") == "février"
    assert format_date(Env(lang="en_US"), date(2024, 2, 3), lang_code="en_IN") == "03 February"
    assert format_date(Env(), False) == ""
    assert parse_date(Env(lang="en_US"), "02/03/2024") == date(2024, 2, 3)
    assert parse_date(Env(lang="en_US"), "nonsense") == "nonsense"


def test_moments():
    moment = datetime(2024, 7, 1, 12, 30, 45)
    assert format_datetime(Env(lang="fr_FR"), moment) == "01/07/2024 14:30:45"
    assert format_datetime(Env(lang="en_US"), "2024-07-01 12:30:45", tz="UTC", dt_format="HH:mm") == "12:30"
    assert format_time(Env(lang="en_US"), moment, tz="Asia/Tokyo") == "21:30:45"
    assert format_time(Env(lang="en_US"), time(8, 5), time_format="short") == "08:05"
    assert format_duration(1.5) == "01:30"
    assert format_duration(-0.25) == "-00:15"
    assert format_duration(1.999) == "02:00"
    assert _format_time_ago(Env(lang="en_US"), timedelta(minutes=3)) == "3 minutes ago"


@pytest.mark.parametrize(
    ("posix", "ldml"),
    [
        ("%d/%m/%Y", "dd/MM/yyyy"),
        ("%H h %M", "HH 'h' mm"),
        ("%-d. %B %y", "d. MMMM yy"),
        ("%I:%M %p", "hh:mm a"),
        ("100%%", "100%"),
        ("%Y年%m月", "yyyy'年'MM'月'"),
    ],
)
def test_patterns(posix, ldml):
    assert posix_to_ldml(posix, babel_locale_parse("en_US")) == ldml


def test_lists_and_locales():
    assert format_list(Env(lang="en_US"), ["a", "b", "c"]) == "a, b, and c"
    assert format_list(Env(lang="fr_FR"), ["a", "b", "c"], "or") == "a, b ou c"
    assert format_list(Env(lang="en_US"), []) == ""
    assert [py_to_js_locale(code) for code in ("fr_FR.UTF-8", "sr@latin", "sr_RS@Cyrl", "en", "x!")] == [
        "fr-FR",
        "sr-Latn",
        "sr-Cyrl-RS",
        "en",
        "x!",
    ]


def test_text():
    assert str2bool("Yes") and not str2bool("off") and str2bool("maybe", True) is True
    with pytest.raises(ValueError):
        str2bool("maybe")
    assert [natural_number(text) for text in ("0", "007", "2147483647")] == [0, 7, 2147483647]
    for text in ("", None, "-1", " 1", "1_0", "1.0", "²", "٣", "2147483648", "1" * 5000):
        assert natural_number(text) is None
    assert human_size(1536) == "1.50 Kb"
    assert human_size(0) is False
    assert remove_accents("Éléphant ñ") == "Elephant n"
    assert mod10r("21000000000313947143000901") == "210000000003139471430009017"
    assert street_split("Main Street 12b - 3") == {
        "street_name": "Main Street",
        "street_number": "12b",
        "street_number2": "3",
    }
    assert street_split("Nowhere") == {"street_name": "Nowhere", "street_number": "", "street_number2": ""}
    assert get_flag("be") == "🇧🇪"
    assert clean_filename("a/b:c.txt") == "abc.txt"
    assert clean_filename("con.txt") == "Untitled"


def test_barcodes():
    assert get_barcode_check_digit("4006381333931") == 1
    assert check_barcode_encoding("4006381333931", "ean13")
    assert not check_barcode_encoding("4006381333932", "ean13")
    assert check_barcode_encoding("96385074", "ean8")
    assert check_barcode_encoding("036000291452", "upca")
    assert not check_barcode_encoding("0036000291452", "ean13")
    assert check_barcode_encoding("whatever", "any")


def test_versions_compare():
    ordered = [
        "0.9",
        "1.0dev1",
        "1.0a1",
        "1.0b2",
        "1.0rc1",
        "1.0",
        "1.0-1",
        "1.0.1",
        "1.2",
        "1.10",
        "16.0.1.0.0",
        "18.0.1.0.0",
    ]
    keys = [parse_version(version) for version in ordered]
    assert all(map(lt, keys, keys[1:]))
    assert parse_version("1.0.0") == parse_version("1.0") == parse_version("v1.0")


def test_urls():
    assert urljoin("https://x.com/api/", "/v1/a?b=1#c") == "https://x.com/api/v1/a?b=1#c"
    for bad in ("//evil.com/x", "https://evil.com/x"):
        try:
            assert urljoin("https://x.com/api", bad).startswith("https://x.com/api")
        except ValueError:
            continue
    with pytest.raises(ValueError):
        urljoin("https://x.com/api", "../secret")
