"""A signed copy is attached by its hash, kept sealed for the person it is about, and comes back whole or not at all."""

import hashlib

import pytest

from seedfund.documents.service import CopyKept, keep_copy, open_copy
from seedfund.kernel.errors import Corrupt, NotAllowed, NotFound
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.register.service import AttachScan, attach_scan
from tests.documents.papers import draft, home_of, issued_paper, ready
from tests.support.grants import Home, key
from tests.support.programme import House

SCAN = b"\xff\xd8\xff a signature and the print of a right thumb"


def attached(house: House, number: str, content: bytes = SCAN) -> None:
    with house.work("field") as work:
        sha256 = hashlib.sha256(content).hexdigest()
        attach_scan(work, AttachScan(key=key(), number=number, sha256=sha256))


def kept(house: House, number: str, content: bytes = SCAN) -> CopyKept:
    with house.work("field") as work:
        return keep_copy(work, number, content)


@pytest.fixture
def home(house: House) -> Home:
    ready(house)
    return home_of(house)


@pytest.fixture
def number(house: House, home: Home) -> str:
    """An issued agreement with its signed copy attached."""
    number = issued_paper(house, draft(house, home)).number
    attached(house, number)
    return number


def test_a_kept_copy_shows_nothing_and_comes_back_as_it_was(house: House, number: str) -> None:
    copy = kept(house, number)

    assert copy.is_sealed
    assert b"thumb" not in copy.stored
    assert copy.file_name == f"{number}-v1-{hashlib.sha256(SCAN).hexdigest()[:12]}.sealed"
    with house.work("expert") as work:
        opened = open_copy(work, number.lower(), copy.stored)
    assert opened.content == SCAN
    assert opened.sha256 == hashlib.sha256(SCAN).hexdigest()
    assert "thumb" not in repr(opened)


def test_of_several_copies_each_opens_as_itself(house: House, number: str) -> None:
    attached(house, number, SCAN + b" second page")
    first, second = kept(house, number), kept(house, number, SCAN + b" second page")

    with house.work("expert") as work:
        assert open_copy(work, number, first.stored).content == SCAN
        assert open_copy(work, number, second.stored).content == SCAN + b" second page"


def test_an_altered_copy_and_one_of_another_paper_do_not_open(house: House, number: str) -> None:
    other = issued_paper(house, draft(house)).number
    attached(house, other, SCAN + b" of another")
    stored = bytearray(kept(house, number).stored)
    stored[-1] ^= 1

    for content in (bytes(stored), b"", kept(house, other, SCAN + b" of another").stored):
        with house.work("expert") as work, pytest.raises(Corrupt, match=number):
            open_copy(work, number, content)


def test_what_was_not_attached_is_not_kept(house: House, number: str) -> None:
    with pytest.raises(NotFound, match="signed copy"):
        kept(house, number, b"another file")
    with house.work("expert") as work, pytest.raises(NotFound, match="AG-2026-0999"):
        open_copy(work, "AG-2026-0999", b"")


def test_a_restricted_persons_copy_is_for_named_roles_only(house: House, home: Home, number: str) -> None:
    copy = kept(house, number)
    with house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=home.head, is_restricted=True))

    with house.work("field") as work, pytest.raises(NotAllowed):
        open_copy(work, number, copy.stored)
    with house.work("protection") as work:
        assert open_copy(work, number, copy.stored).content == SCAN
