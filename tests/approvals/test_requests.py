"""A request lives on the database: hands, stages, changed contents, splitting, exceptions; raw SQL cannot help."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import pytest
import sqlalchemy as sa

from seedfund.approvals.queries import exceptions_in, hands_of, last_request, open_requests
from seedfund.approvals.rules.hands import Decision, Exposure
from seedfund.approvals.rules.policy import Act, Profile
from seedfund.approvals.rules.presets import preset
from seedfund.approvals.service import RequestSent
from seedfund.approvals.service.delegations import (
    ApproveDelegation,
    EndDelegation,
    ProposeDelegation,
    approve_delegation,
    end_delegation,
    propose_delegation,
)
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import Refused
from seedfund.kernel.roles import Assurance, Role
from tests.approvals.verbs import (
    LIST,
    OTHER_LIST,
    Decide,
    Done,
    Pay,
    Send,
    act,
    decide,
    in_force,
    make_exception,
    pay,
    send,
    usd,
    void,
)
from tests.support.programme import House


def sent(house: House, amount: int = 100, actor: str = "finance") -> None:
    with house.work(actor) as work:
        send(work, Send(key="send", amount=usd(amount)))


def refused(house: House, actor: str, command: Decide | Pay) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught, house.work(actor) as work:
        decide(work, command) if isinstance(command, Decide) else pay(work, command)
    return caught.value.codes


def test_three_hands_take_a_list_to_its_payment(house: House) -> None:
    in_force(house)
    sent(house)
    with house.work("manager") as work:
        given = decide(work, Decide(key="d"))
    with house.work("cashier") as work:
        granted = pay(work, Pay(key="p"))
        hands = hands_of(work.reader(), [LIST])

    assert (given.state, given.waits_for) == ("granted", "")
    assert len({granted.maker, *granted.approvers}) == 2
    assert [(hand.stage, hand.decision) for hand in hands] == [("approve", "approved")]


def test_without_a_policy_nothing_is_sent(house: House) -> None:
    with pytest.raises(Refused) as caught, house.work("finance") as work:
        send(work, Send(key="s", amount=usd(1)))

    assert caught.value.codes == ("policy_missing",)


def test_a_subject_has_one_live_request(house: House) -> None:
    in_force(house)
    sent(house)
    with pytest.raises(Refused) as caught, house.work("finance") as work:
        send(work, Send(key="again", amount=usd(1)))

    assert caught.value.codes == ("request_live",)


def test_the_maker_does_not_approve_in_any_spelling(house: House) -> None:
    in_force(house)
    sent(house, actor="manager")

    for spelling in ("manager", " MANAGER ", "Manager"):
        assert refused(house, spelling, Decide(key="d")) == ("maker_decides",)


def test_one_person_approves_once(house: House) -> None:
    in_force(house)
    sent(house, amount=10_000)
    with house.work("director") as work:
        first = decide(work, Decide(key="d1"))

    assert (first.state, first.waits_for) == ("open", "approve")
    assert refused(house, "Director", Decide(key="d2")) == ("decided_twice",)
    assert refused(house, "cashier", Pay(key="p")) == ("request_open",)


def test_neither_maker_nor_approver_pays(house: House) -> None:
    in_force(house)
    sent(house)
    with house.work("manager") as work:
        decide(work, Decide(key="d"))

    assert refused(house, "finance", Pay(key="p1")) == ("maker_pays",)
    assert refused(house, "manager", Pay(key="p2")) == ("approver_pays",)


def test_what_was_never_sent_is_neither_decided_nor_paid(house: House) -> None:
    in_force(house)

    assert refused(house, "manager", Decide(key="d")) == ("request_missing",)
    assert refused(house, "cashier", Pay(key="p")) == ("request_missing",)


def test_an_unknown_stage_and_a_content_edited_after_sending_are_refused(house: House) -> None:
    in_force(house)
    sent(house)

    assert refused(house, "manager", Decide(key="d1", stage="bless")) == ("stage_unknown",)
    assert refused(house, "manager", Decide(key="d2", content_hash="h2")) == ("content_changed",)


def test_a_content_edited_after_approval_is_not_paid_until_it_is_approved_again(house: House) -> None:
    in_force(house)
    sent(house)
    with house.work("manager") as work:
        decide(work, Decide(key="d"))

    assert refused(house, "cashier", Pay(key="p", content_hash="h2")) == ("content_changed",)

    with house.work("finance") as work:
        assert void(work, Done(key="v")).was_live
        assert not void(work, Done(key="v2")).was_live
    assert refused(house, "cashier", Pay(key="p2")) == ("request_closed",)
    with house.work("finance") as work:
        send(work, Send(key="again", amount=usd(100), content_hash="h2"))
    with house.work("manager") as work:
        decide(work, Decide(key="d2", content_hash="h2"))
    with house.work("cashier") as work:
        assert pay(work, Pay(key="p3", content_hash="h2")).number == "PL-2026-0001"


def test_a_rejection_needs_its_reason_and_ends_the_request(house: House) -> None:
    in_force(house)
    sent(house)

    assert refused(house, "manager", Decide(key="d1", decision=Decision.REJECTED)) == ("reason_missing",)
    with house.work("manager") as work:
        done = decide(work, Decide(key="d2", decision=Decision.REJECTED, reason="the quote is old"))
    assert (done.state, done.waits_for) == ("rejected", "")
    assert refused(house, "cashier", Pay(key="p")) == ("request_closed",)


def test_stages_are_those_of_the_day_it_was_sent(house: House) -> None:
    in_force(house)
    sent(house)
    in_force(house, preset(Profile.STRICT))

    with house.work("manager") as work:
        assert decide(work, Decide(key="d")).state == "granted"


def test_a_strict_policy_takes_a_list_through_every_stage_by_different_persons(house: House) -> None:
    in_force(house, preset(Profile.STRICT))
    sent(house)

    assert refused(house, "approver", Decide(key="x", stage="approve")) == ("stage_not_now",)
    for actor, stage in (("reviewer", "review"), ("manager", "approve")):
        with house.work(actor) as work:
            assert decide(work, Decide(key=stage, stage=stage)).state == "open"
    assert refused(house, "manager", Decide(key="y", stage="finance_release")) == (
        "decided_twice",
        "role_lacking",
    )
    with house.work("approver") as work:
        assert decide(work, Decide(key="fr", stage="finance_release")).state == "granted"


def test_split_lists_reach_the_higher_threshold_together(house: House) -> None:
    in_force(house)
    part = (Exposure("payee:a", usd(4_000)),)
    with house.work("finance") as work:
        first = send(work, Send(key="s1", amount=usd(4_000), exposures=part))
        second = send(work, Send(key="s2", amount=usd(4_000), exposures=part, subject=OTHER_LIST))
        third = send(work, Send(key="s3", amount=usd(4_000), exposures=part, subject="0" * 31 + "9"))

    assert [one.weighed for one in (first, second, third)] == [usd(4_000), usd(8_000), usd(12_000)]
    assert [one.steps[0].approvals for one in (first, second, third)] == [1, 1, 2]


def test_two_lists_sent_at_once_are_weighed_one_after_the_other(house: House) -> None:
    in_force(house)
    part = (Exposure("payee:a", usd(6_000)),)
    found: list[RequestSent] = []

    def send_second() -> None:
        with house.work("finance") as work:
            found.append(send(work, Send(key="s2", amount=usd(6_000), exposures=part, subject=OTHER_LIST)))

    second = Thread(target=send_second)
    with house.work("finance") as work:
        send(work, Send(key="s1", amount=usd(6_000), exposures=part))
        second.start()
        wait_until_it_waits(house, second)
    second.join()

    assert [one.weighed for one in found] == [usd(12_000)]


def wait_until_it_waits(house: House, thread: Thread) -> None:
    """Until PostgreSQL says that somebody waits for a lock; SQLite has one writer, so nothing has to be watched."""
    if house.engine.dialect.name == "sqlite":
        return
    with house.engine.connect() as connection:
        watching = connection.execution_options(isolation_level="AUTOCOMMIT")
        while thread.is_alive():
            waiting = watching.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").scalar_one()
            if waiting:
                return


def test_a_void_request_and_one_before_the_window_weigh_nothing(house: House) -> None:
    in_force(house)
    part = (Exposure("payee:a", usd(4_000)),)
    with house.work("finance") as work:
        send(work, Send(key="s1", amount=usd(4_000), exposures=part))
        void(work, Done(key="v"))
        send(work, Send(key="s2", amount=usd(4_000), exposures=part))
    house.clock.advance(timedelta(days=31))
    with house.work("finance") as work:
        later = send(work, Send(key="s3", amount=usd(4_000), exposures=part, subject=OTHER_LIST))

    assert later.weighed == usd(4_000)


def test_a_ceiling_stops_an_approver_until_a_higher_one_is_lent(house: House) -> None:
    in_force(house)
    sent(house, amount=6_000)
    assert refused(house, "manager", Decide(key="d1")) == ("above_authority",)
    assert refused(house, "expert", Decide(key="d2")) == ("role_lacking",)

    with house.work("director") as work:
        proposed = propose_delegation(
            work,
            ProposeDelegation(
                key="pd",
                handle="Expert",
                role=Role.DIRECTOR,
                ceiling=usd(6_000),
                from_day=date(2026, 1, 5),
                until_day=date(2026, 2, 1),
            ),
        )
    with house.work("approver") as work:
        lent = approve_delegation(work, ApproveDelegation(key="ad", number=proposed.number))
    with house.work("expert") as work:
        assert decide(work, Decide(key="d3")).state == "granted"
    with house.work("director") as work:
        assert end_delegation(work, EndDelegation(key="ed", number=lent.number)).until_day == date(2026, 1, 5)
    with pytest.raises(Refused) as caught, house.work("director") as work:
        end_delegation(work, EndDelegation(key="ed2", number=lent.number))
    assert caught.value.codes == ("delegation_ended",)


def test_nobody_delegates_to_oneself(house: House) -> None:
    own = ProposeDelegation(
        key="pd",
        handle="director",
        role=Role.FINANCE_APPROVER,
        ceiling=usd(1),
        from_day=date(2026, 1, 5),
        until_day=date(2026, 2, 1),
    )
    with pytest.raises(Refused) as caught, house.work("director") as work:
        propose_delegation(work, own)
    assert caught.value.codes == ("delegate_decides",)

    with house.work("manager") as work:
        proposed = propose_delegation(work, replace(own, key="pd2"))
    with pytest.raises(Refused) as caught, house.work("director") as work:
        approve_delegation(work, ApproveDelegation(key="ad", number=proposed.number))
    assert caught.value.codes == ("delegate_decides",)


def test_an_identity_only_claimed_does_not_approve(house: House) -> None:
    in_force(house)
    sent(house)
    with pytest.raises(Refused) as caught, house.work("manager", Assurance.CLAIMED) as work:
        decide(work, Decide(key="d"))
    assert caught.value.codes == ("assurance_lacking",)
    with pytest.raises(Refused) as caught, house.work("manager", Assurance.CLAIMED) as work:
        act(work, Done(key="a", act=Act.RELEASE_PAYMENT))
    assert caught.value.codes == ("assurance_lacking",)


def test_what_left_the_usual_way_stands_on_one_page(house: House) -> None:
    with house.work("manager") as work:
        make_exception(work, Done(key="e", reason=" floods closed the road "))
        rows = exceptions_in(work.reader(), work.programme.id, DateRange(date(2026, 1, 1), date(2026, 2, 1)))
    with pytest.raises(Refused) as caught, house.work("manager") as work:
        make_exception(work, Done(key="e2", reason=" "))

    assert [(row.kind, row.subject_number, row.reason, row.facts["wanted_bps"]) for row in rows] == [
        ("waiver", "SC-2026-0001/2", "floods closed the road", 8000)
    ]
    assert caught.value.codes == ("reason_missing",)


def test_what_waits_is_listed_until_it_is_decided(house: House) -> None:
    in_force(house)
    sent(house)
    with house.work("manager") as work:
        waiting = open_requests(work.reader(), work.programme.id)
        decide(work, Decide(key="d"))
        done = last_request(work.reader(), LIST)

    assert [(one.number, one.steps[0].stage) for one in waiting] == [("PL-2026-0001", "approve")]
    assert done is not None
    assert done.state == "granted"


ATTACKS = [
    "UPDATE sf_approval_request SET content_hash = 'h9'",
    "UPDATE sf_approval_request SET maker_id = (SELECT approver_id FROM sf_approval)",
    "DELETE FROM sf_approval_request",
    "UPDATE sf_approval SET decision = 'rejected'",
    "DELETE FROM sf_approval",
    "UPDATE sf_policy SET terms = '{}'",
    "DELETE FROM sf_policy",
    "UPDATE sf_proposal SET content = '{}'",
    "UPDATE sf_proposal_decision SET outcome = 'rejected'",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_raw_sql_changes_nothing_that_was_sent_or_decided(house: House, attack: str) -> None:
    in_force(house)
    sent(house)
    with house.work("manager") as work:
        decide(work, Decide(key="d"))

    with house.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="never"):
        connection.exec_driver_sql(attack)


def test_raw_sql_cannot_approve_as_the_maker_nor_name_another_maker(house: House) -> None:
    in_force(house)
    sent(house)
    row = (
        "INSERT INTO sf_approval (id, request_id, stage, approver_id, maker_id, decision, reason, content_hash, "
        "assurance, decided_at) SELECT '{key}', id, 'approve', maker_id, {maker}, 'approved', '', 'h1', 'pin', sent_at "
        "FROM sf_approval_request"
    )
    other = "(SELECT id FROM sf_actor WHERE handle = 'coach')"
    for maker, rule in (("maker_id", "two_hands"), (other, "(?i)foreign key")):
        with house.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match=rule):
            connection.exec_driver_sql(row.format(key="0" * 32, maker=maker))
            connection.commit()


def test_a_state_written_by_hand_pays_nothing(house: House) -> None:
    in_force(house)
    sent(house)
    with house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE sf_approval_request SET state = 'granted'")

    assert refused(house, "cashier", Pay(key="p")) == ("request_open",)
