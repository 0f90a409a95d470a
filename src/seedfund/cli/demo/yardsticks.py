"""What households are measured by: instruments and criteria of graduation, each in force by a second person."""

from collections.abc import Iterable
from typing import Final

from seedfund.accompaniment.rules.graduation import GraduationCriterion, GraduationTerms
from seedfund.accompaniment.rules.scoring import Instrument, Option, Question
from seedfund.accompaniment.rules.words import GraduationTest
from seedfund.accompaniment.service import (
    ApproveYardstick,
    DefineGraduation,
    DefineInstrument,
    approve_yardstick,
    define_graduation,
    define_instrument,
)
from seedfund.cli.demo.dated import Row, by_hand, listed
from seedfund.cli.demo.stage import Stage
from seedfund.visits.rules.words import Dimension

PROPOSES: Final = "coordina1"
APPROVES: Final = "direccion1"


def bring_instruments(stage: Stage, suffix: str) -> None:
    """The instruments of a file, a row a question; of one that is known already a further version."""
    for code, rows in by_hand(stage.rows(f"instruments{suffix}"), "instrument").items():
        defining = DefineInstrument(
            key=stage.key("instrument", code, suffix),
            code=code,
            terms=Instrument(questions=tuple(_question(row) for row in rows)),
        )
        with stage.acting(PROPOSES) as work:
            number = define_instrument(work, defining).number
        _approve(stage, number)


def bring_criteria(stage: Stage, suffix: str) -> None:
    """The criteria of graduation of a file, a row a criterion."""
    for code, rows in by_hand(stage.rows(f"graduation_criteria{suffix}"), "criteria").items():
        defining = DefineGraduation(
            key=stage.key("criteria", code, suffix), code=code, terms=_terms(code, rows)
        )
        with stage.acting(PROPOSES) as work:
            number = define_graduation(work, defining).number
        _approve(stage, number)


def _approve(stage: Stage, number: str) -> None:
    with stage.acting(APPROVES) as work:
        approve_yardstick(work, ApproveYardstick(key=stage.key("yardstick +", number), number=number))


def _question(row: Row) -> Question:
    return Question(
        code=row["question"],
        text=row["text"],
        dimension=Dimension(row["dimension"]),
        weight=int(row["weight"]),
        options=tuple(_option(text) for text in listed(row["options"])),
    )


def _option(text: str) -> Option:
    """`code/points/words`."""
    code, points, words = text.split("/", 2)
    return Option(code=code, text=words, points=int(points))


def _terms(code: str, rows: Iterable[Row]) -> GraduationTerms:
    found = list(rows)
    return GraduationTerms(
        instrument=found[0]["instrument"],
        criteria=tuple(
            GraduationCriterion(
                code=row["criterion"],
                text=row["text"],
                test=GraduationTest(row["test"]),
                of=row["of"] or None,
                least_basis_points=int(row["least_basis_points"]),
                is_required=row["required"] == "yes",
            )
            for row in found
        ),
    )
