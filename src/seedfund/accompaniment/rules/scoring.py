"""Instruments and what answers to them score. Must not know households, nor how answers are stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.visits.rules import Dimension

NOT_APPLICABLE: Final = "not_applicable"
"""The option every question has: the question leaves the denominator."""
POINTS_MOST: Final = 100
BASIS_POINTS: Final = 10_000

INSTRUMENT_EMPTY = RefusalCode(
    "instrument_empty",
    "The instrument {code} asks nothing.",
    "Give at least one question with a weight and options.",
)
QUESTION_REPEATED = RefusalCode(
    "question_repeated",
    "The question {question} stands twice in the instrument {code}.",
    "Give every question a code of its own.",
)
QUESTION_OPTIONS = RefusalCode(
    "question_options",
    "The question {question} does not have two or more options, each with a code of its own and 0 to 100 points.",
    "Correct its options; that a question does not apply needs none.",
)
QUESTION_WEIGHT = RefusalCode(
    "question_weight",
    "The question {question} weighs {weight}.",
    "Give it a weight of 1 or more.",
)
ANSWER_UNKNOWN = RefusalCode(
    "answer_unknown",
    "The instrument {code} has no answer {option} to a question {question}.",
    "Use the codes of the instrument, or not_applicable.",
)
ANSWER_REPEATED = RefusalCode(
    "answer_repeated",
    "The question {question} is answered twice.",
    "Give one answer to it.",
)
REFUSALS: Final = (
    *(INSTRUMENT_EMPTY, QUESTION_REPEATED, QUESTION_OPTIONS, QUESTION_WEIGHT),
    *(ANSWER_UNKNOWN, ANSWER_REPEATED),
)


@dataclass(frozen=True, kw_only=True)
class Option:
    """An answer that may be chosen, and what it is worth: 0 to 100 points."""

    code: str
    text: str
    points: int


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of one dimension, what it weighs, and its options."""

    code: str
    text: str
    dimension: Dimension
    weight: int
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """The questions a household is assessed by."""

    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The option chosen for a question, or `not_applicable`."""

    question: str
    option: str


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """A weighted mean of points in basis points (rounded half up), None where nothing that applies was answered.

    `unanswered` names what was left out: a score is complete only when nothing is.
    """

    basis_points: int | None
    unanswered: tuple[str, ...]
    not_applicable: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every question was answered, and at least one of them applies."""
        return self.basis_points is not None and not self.unanswered


def check_instrument(code: str, instrument: Instrument) -> list[Refusal]:
    """Why an instrument cannot be used."""
    found = [] if instrument.questions else [INSTRUMENT_EMPTY(code=code)]
    found += [QUESTION_REPEATED(code=code, question=one) for one in _repeated(instrument.questions)]
    for question in instrument.questions:
        codes = {option.code for option in question.options} - {NOT_APPLICABLE}
        in_range = all(0 <= option.points <= POINTS_MOST for option in question.options)
        if len(codes) < len(question.options) or len(codes) <= 1 or not in_range:
            found.append(QUESTION_OPTIONS(question=question.code))
        if question.weight <= 0:
            found.append(QUESTION_WEIGHT(question=question.code, weight=question.weight))
    return found


def _repeated(questions: Sequence[Question]) -> list[str]:
    codes = [question.code for question in questions]
    return sorted({code for code in codes if codes.count(code) > 1})


def check_answers(code: str, instrument: Instrument, answers: Sequence[Answer]) -> list[Refusal]:
    """Why answers do not belong to an instrument; a question that is left out is no reason."""
    known = {
        question.code: {NOT_APPLICABLE, *(option.code for option in question.options)}
        for question in instrument.questions
    }
    found = [
        ANSWER_UNKNOWN(code=code, question=one.question, option=one.option)
        for one in answers
        if one.option not in known.get(one.question, ())
    ]
    asked = [one.question for one in answers]
    return [
        *found,
        *(ANSWER_REPEATED(question=one) for one in dict.fromkeys(asked) if asked.count(one) > 1),
    ]


def readiness(
    instrument: Instrument, answers: Mapping[str, str], *, only: Dimension | None = None
) -> Readiness:
    """What answers score, of all questions or of one dimension; one that does not apply leaves the denominator.

    An unanswered question does not count as zero either: it is named, and the score is then not complete.
    """
    asked = [one for one in instrument.questions if only in (None, one.dimension)]
    applies = [one for one in asked if answers.get(one.code, NOT_APPLICABLE) != NOT_APPLICABLE]
    weight = sum(one.weight for one in applies)
    points = sum(one.weight * points_of(one, answers[one.code]) for one in applies)
    scaled = points * (BASIS_POINTS // POINTS_MOST)
    return Readiness(
        basis_points=None if weight == 0 else (2 * scaled + weight) // (2 * weight),
        unanswered=_codes(one for one in asked if one.code not in answers),
        not_applicable=_codes(one for one in asked if answers.get(one.code) == NOT_APPLICABLE),
    )


def points_of(question: Question, option: str) -> int:
    """What an option of a question is worth."""
    return next(one.points for one in question.options if one.code == option)


def _codes(questions: Iterable[Question]) -> tuple[str, ...]:
    return tuple(question.code for question in questions)
