"""Every list, thing, report, reason and paper, looked at by everybody: who sees what of whom."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from seedfund.documents.content import CONTENTS
from seedfund.kernel.errors import NotAllowed
from seedfund.kernel.lazy import Later
from seedfund.kernel.roles import Role
from seedfund.people.rules import SEE_RESTRICTED
from seedfund.reports.folios import FOLIOS
from seedfund.reports.make import REPORTS
from seedfund.reports.queries.desk import LISTS, list_rows, show
from seedfund.reports.queries.desk.things import FINDERS
from seedfund.store.work import Work
from tests.privacy import judged
from tests.privacy.needles import Needle, What
from tests.privacy.planting import Planted
from tests.privacy.readers import Shown, lists, numbers_of, papers, reasons, reports, things

WHOLE = (Role.PROTECTION_OFFICER, Role.AUDITOR)
"""Those who look at everything; the others look at every list, at two of each kind and at all that is restricted."""
FEW = 2


@dataclass
class Looked:
    """What everybody was shown: role → what; and the numbers that the others look at."""

    shown: dict[Role, list[tuple[Shown, set[Needle]]]] = field(default_factory=lambda: defaultdict(list))

    def each(self) -> Iterator[tuple[Role, Shown, Needle]]:
        """Every needle with who was shown it where."""
        for role, rows in self.shown.items():
            for shown, found in rows:
                for needle in found:
                    yield role, shown, needle


@pytest.fixture(scope="module")
def looked(planted: Planted) -> Looked:
    """Everything, looked at by every role."""
    found, numbers = Looked(), numbers_of(planted)
    for role in sorted(Role, key=lambda role: role not in WHOLE):
        with planted.looking(role) as work:
            for shown in _all(work, planted, numbers, is_whole=role in WHOLE):
                found.shown[role].append((shown, planted.needles.in_text(shown.text)))
        if len(found.shown) == len(WHOLE):
            numbers = sorted(_telling(found.shown[Role.PROTECTION_OFFICER], planted))
    return found


def _all(work: Work, planted: Planted, numbers: list[str], *, is_whole: bool) -> Iterator[Shown]:
    yield from lists(work)
    yield from things(work, numbers)
    if is_whole and Role.AUDITOR.value in work.actor:
        yield from reports(work, planted)
        yield from reasons(work, planted)
        yield from papers(work, planted)


def _telling(rows: list[tuple[Shown, set[Needle]]], planted: Planted) -> Iterator[str]:
    """The numbers that tell of somebody restricted, and two of every kind."""
    seen: dict[str, int] = defaultdict(int)
    for shown, found in rows:
        seen[shown.reader] += 1
        is_hidden = any(map(planted.is_restricted, found)) or any(one in shown.text for one in planted.hidden)
        if shown.number and (is_hidden or seen[shown.reader] <= FEW):
            yield shown.number


def test_every_reader_was_judged() -> None:
    assert set(LISTS) == set(judged.LISTS), "a list nobody judged: add it to tests/privacy/judged.py"
    assert {_name(one) for one in FINDERS} == set(judged.THINGS), "a thing nobody judged"
    assert {*REPORTS, *FOLIOS} == set(judged.REPORTS), "a report nobody judged"
    assert set(CONTENTS) == set(judged.PAPERS), "a paper nobody judged"


def test_what_is_about_a_restricted_person_is_for_named_roles_alone(looked: Looked, planted: Planted) -> None:
    leaks = {
        (shown.reader, shown.number, needle.what.value, needle.whose, role.value)
        for role, shown, needle in looked.each()
        if planted.is_restricted(needle)
        and role not in SEE_RESTRICTED
        and shown.reader not in judged.MINUTES_TELL
    }

    assert sorted(leaks) == []


def test_named_roles_do_see_restricted_people(looked: Looked, planted: Planted) -> None:
    for role in SEE_RESTRICTED:
        seen = {
            needle.what for who, _, needle in looked.each() if who is role and planted.is_restricted(needle)
        }
        assert {
            What.GIVEN,
            What.FAMILY,
            What.PHONE,
            What.ADDRESS,
            What.ACCOUNT,
            What.PLACE,
            What.TELLING,
        } <= seen


def test_of_ordinary_people_a_reader_shows_what_it_was_judged_to_show(
    looked: Looked, planted: Planted
) -> None:
    allowed = _allowed()
    leaks = {
        (shown.reader, needle.what.value, role.value)
        for role, shown, needle in looked.each()
        if needle.what not in allowed.get(shown.reader, judged.NOTHING)
        and role not in judged.MORE.get((shown.reader, needle.what), ())
    }

    assert sorted(leaks) == []


def test_no_judgement_allows_what_is_never_shown(looked: Looked) -> None:
    shown = {(one.reader, needle.what) for _, one, needle in looked.each()}
    readers = {one.reader for rows in looked.shown.values() for one, found in rows if found}
    unused = {
        (reader, what.value)
        for reader, whats in _allowed().items()
        for what in whats
        if reader in readers and (reader, what) not in shown
    }

    assert sorted(unused) == []


def test_no_refusal_names_anybody(looked: Looked) -> None:
    named = {(shown.reader, needle.text) for _, shown, needle in looked.each() if shown.refused}

    assert sorted(named) == []


def test_a_restricted_persons_number_is_not_told_beside_their_household(
    looked: Looked, planted: Planted
) -> None:
    told = {
        (shown.reader, shown.number, person)
        for role, rows in looked.shown.items()
        if role not in SEE_RESTRICTED
        for shown, _ in rows
        for part in (
            shown.text.splitlines() if shown.reader.startswith("list") else [shown.number + shown.text]
        )
        for person, home in planted.hidden.items()
        if person in part and home in part and _is_of_one(shown, home)
    }

    assert sorted(told) == []


def _is_of_one(shown: Shown, home: str) -> bool:
    """Whether a text is about one thing: a report of the whole programme names many, row by row."""
    return shown.reader.startswith(("list", "show", "why", "paper")) or shown.number == home


def test_a_stranger_reads_nothing(planted: Planted) -> None:
    for asked in (lambda work: list_rows(work, "households"), lambda work: show(work, "PT-2025-0001")):
        with planted.stage.acting("nobody-of-ours") as work, pytest.raises(NotAllowed):
            asked(work)


def _name(finder: object) -> str:
    """What one who is asked for a number is called: room and function, or the kind of a single row."""
    if isinstance(finder, Later):
        return f"{finder.module.rpartition('.')[2]}.{finder.name}"
    closure = getattr(finder, "__closure__", None) or ()
    kinds = [cell.cell_contents for cell in closure if isinstance(cell.cell_contents, str)]
    return kinds[0] if kinds else str(getattr(finder, "__name__", finder))


def _allowed() -> dict[str, frozenset[What]]:
    """Reader → what of ordinary people everybody of the team may see there."""
    return {
        **{f"list {name}": what for name, what in judged.LISTS.items()},
        **{f"show {kind}": what for kind, what in judged.THINGS.values()},
        **{f"show {kind}": what for kind, what in judged.ALSO.items()},
        **{f"report {name}": what for name, what in judged.REPORTS.items()},
        **{f"paper {name}": what for name, what in judged.PAPERS.items()},
    }
