"""Errors as they travel: a copy, or one that comes from another process, is the same to whoever catches it."""

import copy
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from seedfund.kernel import errors
from seedfund.kernel.errors import InvalidInput, NotFound, RefusalCode, Refused, SeedfundError
from seedfund.kernel.resources import ResourceMissing

TOO_MUCH = RefusalCode("too_much", "{amount} is too much.", "Give at most {most}.")
ERRORS: list[SeedfundError] = [
    InvalidInput(field="amount", problem="it is no number", remedy="give one", row=7, file="a.csv"),
    Refused([TOO_MUCH(amount="USD 5.00", most="USD 4.00")]),
    NotFound(what="grant", which="SC-1", look="seedfund list grants"),
    errors.Conflict("used before"),
    errors.Busy("somebody else"),
    errors.NotAllowed("not you"),
    errors.Corrupt("row 3"),
    errors.StorageError("disk full"),
    errors.NotPrepared("no key file"),
    errors.MissingExtra(extra="sign", what="Signing"),
    ResourceMissing(name="templates"),
]


def kinds(above: type[SeedfundError]) -> set[type[SeedfundError]]:
    """Every kind of error below one."""
    return {below for own in above.__subclasses__() for below in (own, *kinds(own))}


def same(again: BaseException, error: SeedfundError) -> bool:
    """Whether nobody who catches the one could tell it from the other."""
    return (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def fail(place: int) -> None:
    """What another process does."""
    raise ERRORS[place]


def test_every_kind_of_error_is_asked() -> None:
    assert {type(error) for error in ERRORS} == {
        one for one in kinds(SeedfundError) if one.__module__.startswith("seedfund.")
    }


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_copy_of_an_error_says_and_holds_the_same(error: SeedfundError) -> None:
    assert same(copy.copy(error), error)
    assert same(copy.deepcopy(error), error)


def test_an_error_of_another_process_is_the_error_it_was() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as others:
        found = [others.submit(fail, place).exception() for place in range(len(ERRORS))]

    for again, error in zip(found, ERRORS, strict=True):
        assert again is not None
        assert (type(again), str(again)) == (type(error), str(error))
    assert isinstance(found[1], Refused)
    assert found[1].refusals == ERRORS[1].refusals  # type: ignore[attr-defined] # it is the refused one
