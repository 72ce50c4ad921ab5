"""Views that inherit from themselves: refused when written, and no walk that meets them goes on for ever."""

import signal

import pytest
from lxml import etree

from odoo.exceptions import ValidationError

FORM = '<form><field name="name"/></form>'
SPEC = '<field name="name" position="after"><field name="%s"/></field>'


@pytest.fixture(autouse=True)
def limited(env):
    """End what goes on for ever."""

    def stop(_number, _frame):
        raise TimeoutError("endless")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(20)
    env.cr.execute("SET LOCAL statement_timeout TO '5s'")
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def family(make_view):
    """A view, an extension of it, an extension of that, and a primary view on the extension."""
    base = make_view(FORM)
    first = make_view(SPEC % "email", inherit_id=base.id)
    second = make_view(SPEC % "phone", inherit_id=first.id)
    primary = make_view(SPEC % "mobile", inherit_id=second.id, mode="primary")
    return base, first, second, primary


@pytest.mark.parametrize("parent", [0, 1, 2, 3])
@pytest.mark.parametrize(
    "extra",
    [
        {},
        {"arch": SPEC % "email"},
        {"arch_db": SPEC % "email"},
        {"arch_base": SPEC % "email"},
        {"mode": "primary", "arch": FORM},
    ],
)
def test_2_2_1_circles_are_refused(family, parent, extra):
    base, *_heirs = family
    with pytest.raises(ValidationError, match="itself"):
        base.write({"inherit_id": family[parent].id, **extra})
    for view in family:
        view.invalidate_recordset()
        assert etree.fromstring(view.get_combined_arch()).tag == "form"


def test_2_2_1_circles_by_other_doors(env, family):
    base, first, second, _primary = family
    for view, values in (
        (second, {"inherit_children_ids": [(4, base.id)]}),
        (first, {"inherit_children_ids": [(4, first.id)], "arch": SPEC % "phone"}),
        (base | second, {"inherit_id": second.id}),
    ):
        with pytest.raises(ValidationError), env.cr.savepoint():
            view.write(values)
        env.invalidate_all()
    with pytest.raises(ValidationError), env.cr.savepoint():
        env["ir.ui.view"].create(
            {
                "name": "new",
                "model": "res.partner",
                "type": "form",
                "inherit_id": second.id,
                "arch": SPEC % "phone",
                "inherit_children_ids": [(4, base.id)],
            }
        )


def test_2_2_1_other_parents_are_allowed(family, make_view):
    base, first, second, primary = family
    second.write({"inherit_id": base.id, "arch": SPEC % "phone"})
    first.write({"inherit_id": base.id})
    assert [node.get("name") for node in base._get_combined_arch()] == ["name", "phone", "email"]
    primary.write({"inherit_id": False, "mode": "primary", "arch": FORM})
    base.write({"inherit_id": primary.id, "mode": "primary", "arch": SPEC % "email"})
    assert base._get_ancestors() == primary | base


@pytest.mark.parametrize("mode", ["extension", "primary"])
@pytest.mark.parametrize("parent", [0, 1, 2, 3])
def test_2_2_1_walks_along_circles_end(env, family, parent, mode):
    """Circles made behind the back of the server."""
    base = family[0]
    env.flush_all()
    env.cr.execute("UPDATE ir_ui_view SET inherit_id = %s, mode = %s WHERE id = %s", [family[parent].id, mode, base.id])
    env.invalidate_all()
    for view in family:
        assert view in view._get_inheriting_views()
        assert view in view._get_ancestors()
        view._get_view_chain()
        for branding in (False, True):
            view = view.with_context(inherit_branding=branding)
            try:
                view.get_combined_arch()
                view.arch = SPEC % "function"
            except ValidationError:
                pass
            env.invalidate_all()
    views = base.browse([view.id for view in family])
    views.with_context(_force_unlink=True)[:1].unlink()
    assert not views.exists()


def test_2_2_1_views_go_with_all_heirs(env, family, make_view):
    base, *heirs = family
    archived = make_view(SPEC % "function", inherit_id=heirs[0].id, active=False)
    base.with_context(_force_unlink=True).unlink()
    assert not (base | archived | env["ir.ui.view"].browse([view.id for view in heirs])).exists()


def test_2_2_5_an_ancestor_is_not_applied_again(family, make_view):
    base, first, second, primary = family

    def names(view):
        return [node.get("name") for node in view._get_combined_arch()]

    assert names(base) == ["name", "phone", "email"]
    assert names(primary) == ["name", "mobile", "phone", "email"]
    make_view(SPEC % "function", inherit_id=base.id)
    make_view(SPEC % "website", inherit_id=primary.id)
    assert sorted(names(primary)) == ["email", "function", "mobile", "name", "phone", "website"]
    assert names(make_view(SPEC % "ref", inherit_id=first.id, mode="primary"))[:2] == ["name", "ref"]
