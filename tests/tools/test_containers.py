"""Containers, iteration, descriptors."""

import copy
import json
import pickle

import pytest

from odoo.tools import (
    DotDict,
    LastOrderedSet,
    OrderedSet,
    ReadonlyDict,
    Reverse,
    classproperty,
    frozendict,
    groupby,
    json_default,
    lazy,
    lazy_classproperty,
    lazy_property,
    merge_sequences,
    partition,
    reverse_enumerate,
    split_every,
    submap,
    topological_sort,
    unique,
)
from odoo.tools.json import scriptsafe
from odoo.tools.lru import LRU
from odoo.tools.misc import Callbacks, ConstantMapping, StackMap, has_list_types, replace_exceptions, unquote


def test_frozendict():
    value = frozendict({"a": 1, "b": [1, {"c": 2}]})
    for change in (
        lambda: value.update(a=2),
        lambda: value.pop("a"),
        value.clear,
        value.popitem,
        lambda: value.setdefault("z", 1),
    ):
        with pytest.raises(NotImplementedError):
            change()
    with pytest.raises(NotImplementedError):
        value["a"] = 2
    with pytest.raises(NotImplementedError):
        del value["a"]
    assert hash(value) == hash(frozendict({"b": [1, {"c": 2}], "a": 1}))
    for hashable, other in (
        (frozendict({"x": "y"}), {"x": "y"}),
        (frozenset("abc"), set("abc")),
        (frozendict({"x": frozendict({"y": -1})}), {"x": {"y": -1}}),
    ):
        same = frozendict({"k": hashable, "n": "v"}), frozendict({"k": other, "n": "v"})
        assert same[0] == same[1] and hash(same[0]) == hash(same[1])
    assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value
    assert submap(value, ["a", "z"]) == {"a": 1}


def test_ordered_sets():
    assert list(OrderedSet([3, 1, 3, 2])) == [3, 1, 2]
    assert list(LastOrderedSet([3, 1, 3, 2])) == [1, 3, 2]
    values = OrderedSet([1, 2, 3, 4])
    values.difference_update([2])
    values.update([5, 1])
    assert list(values) == [1, 3, 4, 5]
    assert list(values.intersection([5, 3], OrderedSet([3, 5, 9]))) == [3, 5]
    assert values == {1, 3, 4, 5}


def test_mappings():
    stack = StackMap({"a": 1})
    stack.pushmap({"a": 2})
    stack["b"] = 3
    assert dict(stack) == {"a": 2, "b": 3}
    stack.popmap()
    assert dict(stack) == {"a": 1}
    assert DotDict({"a": {"b": 1}}).a.b == 1
    assert DotDict().missing is None
    assert ConstantMapping(7)["anything"] == 7
    read_only = ReadonlyDict({"a": 1})
    assert read_only["a"] == 1
    assert not hasattr(read_only, "update")
    assert repr({"domain": [("x", "=", unquote("uid"))]}) == "{'domain': [('x', '=', uid)]}"


def test_lru_drops_the_unused():
    cache = LRU(2, [("a", 1), ("b", 2)])
    assert cache["a"] == 1
    cache["c"] = 3
    assert sorted(cache) == ["a", "c"]
    assert cache.pop("c") == 3
    assert cache.get("c") is None
    cache.clear()
    assert not len(cache)
    with pytest.raises(ValueError):
        LRU(0)


def test_callbacks_run_once_and_can_be_restored():
    calls = []
    callbacks = Callbacks()
    callbacks.add(lambda: calls.append(1))
    restore = callbacks.restorer()
    callbacks.add(lambda: callbacks.add(lambda: calls.append(3)))
    callbacks.data["x"] = 1
    callbacks.run()
    assert calls == [1, 3]
    assert not len(callbacks)
    assert not callbacks.data
    restore()
    callbacks.run()
    assert calls == [1, 3, 1]


def test_what_callbacks_hold_is_restored_each_time():
    callbacks = Callbacks()
    callbacks.data.update(rows=["a"], seen=OrderedSet([1]), by_name={"x": [1]}, plain=(1,))
    restore = callbacks.restorer()
    for _turn in range(2):
        callbacks.data["rows"].append("b")
        callbacks.data["seen"].add(2)
        callbacks.data["by_name"]["x"].append(2)
        restore()
        assert callbacks.data == {"rows": ["a"], "seen": OrderedSet([1]), "by_name": {"x": [1]}, "plain": (1,)}


def test_iteration():
    assert dict(groupby([1, 2, 3, 4], lambda n: n % 2)) == {1: [1, 3], 0: [2, 4]}
    assert partition(lambda n: n > 2, [1, 2, 3]) == ([3], [1, 2])
    assert list(split_every(2, range(5))) == [(0, 1), (2, 3), (4,)]
    assert list(split_every(2, "abc", "".join)) == ["ab", "c"]
    assert list(unique([1, 2, 1, 3])) == [1, 2, 3]
    assert list(reverse_enumerate("ab")) == [(1, "b"), (0, "a")]
    assert sorted([1, 3, 2], key=Reverse) == [3, 2, 1]
    assert has_list_types(["a", 1], (str, int))
    assert not has_list_types(["a"], (str, int))


def test_graphs():
    order = topological_sort({"sale": ["base", "web"], "web": ["base"], "base": []})
    assert order == ["base", "web", "sale"]
    assert sorted(topological_sort({1: [2], 2: [1]})) == [1, 2]
    assert merge_sequences(["a", "b"], ["x", "b", "c"], ["b", "d"]) == ["a", "x", "b", "c", "d"]


def test_properties():
    class Thing:
        made = 0

        @lazy_property
        def once(self):
            Thing.made += 1
            return Thing.made

        @classproperty
        def name(cls):
            return cls.__name__

        @lazy_classproperty
        def first(cls):
            Thing.made += 10
            return Thing.made

    thing = Thing()
    assert thing.once == thing.once == 1
    lazy_property.reset_all(thing)
    assert thing.once == 2
    assert Thing.name == thing.name == "Thing"
    assert Thing.first == Thing.first == 12


def test_lazy_values():
    calls = []
    value = lazy(lambda: calls.append(1) or [1, 2])
    assert not calls
    assert value + [3] == [1, 2, 3]
    assert [0] + value == [0, 1, 2]
    assert len(value) == 2 and 1 in value and value[0] == 1 and list(value) == [1, 2]
    assert calls == [1]
    assert json.dumps({"v": value}, default=json_default) == '{"v": [1, 2]}'


def test_json_inside_scripts():
    text = scriptsafe.dumps({"a": "</script>&"})
    assert json.loads(text) == {"a": "</script>&"}
    assert "<" not in text.__html__() and "&" not in text.__html__()
    assert json.loads(str(text.__html__())) == {"a": "</script>&"}


def test_replacing_exceptions():
    with pytest.raises(ValueError, match="x") as caught, replace_exceptions(KeyError, by=ValueError):
        raise KeyError("x")
    assert isinstance(caught.value.__cause__, KeyError)
    with pytest.raises(TypeError), replace_exceptions(KeyError, by=ValueError):
        raise TypeError("stays")
