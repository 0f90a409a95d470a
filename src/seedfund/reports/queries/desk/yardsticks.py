"""Instruments and criteria of graduation as the desk shows them: what is asked and weighed, and where the bar is."""

import re
from collections.abc import Sequence
from typing import Final

from seedfund.accompaniment.queries.rows import YardstickRow
from seedfund.accompaniment.queries.yardsticks import graduation_in, instrument_in, list_yardsticks
from seedfund.accompaniment.rules.graduation import GraduationCriterion
from seedfund.accompaniment.rules.scoring import BASIS_POINTS, Instrument, Question
from seedfund.accompaniment.rules.words import GraduationTest, YardstickKind
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.parties import handles
from seedfund.reports.value import Word
from seedfund.store.work import Work

_NAMED: Final = re.compile(r"(?:(instrument|graduation) )?([a-z][a-z0-9_]*)(?: v([1-9][0-9]*))?")
"""`base`, `base v2`, and, where criteria are called as an instrument is, `graduation base v2`."""


def instrument_rows(work: Work) -> list[Row]:
    """Every version of every instrument, with both hands."""
    found = list_yardsticks(work.reader(), work.programme.id, YardstickKind.INSTRUMENT)
    return [
        {
            "code": one.code,
            "version": one.version,
            "questions": len(asked.questions),
            "dimensions": len(dict.fromkeys(each.dimension for each in asked.questions)),
            **hands,
        }
        for one, hands in _with_hands(work, found)
        for asked in (instrument_in(one),)
    ]


def criteria_rows(work: Work) -> list[Row]:
    """Every version of all criteria of graduation, with both hands."""
    found = list_yardsticks(work.reader(), work.programme.id, YardstickKind.GRADUATION)
    return [
        {
            "code": one.code,
            "version": one.version,
            "instrument": terms.instrument,
            "criteria": len(terms.criteria),
            "required": sum(each.is_required for each in terms.criteria),
            **hands,
        }
        for one, hands in _with_hands(work, found)
        for terms in (graduation_in(one),)
    ]


def show_yardstick(work: Work, named: str) -> Thing:
    """An instrument or criteria of graduation by code: the version in force, the newest one, or the one that is named.

    Raises:
        NotFound: there is none of that code, or not that version of it.
    """
    told = _NAMED.fullmatch(named)
    reader, programme = work.reader(), work.programme.id
    for kind in YardstickKind if told is not None else ():
        if told is not None and told[1] in (None, kind.value):
            versions = [one for one in list_yardsticks(reader, programme, kind) if one.code == told[2]]
            chosen = [one for one in versions if told[3] is None or one.version == int(told[3])]
            if chosen:
                standing = _in_force(work, chosen)
                one = next((each for each in chosen if each.id in standing), chosen[-1])
                return _instrument(work, one) if kind is YardstickKind.INSTRUMENT else _criteria(work, one)
    raise NotFound(what="yardstick", which=named)


def _instrument(work: Work, one: YardstickRow) -> Thing:
    asked = instrument_in(one)
    required = _required(work, asked, one.code)
    by_dimension: dict[str, list[Question]] = {}
    for each in asked.questions:
        by_dimension.setdefault(each.dimension.value, []).append(each)
    dimensions: list[Row] = [
        {"dimension": Word(name), "questions": len(among), "weight": _share(asked, among)}
        for name, among in by_dimension.items()
    ]
    questions: list[Row] = [
        {
            "dimension": Word(each.dimension.value),
            "question": each.code,
            "text": each.text,
            "weight": each.weight,
            "required_by": required.get(each.code, []),
        }
        for among in by_dimension.values()
        for each in among
    ]
    options: list[Row] = [
        {"question": each.code, "option": option.code, "text": option.text, "points": option.points}
        for among in by_dimension.values()
        for each in among
        for option in each.options
    ]
    parts = {"dimensions": dimensions, "questions": questions, "options": options}
    return Thing("instrument", one.code, _fields(work, one), parts)


def _criteria(work: Work, one: YardstickRow) -> Thing:
    terms = graduation_in(one)
    criteria: list[Row] = [
        {
            "criterion": each.code,
            "text": each.text,
            "looks_at": Word(each.test.value),
            "of": _of(each),
            "least": percent_told(each.least_basis_points),
            "is_required": Word("yes" if each.is_required else "no"),
        }
        for each in terms.criteria
    ]
    fields = {"instrument": terms.instrument, **_fields(work, one)}
    return Thing("graduation criteria", one.code, fields, {"criteria": criteria})


def _of(criterion: GraduationCriterion) -> str | Word | None:
    is_dimension = criterion.test is GraduationTest.DIMENSION
    return Word(criterion.of) if is_dimension and criterion.of else criterion.of


def _fields(work: Work, one: YardstickRow) -> Row:
    ((_, hands),) = _with_hands(work, [one])
    return {"version": one.version, **hands, "content_hash": one.content_hash}


def _with_hands(work: Work, found: Sequence[YardstickRow]) -> list[tuple[YardstickRow, Row]]:
    names = handles(work.reader(), work.programme.id)
    standing = _in_force(work, found)
    return [
        (
            one,
            {
                "holds_from": one.effective_from,
                "in_force": Word("yes" if one.id in standing else "no"),
                "proposed_by": names[one.proposed_by],
                "approved_by": names[one.approved_by],
            },
        )
        for one in found
    ]


def _in_force(work: Work, found: Sequence[YardstickRow]) -> frozenset[Key]:
    """Those of the versions by which somebody is measured today: of every code the last that holds already."""
    today, standing = work.today(), {}
    kinds = {YardstickKind(one.kind) for one in found}
    for kind in kinds:
        begun = [
            one
            for one in list_yardsticks(work.reader(), work.programme.id, kind)
            if one.effective_from <= today
        ]
        for one in sorted(begun, key=lambda row: (row.effective_from, row.version)):
            standing[kind, one.code] = one.id
    return frozenset(standing.values())


def _required(work: Work, asked: Instrument, code: str) -> dict[str, list[str]]:
    """By question the required criteria in force that are not met while it is unanswered, as `criteria/criterion`.

    A dimension needs all of its questions, the readiness every one.
    """
    found = list_yardsticks(work.reader(), work.programme.id, YardstickKind.GRADUATION)
    standing = _in_force(work, found)
    required: dict[str, list[str]] = {}
    for one in found:
        terms = graduation_in(one)
        if one.id in standing and terms.instrument == code:
            for each in terms.criteria:
                for question in asked.questions if each.is_required else ():
                    if _looks_at(each, question):
                        required.setdefault(question.code, []).append(f"{one.code}/{each.code}")
    return required


def _looks_at(criterion: GraduationCriterion, question: Question) -> bool:
    match criterion.test:
        case GraduationTest.QUESTION:
            return criterion.of == question.code
        case GraduationTest.DIMENSION:
            return criterion.of == question.dimension
        case _:
            return criterion.test is GraduationTest.READINESS


def _share(asked: Instrument, among: Sequence[Question]) -> str:
    whole = sum(one.weight for one in asked.questions)
    part = sum(one.weight for one in among)
    return percent_told((2 * part * BASIS_POINTS + whole) // (2 * whole))


def percent_told(basis_points: int) -> str:
    """Basis points as they are read: `62.5 %`; rounded half up in whole numbers."""
    tenths = (basis_points + 5) // 10
    return f"{tenths // 10}.{tenths % 10} %"
