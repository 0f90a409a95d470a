"""From the rows of a provider's file to what becomes of each: what was met before, what fits, what waits.

Rows are judged in rounds, one row of each payment a round, results before reversals: each round sees what the rounds
before it posted. A row is known where the same file told it before; one that another file told to the letter is known
only where its amount, its reference or its layout says that it is no other money.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.payouts.queries import (
    ExceptionRow,
    PaidRow,
    exceptions_met,
    list_numbers,
    lock_payments,
    paid_rows,
    rows_met,
)
from seedfund.payouts.rules import (
    Asked,
    Fate,
    Manner,
    Misfit,
    NewRow,
    Told,
    Verdict,
    judge,
    may_be_another,
    misfits_among,
    queued,
)
from seedfund.payouts.service.posting import post_result, post_results
from seedfund.payouts.service.rows import ResultRow
from seedfund.store.unit import Unit

Like = tuple[str, int]


@dataclass(frozen=True)
class Met:
    """What is on record of rows like these: those posted, by which files, those that wait or waited; the lists by key.

    `sha256` is the file that is taken in now.
    """

    posted: Mapping[Like, frozenset[str]]
    exceptions: Mapping[Like, Sequence[ExceptionRow]]
    lists: dict[Key, str]
    list_number: str
    sha256: str

    @property
    def list_id(self) -> Key | None:
        """The list the file is said to answer."""
        return next((key for key, number in self.lists.items() if number == self.list_number), None)

    def posted_by(self, row: ResultRow) -> frozenset[str]:
        """The files from which a row like this was posted."""
        return self.posted.get((row.fingerprint, row.occurrence), frozenset())

    def here(self, row: ResultRow) -> ExceptionRow | None:
        """The exception of this very row: the same file was taken in before."""
        return next((one for one in self._waited(row) if one.sha256 == self.sha256), None)

    def elsewhere(self, row: ResultRow) -> ExceptionRow | None:
        """The exception of a row like this in another file: one that still waits, else the last."""
        others = [one for one in self._waited(row) if one.sha256 != self.sha256]
        return next((one for one in others if one.state == "open"), others[-1] if others else None)

    def is_ended_elsewhere(self, row: ResultRow) -> bool:
        """Whether a person ended a row like this in another file."""
        return any(_has_ended(one) for one in self._waited(row) if one.sha256 != self.sha256)

    def _waited(self, row: ResultRow) -> Sequence[ExceptionRow]:
        return self.exceptions.get((row.fingerprint, row.occurrence), ())


@dataclass(frozen=True)
class Taken:
    """A row with what becomes of it, its payment, what was irregular, and the exception that stands for it so far."""

    row: ResultRow
    verdict: Verdict
    paid: PaidRow | None = None
    irregular: tuple[str, ...] = ()
    known: ExceptionRow | None = None


@dataclass(frozen=True)
class _By:
    """What rows are judged by: the layout's manner, what the file is said to answer, the lists by key."""

    manner: Manner
    asked: Asked
    lists: dict[Key, str]


def read_met(unit: Unit, rows: Sequence[ResultRow], *, list_number: str, sha256: str) -> Met:
    """Lock the payments of a file and read what is on record of its rows.

    Raises:
        NotFound: there is no such list.
    """
    lists = list_numbers(unit, unit.programme.id)
    wanted = list_number.strip().upper()
    if wanted and wanted not in lists.values():
        raise NotFound(what="payment list", which=wanted)
    lock_payments(unit, unit.programme.id, [row.payment for row in rows if row.payment])
    fingerprints = [row.fingerprint for row in rows]
    return Met(
        rows_met(unit, unit.programme.id, fingerprints),
        exceptions_met(unit, unit.programme.id, fingerprints),
        lists,
        wanted,
        sha256,
    )


def judge_all(unit: Unit, rows: Sequence[ResultRow], manner: Manner, met: Met) -> list[Taken]:
    """What becomes of every row, in the order of the file; what fits is posted on the way."""
    paid = paid_rows(unit, unit.programme.id, [row.payment for row in rows if row.payment], met.lists)
    found: dict[int, Taken] = {}
    known = [_known(row, met, paid.get(row.payment), manner) for row in rows]
    for place, row in enumerate(rows):
        verdict = _at_once(row, met, paid.get(row.payment), manner)
        if verdict is not None:
            found[place] = Taken(row, verdict, paid.get(row.payment))
    new = {place: row for place, row in enumerate(rows) if place not in found}
    ended = {place: new.pop(place) for place in tuple(new) if met.is_ended_elsewhere(new[place])}
    compared = [
        NewRow(
            place=place,
            payment=row.payment,
            told=row.told,
            amount=row.as_told.amount,
            is_repeat=row.occurrence > 1,
        )
        for place, row in new.items()
    ]
    for place, misfit in misfits_among(compared, manner).items():
        found[place] = Taken(new.pop(place), queued(misfit), paid[rows[place].payment])
    asked = Asked(
        list_number=met.list_number,
        on=unit.occurred_on,
        today=unit.work.today(),
        payer="" if _is_all_own(unit, paid) else unit.actor.id,
    )
    by = _By(manner, asked, met.lists)
    for batch in _rounds(new):
        found |= _posted(unit, {place: new[place] for place in batch}, by, before=tuple(found.values()))
    found |= _told_again(unit, ended, by)
    return [_with_known(found[place], known[place]) for place in range(len(rows))]


def _is_all_own(unit: Unit, paid: Mapping[str, PaidRow]) -> bool:
    """Whether who takes the file in released all of it: then nothing of it is theirs to tell, and the verb says so."""
    return all(one.row.released_by == unit.actor.id for one in paid.values())


def _at_once(row: ResultRow, met: Met, paid: PaidRow | None, manner: Manner) -> Verdict | None:
    """What becomes of a row before it is compared; None where its payment and the other rows have to be looked at."""
    here, elsewhere, posted_by = met.here(row), met.elsewhere(row), met.posted_by(row)
    is_ended = manner.files_grow and met.is_ended_elsewhere(row)
    if _has_ended(here) or met.sha256 in posted_by or is_ended:
        return Verdict(fate=Fate.RECORDED)
    misfit = row.misfit or (Misfit.PAYMENT_UNKNOWN if paid is None else None)
    if (posted_by or elsewhere is not None) and _may_be_another(row, paid, manner):
        return queued(misfit or Misfit.ROW_REPEATED)
    if posted_by or (misfit is not None and here is None and met.is_ended_elsewhere(row)):
        return Verdict(fate=Fate.RECORDED)
    return None if misfit is None else queued(misfit)


def _may_be_another(row: ResultRow, paid: PaidRow | None, manner: Manner) -> bool:
    is_read = paid is not None and row.misfit is None
    return may_be_another(row.as_told, paid.facts if paid is not None and is_read else None, manner)


def _known(row: ResultRow, met: Met, paid: PaidRow | None, manner: Manner) -> ExceptionRow | None:
    """The exception that stands for a row: its own or, where the row cannot be other money, another file's."""
    here = met.here(row)
    return here if here is not None or _may_be_another(row, paid, manner) else met.elsewhere(row)


def _has_ended(known: ExceptionRow | None) -> bool:
    return known is not None and known.state != "open"


def _told_again(unit: Unit, rows: Mapping[int, ResultRow], by: _By) -> dict[int, Taken]:
    """Rows whose like in another file was ended by a person: known, unless money would move by them as things stand."""
    paid = paid_rows(unit, unit.programme.id, [row.payment for row in rows.values()], by.lists)
    asked = replace(by.asked, payer="")
    found = {}
    for place, row in rows.items():
        verdict = judge(row.as_told, paid[row.payment].facts, by.manner, asked)
        if verdict.fate is Fate.POSTED:
            verdict = queued(Misfit.ROW_REPEATED)
        elif verdict.fate in (Fate.QUEUED, Fate.RECORDED):
            # Who ended it decided on its fee.
            verdict = Verdict(fate=Fate.RECORDED)
        found[place] = Taken(row, verdict, paid[row.payment])
    return found


def _rounds(rows: Mapping[int, ResultRow]) -> Iterator[list[int]]:
    """The places of the rows of each round: a payment once a round, its results before what takes them back."""
    waiting: dict[str, list[int]] = {}
    for place in sorted(rows, key=lambda place: (rows[place].told is Told.REVERSED, place)):
        waiting.setdefault(rows[place].payment, []).append(place)
    while waiting:
        yield [places.pop(0) for places in waiting.values()]
        waiting = {payment: places for payment, places in waiting.items() if places}


def _posted(
    unit: Unit, rows: Mapping[int, ResultRow], by: _By, *, before: Sequence[Taken]
) -> dict[int, Taken]:
    """Judge and post a round of rows; what the rounds `before` told is kept when the file ends."""
    stored = paid_rows(unit, unit.programme.id, [row.payment for row in rows.values()], by.lists)
    earlier: dict[str, list[Verdict]] = {}
    for one in before:
        if one.verdict.fate is Fate.POSTED or one.verdict.fee:
            earlier.setdefault(one.row.payment, []).append(one.verdict)
    paid = {number: _with_told(one, earlier.get(number, ())) for number, one in stored.items()}
    found = {
        place: Taken(row, judge(row.as_told, paid[row.payment].facts, by.manner, by.asked), paid[row.payment])
        for place, row in rows.items()
    }
    results = {
        place: one
        for place, one in found.items()
        if one.verdict.fate is Fate.POSTED and not one.verdict.is_reversal
    }
    told = post_results(unit, [(one.row, one.verdict) for one in results.values()])
    for place, irregular in zip(results, told, strict=True):
        found[place] = replace(found[place], irregular=irregular)
    for place, one in found.items():
        if one.verdict.is_reversal:
            found[place] = replace(one, irregular=post_result(unit, one.row, one.verdict))
    return found


def _with_told(paid: PaidRow, verdicts: Sequence[Verdict]) -> PaidRow:
    """A payment with what rows of this file told of it so far."""
    if not verdicts:
        return paid
    facts, back = paid.facts, [one for one in verdicts if one.is_reversal or one.fee_of_return]
    there = [one for one in verdicts if one not in back]
    told = replace(
        facts,
        fees=(*facts.fees, *(one.fee for one in there if one.fee)),
        fees_back=(*facts.fees_back, *(one.fee for one in back if one.fee)),
        told=facts.told + len(there),
        told_back=facts.told_back + len(back),
    )
    return replace(paid, facts=told)


def _with_known(one: Taken, known: ExceptionRow | None) -> Taken:
    """A row that waits already is in the queue once, however often it comes."""
    if known is not None and known.state == "open" and one.verdict.fate is Fate.QUEUED:
        return replace(one, verdict=Verdict(fate=Fate.RECORDED, misfit=known.misfit), known=known)
    return replace(one, known=known)
