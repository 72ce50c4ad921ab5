"""Set expressions, cached methods, signatures, files and templates."""

import logging
import time
from types import SimpleNamespace

import pytest

from odoo.tools import file_open, file_path, mute_logger, ormcache, ormcache_context
from odoo.tools.cache import MethodCache
from odoo.tools.misc import (
    file_open_temporary_directory,
    hash_sign,
    hmac,
    limited_field_access_token,
    lower_logging,
    verify_hash_signed,
    verify_limited_field_access_token,
)
from odoo.tools.rendering_tools import convert_inline_template_to_qweb, parse_inline_template, render_inline_template
from odoo.tools.set_expression import SetDefinitions


@pytest.fixture
def groups():
    return SetDefinitions(
        {
            1: {"ref": "user", "supersets": [], "disjoints": [2, 3]},
            2: {"ref": "portal", "disjoints": [1, 3]},
            3: {"ref": "public", "disjoints": [1, 2]},
            4: {"ref": "system", "supersets": [5]},
            5: {"ref": "manager", "supersets": [1]},
            6: {"ref": "extra"},
        }
    )


def test_relations_of_sets(groups):
    assert groups.get_superset_ids([4]) == [1, 4, 5]
    assert groups.get_subset_ids([1]) == [1, 4, 5]
    assert groups.get_disjoint_ids([4]) == [2, 3]
    assert groups.get_id("manager") == 5


def test_unions_of_sets_by_their_ids(groups):
    assert groups.from_ids([1, 4, 6]) == groups.parse("user,extra")
    assert groups.from_ids([1, 4, 6], keep_subsets=True) == groups.parse("system,extra")
    assert groups.from_ids([]).is_empty()


def test_expressions_over_sets(groups):
    parse = groups.parse
    assert parse("system") <= parse("user")
    assert not parse("user") <= parse("system")
    assert (parse("system") & parse("portal")).is_empty()
    assert (parse("user") | ~parse("user")).is_universal()
    assert parse("system,user") == parse("user")
    assert (parse("system") & parse("user")) == parse("system")
    assert ~~parse("user,extra") == parse("user,extra")
    assert ~(parse("user") | parse("extra")) == ~parse("user") & ~parse("extra")
    assert parse("user,!extra") == parse("user") & ~parse("extra")
    assert parse("!portal") & parse("user") == parse("user")
    assert groups.universe.is_universal() and groups.empty.is_empty()
    with pytest.raises(ValueError, match="nothing"):
        parse("nothing")
    assert not parse("nothing", raise_if_not_found=False).matches([1, 2])


def test_membership_and_keys(groups):
    expression = groups.parse("manager,!extra")
    assert expression.matches([1, 5])
    assert not expression.matches([1, 5, 6])
    assert not expression.matches([2])
    assert groups.from_key(expression.key) == expression
    assert groups.from_id(5) == groups.parse("manager")


def test_inverse_of_intersection(groups):
    factor, other = groups.parse("user"), groups.parse("extra")
    product = factor & other
    assert product.invert_intersect(factor) & factor == product
    assert factor.invert_intersect(factor).is_universal()
    assert other.invert_intersect(factor) is None


class Model:
    _name = "thing"
    pool = SimpleNamespace(db_name="db", _Registry__caches={"default": MethodCache(10), "assets": MethodCache(10)})
    env = SimpleNamespace(transaction=SimpleNamespace(cache_generation=0))

    def __init__(self, **context):
        self._context = context
        self.calls = 0

    @ormcache("arg", "other")
    def compute(self, arg, other=3):
        self.calls += 1
        return arg + other

    @ormcache_context("arg", keys=("lang",), cache="assets")
    def by_lang(self, arg):
        self.calls += 1
        return (arg, self._context.get("lang"))


def test_cached_methods():
    model = Model(lang="fr")
    assert [model.compute(1), model.compute(1, 3), model.compute(1, other=3), model.compute(2)] == [4, 4, 4, 5]
    assert model.calls == 2
    assert model.by_lang(1) == model.by_lang(1) == (1, "fr")
    assert Model(lang="de").by_lang(1) == (1, "de")
    assert model.calls == 3
    assert Model.compute.__name__ == "compute"


def test_arguments_that_are_no_keys_are_not_cached():
    model = Model()
    with mute_logger("odoo.tools.cache"):
        assert model.compute([1], [2]) == [1, 2]
        assert model.compute([1], [2]) == [1, 2]
    assert model.calls == 2


class Env(dict):
    def __init__(self):
        parameters = SimpleNamespace(get_param=lambda key: {"database.secret": "s3cret"}[key])
        parameters.sudo = lambda: parameters
        super().__init__({"ir.config_parameter": parameters})
        self.transaction = object()

    def __call__(self, su=False):
        return self


def test_signatures(monkeypatch):
    env = Env()
    assert hmac(env, "a", 1) != hmac(env, "b", 1)
    with pytest.raises(ValueError):
        hmac(env, "", 1)
    token = hash_sign(env, "scope", {"id": 7}, expiration_hours=1)
    assert verify_hash_signed(env, "scope", token) == {"id": 7}
    assert verify_hash_signed(env, "other", token) is None
    assert verify_hash_signed(env, "scope", token[:-2] + "AA") is None
    assert verify_hash_signed(env, "scope", "garbage") is None
    later = time.time() + 7200
    monkeypatch.setattr(time, "time", lambda: later)
    assert verify_hash_signed(env, "scope", token) is None


def test_field_tokens():
    record = SimpleNamespace(env=Env(), id=3, _name="res.partner", ensure_one=lambda: None)
    token = limited_field_access_token(record, "image")
    assert verify_limited_field_access_token(record, "image", token)
    assert not verify_limited_field_access_token(record, "name", token)
    assert not verify_limited_field_access_token(record, "image", "garbage")
    old = limited_field_access_token(record, "image", hex(int(time.time()) - 1))
    assert not verify_limited_field_access_token(record, "image", old)


def test_files_of_addons_only(tmp_path):
    assert file_path("base/models/__init__.py").endswith("base/models/__init__.py")
    with file_open("base/models/__init__.py") as stream:
        assert stream.read() is not None
    for path in ("base/../../../setup.py", "/etc/passwd", "base/no_such_file"):
        with pytest.raises(FileNotFoundError):
            file_path(path)
    with pytest.raises(ValueError, match=r"\.xml"):
        file_path("base/models/__init__.py", filter_ext=(".xml",))
    env = Env()
    with file_open_temporary_directory(env) as directory:
        (tmp := tmp_path / "x").write_text("no")
        with open(f"{directory}/a.txt", "w") as stream:
            stream.write("yes")
        with file_open(f"{directory}/a.txt", env=env) as stream:
            assert stream.read() == "yes"
        with pytest.raises(FileNotFoundError):
            file_open(f"{directory}/a.txt")
        with pytest.raises(FileNotFoundError):
            file_open(str(tmp), env=env)


def test_2_8_8_paths_with_the_directory_of_addons():
    for path in ("addons/base/models/__init__.py", "addons/web/__init__.py", "web/__init__.py"):
        assert file_path(path).endswith(path.removeprefix("addons/"))
        with file_open(path) as stream:
            assert stream.read()
    with pytest.raises(FileNotFoundError):
        file_path("addons/../../setup.py")
    for mode in ("r", "rb", "w"):
        with pytest.raises(FileNotFoundError, match="models"):
            file_open("base/models", mode)


def test_inline_templates():
    template = "Dear {{ object.name ||| friend }}, {{ 1 + 1 }}!"
    instructions = parse_inline_template(template)
    assert instructions == [("Dear ", "object.name", "friend"), (", ", "1 + 1", ""), ("!", "", "")]
    assert render_inline_template(instructions, {"object": SimpleNamespace(name="Ann")}) == "Dear Ann, 2!"
    assert render_inline_template(instructions, {"object": SimpleNamespace(name=False)}) == "Dear friend, 2!"
    assert convert_inline_template_to_qweb("a {{ x ||| y }}") == 'a <t t-out="x">y</t>'


def test_loggers(caplog):
    logger = logging.getLogger("odoo.test_tools.muted")
    with mute_logger("odoo.test_tools.muted"):
        logger.error("unheard")
    logger.error("heard")
    assert [record.message for record in caplog.records] == ["heard"]

    @mute_logger("odoo.test_tools.muted")
    def quiet():
        logger.error("unheard")

    quiet()
    assert len(caplog.records) == 1
    with lower_logging(logging.INFO) as lowered:
        logger.error("lowered")
    assert lowered.had_error_log
    assert caplog.records[-1].levelno == logging.INFO
