"""From the rows of a provider's file to what becomes of each: what was met before, what fits, what waits.

Rows are judged in rounds, one row of each payment a round, results before reversals: each round sees what the rounds
before it posted.
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
    exceptions: Mapping[Like, ExceptionRow]
    lists: dict[Key, str]
    list_number: str
    sha256: str

    @property
    def list_id(self) -> Key | None:
        """The list the file is said to answer."""
        return next((key for key, number in self.lists.items() if number == self.list_number), None)


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
    for place, row in enumerate(rows):
        verdict = _at_once(row, met, paid.get(row.payment), manner)
        if verdict is not None:
            found[place] = Taken(row, verdict, paid.get(row.payment))
    new = {place: row for place, row in enumerate(rows) if place not in found}
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
    for batch in _rounds(new):
        found |= _posted(unit, {place: new[place] for place in batch}, _By(manner, asked, met.lists))
    return [_with_known(found[place], met) for place in range(len(rows))]


def _is_all_own(unit: Unit, paid: Mapping[str, PaidRow]) -> bool:
    """Whether who takes the file in released all of it: then nothing of it is theirs to tell, and the verb says so."""
    return all(one.row.released_by == unit.actor.id for one in paid.values())


def _at_once(row: ResultRow, met: Met, paid: PaidRow | None, manner: Manner) -> Verdict | None:
    """What becomes of a row before it is compared; None where its payment and the other rows have to be looked at."""
    like = (row.fingerprint, row.occurrence)
    waited = met.exceptions.get(like)
    if waited is not None and waited.state != "open":
        return Verdict(fate=Fate.RECORDED)
    if like in met.posted:
        is_other_file = met.sha256 not in met.posted[like]
        may_be_new = is_other_file and paid is not None and may_be_another(row.as_told, paid.facts, manner)
        return queued(Misfit.ROW_REPEATED) if may_be_new else Verdict(fate=Fate.RECORDED)
    if row.misfit is not None:
        return queued(row.misfit)
    return None if paid is not None else queued(Misfit.PAYMENT_UNKNOWN)


def _rounds(rows: Mapping[int, ResultRow]) -> Iterator[list[int]]:
    """The places of the rows of each round: a payment once a round, its results before what takes them back."""
    waiting: dict[str, list[int]] = {}
    for place in sorted(rows, key=lambda place: (rows[place].told is Told.REVERSED, place)):
        waiting.setdefault(rows[place].payment, []).append(place)
    while waiting:
        yield [places.pop(0) for places in waiting.values()]
        waiting = {payment: places for payment, places in waiting.items() if places}


def _posted(unit: Unit, rows: Mapping[int, ResultRow], by: _By) -> dict[int, Taken]:
    paid = paid_rows(unit, unit.programme.id, [row.payment for row in rows.values()], by.lists)
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


def _with_known(one: Taken, met: Met) -> Taken:
    """A row that waits already is in the queue once, however often it comes."""
    known = met.exceptions.get((one.row.fingerprint, one.row.occurrence))
    if known is not None and one.verdict.fate is Fate.QUEUED:
        return replace(one, verdict=Verdict(fate=Fate.RECORDED, misfit=known.misfit), known=known)
    return replace(one, known=known)
