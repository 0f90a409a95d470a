"""Plans in a database: versions never change, words are sealed, hands differ."""

import dataclasses
from datetime import date

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import Corrupt, InvalidInput, NotFound, Refused
from seedfund.plans.queries import (
    diff_versions,
    items_of,
    open_version,
    plan_facts,
)
from seedfund.plans.service import (
    ApproveCall,
    ProposeCall,
    ReturnPlan,
    VerifyPlan,
    WithdrawPlan,
    approve_call,
    plan_secret,
    propose_call,
    return_plan,
    submit_plan,
    verify_plan,
    withdraw_plan,
)
from seedfund.plans.tables import PlanVersion
from seedfund.store.columns import table_of
from tests.plans.samples import bakery
from tests.plans.sittings import (
    TERMS,
    call,
    scored,
    submitted,
    submitting,
)
from tests.support.programme import House


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


def test_a_plan_is_withdrawn_with_a_reason(house: House) -> None:
    call(house)
    _, result = submitted(house)

    with house.work("expert") as work:
        with pytest.raises(InvalidInput, match="reason"):
            withdraw_plan(work, WithdrawPlan(key="w0", number=result.number, reason=" "))
        moved = withdraw_plan(work, WithdrawPlan(key="w", number=result.number, reason="The family moves."))

    assert moved.state == "withdrawn"
