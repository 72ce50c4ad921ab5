"""Addresses, cleaning of HTML, plain text."""

import email
import time

import pytest
from markupsafe import Markup

from odoo.tools import mail


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("raoul@example.com", ["raoul@example.com"]),
        ('"Raoul, the great" <raoul@example.com>, Ann <ann@x.org>', ["raoul@example.com", "ann@x.org"]),
        ("a@b.com; c@d.com\ne@f.com", ["a@b.com", "c@d.com", "e@f.com"]),
        ("a@b.com c@d.com", ["a@b.com", "c@d.com"]),
        ("Nobody", []),
        ("", []),
        (False, []),
    ],
)
def test_split(text, expected):
    assert mail.email_split(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ann@x.org / bob@y.org", [("", "ann@x.org"), ("", "bob@y.org")]),
        ("ann@x.org Cc bob@y.org", [("", "ann@x.org"), ("", "bob@y.org")]),
        ("ann@x.org - bob@y.org", [("", "ann@x.org"), ("", "bob@y.org")]),
        ("ann@x.org CC: bob@y.org eve@z.org", [("", "ann@x.org"), ("", "bob@y.org"), ("", "eve@z.org")]),
        ("@x.org ann@y.org", [("", "ann@y.org")]),
        ("ann@x.org@y.org", [("", "ann@x.org")]),
        ("ann@x.org, @y.org, bob@z.org", [("", "ann@x.org"), ("", "bob@z.org")]),
        ("Ann <ann@x.org>, bob@y.org / eve@z.org", [("", "ann@x.org"), ("", "bob@y.org"), ("", "eve@z.org")]),
        ("Zoë zoe@x.org", [("Zoë", "zoe@x.org")]),
        ("Ann Lee  ann@x.org, bob@y.org", [("Ann Lee", "ann@x.org"), ("", "bob@y.org")]),
        ("Ann Lee\tann@x.org", [("Ann Lee", "ann@x.org")]),
        ("Ann ann@x.org <bob@y.org>", [("Ann", "ann@x.org"), ("", "bob@y.org")]),
        ("fée@x.org / bob@é.org", [("", "fée@x.org"), ("", "bob@é.org")]),
        (
            "a@x.org / b@y.org\nc@z.org; d@z.org",
            [("", f"{letter}@{domain}.org") for letter, domain in ("ax", "by", "cz", "dz")],
        ),
        ("Ann\n <ann@x.org>", [("Ann", "ann@x.org")]),
        ('"Lee; Ann" <ann@x.org>', [("Lee; Ann", "ann@x.org")]),
        ('"ann@x.org" <bob@y.org>', [("ann@x.org", "bob@y.org")]),
        ("ann@x.org\r\nbob@y.org", [("", "ann@x.org"), ("", "bob@y.org")]),
        ("ann@x.org;bob@y.org", [("", "ann@x.org"), ("", "bob@y.org")]),
        ("@x.org", [("", "@x.org")]),
        ("Ann, Lee", []),
        (" ", []),
    ],
)
def test_2_11_1_addresses_in_texts(text, expected):
    assert mail.email_split_tuples(text) == expected
    assert mail.email_split(text) == [address for _name, address in expected]
    assert mail.email_normalize_all(text) == [address.lower() for _name, address in expected]
    first = expected[0][1] if expected else False
    assert mail.email_normalize(text, strict=False) == first
    assert mail.email_normalize(text) == (first if len(expected) == 1 else False)


def test_2_11_1_formats():
    assert mail.email_split_and_format("ann@x.org / bob@y.org") == ["ann@x.org", "bob@y.org"]
    assert mail.email_split_and_format("Ann Lee ann@x.org") == ['"Ann Lee" <ann@x.org>']
    assert mail.email_domain_extract("ann@x.org / bob@y.org") is False
    assert mail.parse_contact_from_email("Zoë zoe@X.org") == ("Zoë", "zoe@x.org")


def test_2_11_1_long_texts_take_no_time():
    start = time.monotonic()
    for text in ("a" * 50_000 + " @x.org", "@x.org " + "a." * 30_000, "@x.org a@" + "-" * 50_000, "@x.org " * 5_000):
        mail.email_split_tuples(text)
    assert time.monotonic() - start < 5


def test_normalize():
    assert mail.email_normalize('"R" <RAOUL@Example.COM>') == "raoul@example.com"
    assert mail.email_normalize("a@b.com, c@d.com") is False
    assert mail.email_normalize("a@b.com, c@d.com", strict=False) == "a@b.com"
    assert mail.email_normalize_all("A@b.com, C@d.com") == ["a@b.com", "c@d.com"]
    assert mail.email_normalize("Fée@Example.com") == "Fée@example.com"
    assert mail.email_domain_extract("x <a@B.com>") == "b.com"
    assert mail.url_domain_extract("https://www.example.com/x") == "example.com"


@pytest.mark.parametrize(
    ("pair", "charset", "expected"),
    [
        (("", "a@b.com"), "utf-8", "a@b.com"),
        (("Ann", "a@b.com"), "utf-8", '"Ann" <a@b.com>'),
        (('Ann "Q" O\\', "a@b.com"), "utf-8", '"Ann \\"Q\\" O\\\\" <a@b.com>'),
        (("Hélène", "a@b.com"), "ascii", "=?utf-8?b?SMOpbMOobmU=?= <a@b.com>"),
        (("", "a@bücher.example"), "utf-8", "a@xn--bcher-kva.example"),
    ],
)
def test_formataddr(pair, charset, expected):
    assert mail.formataddr(pair, charset) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Raoul <raoul@x.com>", ("Raoul", "raoul@x.com")),
        ("raoul@X.com", ("", "raoul@x.com")),
        ("Raoul raoul@x.com", ("Raoul", "raoul@x.com")),
        ("Raoul", ("Raoul", "")),
        ("", ("", "")),
    ],
)
def test_parse_contact(text, expected):
    assert mail.parse_contact_from_email(text) == expected


def test_encapsulate():
    assert mail.encapsulate_email('"Raoul" <r@x.com>', "notify@y.com") == '"Raoul" <notify@y.com>'
    assert mail.encapsulate_email("r@x.com", '"Bot" <notify@y.com>') == '"r" <notify@y.com>'


@pytest.mark.parametrize(
    ("source", "gone"),
    [
        ("<p>a<script>alert(1)</script></p>", "script"),
        ('<img src="x" onerror="alert(1)">', "onerror"),
        ('<a href="javascript:alert(1)">x</a>', "javascript"),
        ('<a href="java\nscript:alert(1)">x</a>', "script:"),
        ('<a href=" &#106;avascript:alert(1)">x</a>', "javascript"),
        ('<a href="data:text/html;base64,xx">x</a>', "data:"),
        ('<p style="background:url(javascript:x)">a</p>', "javascript"),
        ('<iframe src="https://x"></iframe>', "iframe"),
        ("<object data='x'></object>", "object"),
        ("<form action='/x'><input name='a'/></form>", "<form"),
        ("<!--[if IE]><script>alert(1)</script><![endif]-->", "alert"),
        ("<svg><script>alert(1)</script></svg>", "alert"),
        ("<math><mtext></mtext><style><img src=x onerror=alert(1)></style></math>", "onerror"),
        ('<div><p title="</div><img src=x onerror=alert(1)>">', "<img"),
    ],
)
def test_sanitize_removes(source, gone):
    result = mail.html_sanitize(source)
    assert isinstance(result, Markup)
    assert gone not in result


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello <b>you</b></p>",
        '<p class="lead" style="color:red">x</p>',
        '<a href="https://x.com?a=1&amp;b=2">y</a>',
        '<img src="data:image/png;base64,iVBO">',
        "<ul><li>a</li></ul>",
        '<table><tr><td colspan="2">a</td></tr></table>',
        "<p>a</p><p>b</p>",
        '<a href="mailto:a@b.com">m</a>',
        "<section><h1>t</h1></section>",
    ],
)
def test_sanitize_keeps(source):
    assert mail.html_sanitize(source) == source


def test_sanitize_options():
    source = '<p class="c" style="color:red; position:fixed" data-x="1" onclick="x()">a</p>'
    assert mail.html_sanitize(source, strip_classes=True) == '<p style="color:red; position:fixed" data-x="1">a</p>'
    assert mail.html_sanitize(source, strip_style=True) == '<p class="c" data-x="1">a</p>'
    assert mail.html_sanitize(source, sanitize_style=True) == '<p class="c" style="color:red" data-x="1">a</p>'
    assert (
        mail.html_sanitize(source, sanitize_attributes=True) == '<p class="c" style="color:red; position:fixed">a</p>'
    )
    assert "<form" in mail.html_sanitize('<form action="/x"><input name="a"></form>', sanitize_form=False)
    assert mail.html_sanitize("<custom-tag>a</custom-tag>") == "a"
    assert "custom-tag" in mail.html_sanitize("<custom-tag>a</custom-tag>", sanitize_tags=False)
    assert "onclick" not in mail.html_sanitize(source, sanitize_tags=False)
    outlook = "<p>a</p><!--[if mso]><p>b</p><![endif]-->"
    assert mail.html_sanitize(outlook) == "<p>a</p>"
    assert mail.html_sanitize(outlook, sanitize_conditional_comments=False) == outlook
    assert mail.html_sanitize('<t t-out="x">a</t>', sanitize_tags=False) == '<t t-out="x">a</t>'
    assert mail.html_sanitize("") == ""
    assert mail.html_sanitize("<!-- x --> ") == ""
    assert mail.html_sanitize("bare <b>text</b>") == "<p>bare <b>text</b></p>"
    assert mail.html_sanitize("<p>a\xa0b</p><p>c</p>") == "<p>a&nbsp;b</p><p>c</p>"
    assert mail.html_sanitize("<p>a<br>b</p>", output_method="xml") == "<p>a<br/>b</p>"
    assert mail.html_sanitize("from <ann@x.org> to me") == "<p>from &lt;ann@x.org&gt; to me</p>"
    assert 'data-o-mail-quote="1"' in mail.html_sanitize("<blockquote>old</blockquote>")


@pytest.mark.parametrize(
    ("source", "empty"),
    [
        ("", True),
        (False, True),
        ("<p><br></p>", True),
        ("<p> &nbsp;</p>", True),
        ("<div><p></p>\n</div>", True),
        ("a", False),
        ("<p>a</p>", False),
        ('<img src="x">', False),
        ('<i class="fa fa-star"></i>', False),
        ("<p>&#8203;</p>", True),
    ],
)
def test_is_html_empty(source, empty):
    assert mail.is_html_empty(source) is empty


def test_html_to_text():
    source = '<h1>Title</h1><p>Hello <b>big</b> <i>world</i><br>next <a href="https://x.com">link</a></p><ul><li>one</li><li>two</li></ul>'
    assert mail.html2plaintext(source) == (
        "**Title**\n\nHello *big* /world/\nnext link [1]\n\n* one\n* two\n\n[1] https://x.com"
    )
    assert mail.html2plaintext("<p>a &lt;b&gt; &amp; c</p>") == "a <b> & c"
    assert mail.html2plaintext(b"<p>\xc3\xa9</p>") == "é"
    assert mail.html2plaintext("") == ""
    assert mail.html_to_inner_content("<p>a</p><p>b &amp;<br/>c</p>") == "a b & c"


def test_text_to_html():
    assert mail.plaintext2html("a <b>\nc\n\nd") == "<p>a &lt;b&gt;<br/>c</p><p>d</p>"
    assert mail.plaintext2html("x", "div") == "<div><p>x</p></div>"
    assert 'href="https://x.com/a?b=1"' in mail.plaintext2html("see https://x.com/a?b=1.")
    assert "javascript" not in mail.plaintext2html('https://x"onclick="javascript').partition("onclick")[0]


def test_append_and_prepend():
    assert mail.append_content_to_html("<html><body>a</body></html>", "<p>b</p>", plaintext=False) == (
        "<html><body>a\n<p>b</p>\n</body></html>"
    )
    assert mail.append_content_to_html("<p>a</p>", "--\nme", preserve=True) == "<p>a</p>\n<pre>--\nme</pre>\n"
    assert (
        mail.prepend_html_content("<html><body class='x'>a</body></html>", "<p>b</p>")
        == "<html><body class='x'><p>b</p>a</body></html>"
    )


def test_headers():
    message = email.message_from_string("Subject: =?utf-8?b?SMOpbMOobmU=?= x\nReceived: a\nReceived: b\n\nbody")
    assert mail.decode_message_header(message, "Subject") == "Hélène x"
    assert mail.decode_message_header(message, "Received", separator="|") == "a|b"
    first, second = mail.generate_tracking_message_id(7), mail.generate_tracking_message_id(7)
    assert first != second and "-openerp-7@" in first and mail.mail_header_msgid_re.fullmatch(first)
