"""Plans in a database: versions never change, words are sealed, hands differ, a committee decides."""

import dataclasses
from datetime import date

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import Corrupt, InvalidInput, NotFound, Refused
from seedfund.kernel.money import Money, zero
from seedfund.plans.queries import (
    CallTerms,
    decision_of_plan,
    diff_versions,
    items_of,
    open_version,
    plan_facts,
)
from seedfund.plans.rules import (
    BusinessPlan,
    Choice,
    CommitteePolicy,
    Criterion,
    Mark,
    Outcome,
    PlanPolicy,
    ScoringSheet,
)
from seedfund.plans.service import (
    ApproveCall,
    CastVote,
    CloseSession,
    ConveneCommittee,
    DecidePlan,
    DeclareInterest,
    PlanDecided,
    PlanSubmitted,
    ProposeCall,
    ReturnPlan,
    ScorePlan,
    SubmitPlan,
    VerifyPlan,
    WithdrawPlan,
    approve_call,
    cast_vote,
    close_session,
    convene_committee,
    decide_plan,
    declare_interest,
    plan_secret,
    propose_call,
    return_plan,
    score_plan,
    submit_plan,
    verify_plan,
    withdraw_plan,
)
from seedfund.plans.tables import PlanVersion
from seedfund.store.columns import table_of
from tests.people.samples import register
from tests.plans.samples import bakery
from tests.support.programme import House

SHEET = ScoringSheet(
    code="S",
    version="1",
    criteria=(Criterion("market", "Market", 6_000), Criterion("skills", "Skills", 4_000)),
    scale_min=1,
    scale_max=5,
    pass_mark=6_000,
    reviewers_min=1,
)
TERMS = CallTerms(PlanPolicy(version="1"), CommitteePolicy(version="1", quorum=2), SHEET)


def call(house: House, terms: CallTerms = TERMS) -> None:
    with house.work("expert") as work:
        proposed = propose_call(work, ProposeCall(key="call", code="C1", version="1", terms=terms))
    with house.work("manager") as work:
        approve_call(
            work, ApproveCall(key="call+", code="C1", version="1", content_hash=proposed.content_hash)
        )


def submitting(house: House, plan: BusinessPlan, key: str = "bp1", **changes: object) -> SubmitPlan:
    household = register(house)
    return SubmitPlan(
        key=key,
        call="C1",
        participant=household.members[0].participant,
        household=household.household,
        plan=plan_secret(plan),
        **changes,  # type: ignore[arg-type] # the fields of the command
    )


def submitted(house: House, plan: BusinessPlan | None = None) -> tuple[SubmitPlan, PlanSubmitted]:
    command = submitting(house, plan or bakery())
    with house.work("expert") as work:
        return command, submit_plan(work, command)


def verified(house: House, number: str) -> None:
    with house.work("field") as work:
        verify_plan(work, VerifyPlan(key=f"v{number}", number=number, visited_on=date(2026, 1, 5)))


def scored(house: House, number: str, value: int = 5) -> None:
    with house.work("reviewer") as work:
        marks = (Mark("market", value), Mark("skills", value))
        score_plan(work, ScorePlan(key=f"s{number}", number=number, marks=marks))


def session(house: House) -> str:
    members = ("member1", "member2", "member3")
    with house.work("secretary") as work:
        return convene_committee(
            work,
            ConveneCommittee(
                key="cs",
                call="C1",
                held_on=date(2026, 1, 5),
                members=members,
                present=members,
                chair="member1",
            ),
        ).number


def voted(house: House, sitting: str, number: str, *members: str) -> None:
    for member in members:
        with house.work(member) as work:
            vote = CastVote(
                key=f"{member}{number}", session=sitting, plan=number, member=member, choice=Choice.FOR
            )
            cast_vote(work, vote)


def rejecting(sitting: str, number: str, plan: BusinessPlan) -> DecidePlan:
    return DecidePlan(
        key=f"d{number}",
        session=sitting,
        plan=number,
        outcome=Outcome.REJECTED,
        amount=zero(plan.currency),
        reasons=("Other plans serve the market already.",),
    )


def test_a_submitted_version_is_opened_whole_and_its_items_stand_in_clear(house: House) -> None:
    call(house)
    plan = bakery()
    _, result = submitted(house, plan)

    with house.work("expert") as work:
        facts = plan_facts(work.reader(), work.programme.id, result.number)
        assert open_version(work, facts.version_id) == plan
        items = items_of(work.reader(), [facts.version_id])[facts.version_id]
    assert [(item.line, item.total_minor) for item in items] == [(i.line, i.total.minor) for i in plan.items]
    assert facts.requested == plan.sources.grant


def test_the_words_of_a_plan_are_not_readable_in_the_database(house: House) -> None:
    call(house)
    submitted(house, dataclasses.replace(bakery(), title="Panadería de Doña Ficticia"))

    with house.engine.connect() as connection:
        for table in sa.inspect(house.engine).get_table_names():
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                assert not any("Ficticia" in str(value) for value in row), table


def test_a_version_moved_to_another_row_does_not_open(house: House) -> None:
    call(house)
    _, result = submitted(house)
    with house.work("expert") as work:
        facts = plan_facts(work.reader(), work.programme.id, result.number)
    with house.engine.begin() as connection:
        drop = "DROP TRIGGER sf_tr_plan_version_no_update" + (
            " ON sf_plan_version" if house.engine.dialect.name == "postgresql" else ""
        )
        connection.exec_driver_sql(drop)
        moved = bytearray(connection.execute(sa.select(table_of(PlanVersion).c.content)).scalar_one())
        moved[-1] ^= 1
        connection.execute(sa.update(table_of(PlanVersion)).values(content=bytes(moved)))

    with house.work("expert") as work, pytest.raises(Corrupt):
        open_version(work, facts.version_id)


def test_a_returned_plan_gets_a_next_version_and_the_difference_is_told(house: House) -> None:
    call(house)
    first, result = submitted(house)
    with house.work("reviewer") as work:
        return_plan(work, ReturnPlan(key="r", number=result.number, reason="The oven has no quotation."))
    second = dataclasses.replace(bakery(), sector="gastronomy")
    with house.work("expert") as work:
        again = dataclasses.replace(first, key="bp2", number=result.number, plan=plan_secret(second))
        assert submit_plan(work, again).version == 2
        changes = diff_versions(work, result.number, before=1, after=2)

    assert [change.field for change in changes.fields] == ["sector"]


def test_a_submitted_plan_takes_no_other_version_until_it_is_returned(house: House) -> None:
    call(house)
    first, result = submitted(house)
    again = dataclasses.replace(first, key="bp2", number=result.number)

    with house.work("expert") as work, pytest.raises(Refused) as caught:
        submit_plan(work, again)

    assert caught.value.codes == ("plan_closed_to_versions",)


def test_what_the_call_asks_is_refused_all_at_once(house: House) -> None:
    call(house)
    plan = dataclasses.replace(bakery(), items=())

    with house.work("expert") as work, pytest.raises(Refused) as caught:
        submit_plan(work, submitting(house, plan))

    assert caught.value.codes[0] == "plan_without_items"
    assert len(caught.value.codes) > 1


def test_a_household_plan_names_its_household(house: House) -> None:
    call(house)
    command = dataclasses.replace(submitting(house, bakery()), household=None)

    with house.work("expert") as work, pytest.raises(InvalidInput, match="household"):
        submit_plan(work, command)


def test_a_call_without_approval_is_not_in_force(house: House) -> None:
    with house.work("expert") as work:
        propose_call(work, ProposeCall(key="call", code="C1", version="1", terms=TERMS))

    with house.work("expert") as work, pytest.raises(NotFound, match="call in force"):
        submit_plan(work, submitting(house, bakery()))


def test_nobody_approves_the_call_one_proposed(house: House) -> None:
    with house.work("manager") as work:
        proposed = propose_call(work, ProposeCall(key="call", code="C1", version="1", terms=TERMS))
        approving = ApproveCall(key="call+", code="C1", version="1", content_hash=proposed.content_hash)
        with pytest.raises(Refused) as caught:
            approve_call(work, approving)

    assert caught.value.codes == ("call_by_one_person",)


def test_a_version_of_a_call_is_proposed_once_and_never_without_its_sheet(house: House) -> None:
    with house.work("expert") as work:
        propose_call(work, ProposeCall(key="a", code="C1", version="1", terms=TERMS))
        bare = dataclasses.replace(TERMS, sheet=None)
        with pytest.raises(Refused) as caught:
            propose_call(work, ProposeCall(key="b", code="C1", version="1", terms=bare))

    assert caught.value.codes == ("call_version_taken", "call_without_sheet")


def test_the_author_does_not_verify_the_plan(house: House) -> None:
    call(house)
    _, result = submitted(house)

    with house.work("expert") as work, pytest.raises(Refused) as caught:
        verify_plan(work, VerifyPlan(key="v", number=result.number, visited_on=date(2026, 1, 5)))

    assert caught.value.codes == ("plan_verified_by_author",)


def test_a_plan_is_scored_only_after_the_visit(house: House) -> None:
    call(house)
    _, result = submitted(house)

    with pytest.raises(Refused) as caught:
        scored(house, result.number)

    assert caught.value.codes == ("plan_not_verified",)


def test_a_committee_decision_freezes_its_basis_and_moves_the_plan(house: House) -> None:
    call(house)
    plan = bakery()
    _, result = submitted(house, plan)
    verified(house, result.number)
    scored(house, result.number)
    sitting = session(house)
    voted(house, sitting, result.number, "member1", "member2", "member3")
    with house.work("secretary") as work:
        decided = decide_plan(work, rejecting(sitting, result.number, plan))
        facts = decision_of_plan(work.reader(), work.programme.id, result.number)

    expected = PlanDecided(
        session=sitting, plan=result.number, outcome=Outcome.REJECTED, amount=zero(plan.currency)
    )
    assert decided == expected
    assert facts is not None
    assert (facts.outcome, facts.plan_state, facts.amount) == (
        "rejected",
        "rejected",
        Money(0, plan.currency),
    )


def test_an_approval_without_a_budget_line_quorum_or_votes_names_every_reason(house: House) -> None:
    call(house)
    plan = bakery()
    _, result = submitted(house, plan)
    sitting = session(house)
    for member in ("member1", "member2"):
        with house.work(member) as work:
            declare_interest(
                work,
                DeclareInterest(
                    key=f"i{member}", session=sitting, member=member, plan=result.number, reason="Neighbour"
                ),
            )
    command = DecidePlan(
        key="d", session=sitting, plan=result.number, outcome=Outcome.APPROVED, amount=plan.sources.grant
    )

    with house.work("secretary") as work, pytest.raises(Refused) as caught:
        decide_plan(work, command)

    assert caught.value.codes == (
        "plan_not_verified",
        "decision_without_line",
        "committee_no_quorum",
        "budget_exceeded",
        "score_missing",
        "motion_not_carried",
    )


def test_only_the_member_or_the_secretary_speaks_for_a_member(house: House) -> None:
    call(house)
    _, result = submitted(house)
    sitting = session(house)

    with house.work("member1") as work, pytest.raises(Refused) as caught:
        cast_vote(
            work, CastVote(key="x", session=sitting, plan=result.number, member="member2", choice=Choice.FOR)
        )

    assert caught.value.codes == ("member_cannot_recuse_others",)


def test_a_member_votes_once(house: House) -> None:
    call(house)
    _, result = submitted(house)
    sitting = session(house)
    voted(house, sitting, result.number, "member1")

    with house.work("member1") as work, pytest.raises(Refused) as caught:
        cast_vote(
            work,
            CastVote(
                key="twice", session=sitting, plan=result.number, member="member1", choice=Choice.AGAINST
            ),
        )

    assert caught.value.codes == ("database_refused",)


def test_a_closed_session_decides_nothing_more_and_an_item_is_decided_once(house: House) -> None:
    call(house)
    plan = bakery()
    _, result = submitted(house, plan)
    verified(house, result.number)
    sitting = session(house)
    voted(house, sitting, result.number, "member1", "member2", "member3")
    with house.work("secretary") as work:
        decide_plan(work, rejecting(sitting, result.number, plan))
        with pytest.raises(Refused) as twice:
            decide_plan(work, dataclasses.replace(rejecting(sitting, result.number, plan), key="again"))
        close_session(work, CloseSession(key="close", session=sitting))
        with pytest.raises(Refused) as closed:
            decide_plan(work, dataclasses.replace(rejecting(sitting, result.number, plan), key="late"))

    assert "session_item_decided" in twice.value.codes
    assert closed.value.codes == ("session_not_open",)


def test_a_plan_is_withdrawn_with_a_reason(house: House) -> None:
    call(house)
    _, result = submitted(house)

    with house.work("expert") as work:
        with pytest.raises(InvalidInput, match="reason"):
            withdraw_plan(work, WithdrawPlan(key="w0", number=result.number, reason=" "))
        moved = withdraw_plan(work, WithdrawPlan(key="w", number=result.number, reason="The family moves."))

    assert moved.state == "withdrawn"
