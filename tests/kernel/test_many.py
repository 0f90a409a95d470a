"""Values made by the ten thousand are what a frozen dataclass is, only sooner."""

from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from seedfund.kernel.many import made_often


@made_often
@dataclass(frozen=True, slots=True)
class Place:
    """A place with a default, and a check at the end."""

    name: str
    metres: int = 2_850

    def __post_init__(self) -> None:
        if self.metres < 0:
            raise ValueError("below the sea")


@made_often
@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A value whose fields are given by name."""

    first: str
    last: str = ""


def test_a_value_is_equal_to_another_of_the_same_content_and_has_its_hash() -> None:
    assert Place("Loja", 2_060) == Place(name="Loja", metres=2_060)
    assert hash(Place("Loja")) == hash(Place("Loja"))
    assert repr(Place("Loja")) == "Place(name='Loja', metres=2850)"


def test_a_value_stays_frozen() -> None:
    place = Place("Loja")

    with pytest.raises(FrozenInstanceError):
        place.name = "Zamora"  # type: ignore[misc]  # that is what is tried
    with pytest.raises(FrozenInstanceError):
        del place.name


def test_a_value_is_of_its_own_class_and_keeps_its_fields() -> None:
    assert type(Place("Loja")) is Place
    assert [one.name for one in fields(Place)] == ["name", "metres"]
    assert replace(Place("Loja"), metres=4_000) == Place("Loja", 4_000)


def test_the_check_at_the_end_is_asked() -> None:
    with pytest.raises(ValueError, match="below the sea"):
        Place("Guayaquil", -1)


def test_fields_that_are_named_have_to_be_named() -> None:
    assert Named(first="Rosa").last == ""
    with pytest.raises(TypeError, match="positional"):
        Named("Rosa")  # type: ignore[call-arg]  # that is what is tried


@pytest.mark.parametrize("missing", [(), ("Loja", 1, 2)])
def test_too_few_and_too_many_values_are_an_error(missing: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        Place(*missing)  # type: ignore[arg-type]  # that is what is tried


def test_a_class_without_slots_is_refused() -> None:
    with pytest.raises(TypeError, match="Loose is no plain dataclass with slots"):

        @made_often
        @dataclass(frozen=True)
        class Loose:
            name: str


def test_a_field_made_by_a_factory_is_refused() -> None:
    with pytest.raises(TypeError, match="Made has a field that is not simply given"):

        @made_often
        @dataclass(frozen=True, slots=True)
        class Made:
            names: list[str] = field(default_factory=list)
