"""Our frozen dataclasses are the standard library's in all that a program can see of them."""

from __future__ import annotations

import ast
import copy
import dataclasses
import inspect
import pickle
from pathlib import Path
from typing import Any

import pytest

import shopscore
from shopscore import frozen


def classes(dataclass):
    """Every kind of class and field there is in the program, by name."""

    @dataclass
    class Told:
        """Every kind of field there is in the program."""

        name: str
        of: Any
        note: str = "none"
        parts: list[int] = dataclasses.field(default_factory=list)
        hidden: str = dataclasses.field(default="h", repr=False)
        aside: int = dataclasses.field(default=0, compare=False)

        @property
        def long(self):
            return f"{self.name} {self.note}"

    @dataclass
    class Single:
        """One field."""

        only: object = ()

    @dataclass
    class Empty:
        """None at all."""

    @dataclass
    class Written:
        """What a class says itself stands."""

        name: str

        def __eq__(self, other):
            return isinstance(other, type(self)) and self.name.casefold() == other.name.casefold()

        def __hash__(self):
            return 7

        def __repr__(self):
            return "<one>"

        def __post_init__(self):
            object.__setattr__(self, "name", self.name.strip())

    return {each.__name__: each for each in (Told, Single, Empty, Written)}


THEIRS = classes(dataclasses.dataclass(frozen=True, slots=True))
OURS = classes(frozen.dataclass(frozen=True, slots=True))
VALUES = [
    ("Told", ("a", 1), {}),
    ("Told", ("a", (1, 2)), {"note": "n", "parts": [1], "hidden": "x", "aside": 9}),
    ("Told", ("a", {}, "b", [2]), {}),
    ("Single", (), {}),
    ("Single", ("x",), {}),
    ("Single", (), {"only": None}),
    ("Empty", (), {}),
    ("Written", (" Tea ",), {}),
]


def outcome(do):
    """What comes of it: a value, or the kind of error and its words."""
    try:
        return do()
    except Exception as error:  # noqa: BLE001 - whatever it is, both must have it
        return type(error), str(error)


@pytest.mark.parametrize(("cls", "args", "named"), VALUES)
def test_one_holds_shows_and_gives_away_the_same(cls, args, named):
    theirs, ours = THEIRS[cls](*args, **named), OURS[cls](*args, **named)
    assert repr(ours) == repr(theirs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert dataclasses.astuple(ours) == dataclasses.astuple(theirs)
    assert outcome(lambda: hash(ours)) == outcome(lambda: hash(theirs))
    assert type(ours).__match_args__ == type(theirs).__match_args__
    assert type(ours).__slots__ == type(theirs).__slots__
    assert not hasattr(ours, "__dict__")


@pytest.mark.parametrize("one", VALUES)
@pytest.mark.parametrize("other", VALUES)
def test_two_are_equal_where_the_library_s_are(one, other):
    def equal(classes):
        left, right = (classes[name](*args, **named) for name, args, named in (one, other))
        return left == right

    assert equal(OURS) is equal(THEIRS)


def test_what_is_not_compared_makes_no_difference_and_other_types_always_do():
    one, two = OURS["Told"]("a", 1, aside=1), OURS["Told"]("a", 1, aside=2)
    assert one == two
    assert one != THEIRS["Told"]("a", 1, aside=1)
    assert one != ("a", 1)


@pytest.mark.parametrize("change", [lambda one: setattr(one, "name", "b"), lambda one: delattr(one, "name")])
def test_nothing_can_be_changed(change):
    theirs, ours = THEIRS["Told"]("a", 1), OURS["Told"]("a", 1)
    assert outcome(lambda: change(ours)) == outcome(lambda: change(theirs))
    assert outcome(lambda: change(ours))[0] is dataclasses.FrozenInstanceError
    assert ours.name == "a"


@pytest.mark.parametrize("name", ["other", "long"])
def test_nothing_can_be_added(name):
    with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot assign to field '{name}'"):
        setattr(OURS["Told"]("a", 1), name, 1)


@pytest.mark.parametrize("args", [(), ("a",), ("a", 1, "b", [], "c", 2, 3)])
def test_a_wrong_call_is_told_in_the_same_words(args):
    assert outcome(lambda: OURS["Told"](*args)) == outcome(lambda: THEIRS["Told"](*args))
    assert outcome(lambda: OURS["Told"](*args, no=1)) == outcome(lambda: THEIRS["Told"](*args, no=1))


def test_a_change_of_one_wish_makes_another_one():
    one = OURS["Told"]("a", 1)
    two = dataclasses.replace(one, note="b")
    assert (one.note, two.note, two.name) == ("none", "b", "a")
    assert one.parts is two.parts
    assert OURS["Told"]("a", 1).parts is not one.parts


def test_what_a_class_says_itself_stands():
    one = OURS["Written"](" Tea ")
    assert (one.name, one == OURS["Written"]("tea"), hash(one), repr(one)) == ("Tea", True, 7, "<one>")


@frozen.dataclass(frozen=True, slots=True)
class Pickled:
    """What goes through a pipe to another process."""

    name: str
    inner: Any = None


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_it_comes_whole_out_of_a_pipe(protocol):
    one = Pickled("a", Pickled("b", [1]))
    again = pickle.loads(pickle.dumps(one, protocol))  # noqa: S301 - our own
    assert again == one
    assert copy.deepcopy(one) == one
    assert copy.copy(one).inner is one.inner


def test_one_that_holds_itself_can_be_shown():
    one = Pickled("a", [])
    one.inner.append(one)
    assert repr(one) == "Pickled(name='a', inner=[...])"


def test_patterns_match_it():
    match Pickled("a", 2):
        case Pickled(name, 2):
            assert name == "a"
        case _:
            pytest.fail("it does not match")


@pytest.mark.parametrize(
    "special", [{"init": False, "default": 1}, {"kw_only": True}, {"hash": False}], ids=["init", "kw_only", "hash"]
)
def test_a_field_it_does_not_know_is_refused(special):
    cls = type("Other", (), {"__annotations__": {"x": int}, "x": dataclasses.field(**special)})
    with pytest.raises(TypeError, match="x: such a field needs the library's own dataclass"):
        frozen.dataclass(frozen=True, slots=True)(cls)


def test_other_words_are_the_library_s():
    made = frozen.dataclass(slots=True)(type("Other", (), {"__annotations__": {"x": int}}))
    one = made(1)
    one.x = 2
    assert one == made(2)


def test_every_frozen_class_of_the_program_is_made_so():
    """A class of the library's own would cost every process a millisecond again."""
    slow = []
    for path in Path(inspect.getfile(shopscore)).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        theirs = any(
            isinstance(node, ast.ImportFrom)
            and node.module == "dataclasses"
            and any(name.name == "dataclass" for name in node.names)
            for node in tree.body
        )
        if theirs and "@dataclass(frozen=True, slots=True)\n" in path.read_text(encoding="utf-8"):
            slow.append(path.name)
    assert slow == []
