"""The way through the programme, what each step asks for, and consent that stands until it is withdrawn."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.people.rules import (
    MAY_RECEIVE,
    NEEDED_BY,
    PARTICIPATION_STATES,
    Consent,
    ConsentMethod,
    ConsentPurpose,
    ExitReason,
    PersonField,
    Step,
    check_consents,
    check_exit,
    check_fields,
    fields_needed,
    participation,
)

TODAY = date(2026, 6, 1)


def codes(refusals: Any) -> list[str]:
    return [refusal.code for refusal in refusals]


@pytest.mark.parametrize("state", PARTICIPATION_STATES.states)
@pytest.mark.parametrize("wanted", PARTICIPATION_STATES.states)
def test_a_participation_takes_only_the_steps_of_its_table(state: str, wanted: str) -> None:
    steps = {
        ("identified", "enrolled"),
        ("enrolled", "active"),
        ("active", "graduated"),
        ("active", "completed"),
        *((early, "exited") for early in ("identified", "enrolled", "active")),
    }

    if (state, wanted) in steps:
        PARTICIPATION_STATES.require(state, wanted, which="PA-1")
    else:
        with pytest.raises(Refused, match="cannot become"):
            PARTICIPATION_STATES.require(state, wanted, which="PA-1")


def test_nothing_is_awarded_before_enrolment_or_after_the_end() -> None:
    assert set(MAY_RECEIVE) == set(PARTICIPATION_STATES.states) - {*PARTICIPATION_STATES.ends, "identified"}


@pytest.mark.parametrize(
    ("wanted", "reason", "expected"),
    [
        ("exited", ExitReason.RESETTLED, []),
        ("exited", None, ["exit_reason_missing"]),
        ("graduated", ExitReason.RESETTLED, ["exit_reason_not_expected"]),
        ("graduated", None, []),
        ("active", None, []),
    ],
)
def test_leaving_early_has_a_reason_and_other_steps_have_none(
    wanted: str, reason: ExitReason | None, expected: list[str]
) -> None:
    assert codes(check_exit(wanted, reason)) == expected


def test_few_fields_are_asked_at_the_door_and_more_where_they_are_needed() -> None:
    counts = [len(fields_needed(step)) for step in Step]

    assert fields_needed(Step.REGISTER) == (
        PersonField.NAME_OR_ALIAS,
        PersonField.SEX,
        PersonField.BIRTH,
        PersonField.POPULATION_GROUP,
        PersonField.PLACE,
        PersonField.HOUSEHOLD,
    )
    assert counts == sorted(counts)
    assert {field for field, _ in NEEDED_BY} == set(PersonField)


@pytest.mark.parametrize("step", Step)
def test_each_missing_field_is_named_in_the_order_of_the_table(step: Step) -> None:
    needed = fields_needed(step)
    found = check_fields(step, needed[:1])

    assert check_fields(step, needed) == ()
    assert set(codes(found)) == {"person_field_needed"}
    assert [refusal.facts["field"] for refusal in found] == [field.value for field in needed[1:]]


def consent(purpose: ConsentPurpose = ConsentPurpose.REGISTRATION, **changes: Any) -> Consent:
    usual = Consent(purpose, "es", ConsentMethod.THUMBPRINT, date(2026, 5, 1), "2026-1")
    return replace(usual, **changes)


WITHDRAWN = consent(withdrawn_on=TODAY)


@pytest.mark.parametrize(
    ("step", "consents", "is_child", "expected"),
    [
        (Step.REGISTER, [], False, []),
        (Step.SIGN, [], False, ["consent_missing"]),
        (Step.SIGN, [consent()], False, []),
        (Step.SIGN, [consent(given_on=date(2026, 6, 2))], False, ["consent_missing"]),
        (Step.SIGN, [WITHDRAWN], False, ["consent_withdrawn"]),
        (Step.SIGN, [WITHDRAWN, consent(given_on=TODAY)], False, []),
        (Step.SIGN, [consent()], True, ["guardian_consent_needed"]),
        (Step.SIGN, [consent(), consent(by_guardian=True)], True, []),
        (Step.PAY, [consent()], False, ["consent_missing"]),
        (Step.PAY, [consent(), consent(ConsentPurpose.BANK)], False, []),
        (Step.PAY, [WITHDRAWN], False, ["consent_missing", "consent_withdrawn"]),
        (Step.PAY, [consent(ConsentPurpose.PHOTOS)], False, ["consent_missing", "consent_missing"]),
    ],
)
def test_a_step_waits_for_the_consents_it_rests_on(
    step: Step, consents: list[Consent], is_child: bool, expected: list[str]
) -> None:
    assert codes(check_consents(step, consents, day=TODAY, is_child=is_child)) == expected


def test_a_consent_stands_until_the_day_it_is_withdrawn() -> None:
    assert WITHDRAWN.stands_on(TODAY - timedelta(days=1))
    assert not WITHDRAWN.stands_on(TODAY)
    assert not WITHDRAWN.stands_on(date(2026, 4, 30))


@pytest.mark.parametrize("changes", [{"withdrawn_on": date(2026, 4, 30)}, {"language": " "}])
def test_a_consent_that_cannot_have_been_given_so_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        consent(**changes)


def test_every_code_of_participation_has_a_row() -> None:
    assert [kind.code for kind in participation.REFUSALS] == [
        "exit_reason_missing",
        "exit_reason_not_expected",
        "person_field_needed",
        "consent_missing",
        "consent_withdrawn",
        "guardian_consent_needed",
    ]
