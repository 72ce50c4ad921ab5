"""Nothing that a caller sent decides what is done with all rights, but where the list says why that is safe."""

import textwrap
import tomllib
from pathlib import Path

import pytest
from sudo_flow import Program

LIST = tomllib.loads((Path(__file__).parent / "sudo_allowed.toml").read_text(encoding="utf-8"))


def findings(code):
    """Return `function::what` for what is found in a program of one file."""
    found = Program([("file.py", textwrap.dedent(code))]).check()
    return {finding.key.removeprefix("file.py::") for finding in found}


def test_addons():
    found = {finding.key: finding for finding in Program.of_addons().check()}
    new = [f"{finding.path}:{finding.line} {key}" for key, finding in found.items() if key not in LIST["allowed"]]
    assert not new, "What a caller sent decides what is done with all rights:\n" + "\n".join(new)
    gone = LIST["allowed"].keys() - found.keys()
    assert not gone, f"mended: take them off the list and lower its count: {gone}"


def test_the_list_only_gets_shorter():
    assert len(LIST["allowed"]) == LIST["count"] <= 38
    assert all(len(reason) > 20 for reason in LIST["allowed"].values())


ROUTE = """
class C(Controller):
    @route("/x")
    def door(self, **given):
        {}
"""
METHOD = """
class M(models.Model):
    _name = "m"
    def door(self, sent):
        {}
    def _helper(self, what):
        return self.search(what)
    def _with(self, records, what):
        return records.search([], order=what)
"""


@pytest.mark.parametrize(
    ("template", "body", "what"),
    [
        (ROUTE, 'return request.env[given["model"]].sudo()', "door::model"),
        (ROUTE, 'return request.env(su=True)[given["model"]]', "door::[]"),
        (ROUTE, 'M = request.env.get(given["model"]); return M.sudo()._search(given["domain"])', "door::_search"),
        (ROUTE, 'a = json.loads(given["d"]); return env["m"].sudo().search_read([], a["fields"])', "door::search_read"),
        (ROUTE, 'return request.env["m"].sudo().search(request.params["domain"])', "door::search"),
        (ROUTE, 'return getattr(request.env["m"].sudo(), given["method"])()', "door::getattr"),
        (ROUTE, 'return request.env["m"].with_user(SUPERUSER_ID).browse(given["id"])', "door::browse"),
        (METHOD, "return self.sudo().search([], order=sent)", "door::search"),
        (METHOD, "records = self.sudo(); return records.read_group([], [], sent)", "door::read_group"),
        (METHOD, "self = self.sudo(); return super().write(sent)", "door::write"),
        (METHOD, "return self.sudo().with_context(sent)", "door::with_context"),
        (METHOD, "return [record[name] for record in self.sudo() for name in sent]", "door::[]"),
        (METHOD, "return self.sudo()._helper(sent)", "_helper::search"),
        (METHOD, "return self._with(self.sudo(), sent)", "_with::search"),
        (METHOD, 'return self.sudo().search([("name", "=", 1)] + sent)', "door::search"),
        (METHOD, 'return self.sudo().search([(sent, "=", 1)])', "door::search"),
        (METHOD, 'return self.sudo().search(self.env.context.get("domain"))', "door::search"),
    ],
)
def test_found(template, body, what):
    owner = "C" if template is ROUTE else "M"
    assert findings(template.format(body)) == {f"{owner}.{what}"}


@pytest.mark.parametrize(
    "body",
    [
        'return self.sudo().search([("name", "=", sent)])',
        "return self.search(sent)",
        "return self.search(sent).sudo().mapped('name')",
        "return self.sudo(False).search(sent)",
        "return self.sudo().browse(int(sent))",
        "return self.sudo().sudo(False).search(sent)",
        "return self.sudo().with_user(self.env.user).search(sent)",
    ],
)
def test_not_found(body):
    assert findings(METHOD.format(body)) == set()


def test_methods_that_nobody_calls_from_outside_are_trusted():
    assert not findings(
        """
        class M(models.Model):
            _name = "m"
            @api.private
            def closed(self, domain):
                return self.sudo().search(domain)
            def _own(self, domain):
                return self.sudo().search(domain)
        """
    )
