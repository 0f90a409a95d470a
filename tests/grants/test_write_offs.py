"""What is given up: by an authority, on its paper, within a ceiling; and what comes back all the same."""

from dataclasses import replace

import pytest

from seedfund.grants.service.write_offs import (
    AuthoriseWriteOff,
    RequestWriteOff,
    request_write_off,
    write_off,
)
from seedfund.kernel.errors import Refused
from seedfund.register.rules import EvidenceKind
from tests.grants.accounting_for import (
    demanded,
    filed,
    given_up,
    refunded,
)
from tests.grants.paying import (
    at,
    paid,
    paid_grant,
    payable,
    payee,
)
from tests.grants.test_refunds import demand_states
from tests.support.grants import (
    awarded,
    drafted,
    home,
    issued,
    key,
    prepared,
    signed,
    tranche,
    usd,
)
from tests.support.programme import House


def test_money_is_given_up_by_an_authority_on_its_paper(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    demanded(house, grant, usd(200))

    result = given_up(house, grant, usd(300))

    position = at(house, grant)
    assert (result.amount, result.numbers, result.closed) == (usd(300), ("WO-2026-0001",), ("RD-2026-0001",))
    assert (position.write_offs, position.refund_due, position.open_advance) == (30_000, 0, 20_000)
    assert (position.spent, demand_states(house, grant)) == (50_000, ["written_off"])


def test_a_refund_after_a_write_off_recovers_it(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    given_up(house, grant, usd(400))

    refunded(house, grant, usd(250))

    assert (at(house, grant).open_advance, at(house, grant).write_offs) == (0, 25_000)


def test_a_write_off_needs_paper_authority_and_a_second_hand(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    command = RequestWriteOff(key=key(), grant=grant, reason="lost", evidence_sha256="ee" * 32)
    with pytest.raises(Refused) as unproven, house.work("manager") as work:
        request_write_off(work, command)
    filed(house, "ee" * 32, EvidenceKind.AUTHORITY)
    with house.work("manager") as work:
        asked = request_write_off(work, replace(command, key=key()))
    with pytest.raises(Refused) as own, house.work("manager") as work:
        write_off(work, AuthoriseWriteOff(key=key(), number=asked.number))
    with pytest.raises(Refused) as unlettered, house.work("director") as work:
        write_off(work, AuthoriseWriteOff(key=key(), number=asked.number))

    assert unproven.value.codes == ("write_off_paper",)
    assert own.value.codes == ("proposal_own",)
    assert unlettered.value.codes == ("write_off_donor_paper",)


def test_a_large_write_off_takes_the_donors_letter(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)

    assert given_up(house, grant, donor=filed(house, "dd" * 32, EvidenceKind.DONOR_LETTER)).amount == usd(500)


def test_no_more_is_given_up_than_is_open(house: House) -> None:
    prepared(house)
    first, second = paid_grant(house), payable(house)

    with pytest.raises(Refused) as above:
        given_up(house, first, usd(501))
    with pytest.raises(Refused) as nothing:
        given_up(house, second)

    assert above.value.codes == ("write_off_exceeds",)
    assert nothing.value.codes == ("write_off_nothing",)


def test_a_write_off_above_ones_ceiling_asks_for_a_higher_hand(house: House) -> None:
    prepared(house, received=20_000, allotted=9_000)
    owner = home(house)
    grant = awarded(house, owner, usd(6_000)).number
    drafted(house, grant, tranche(usd(6_000)))
    signed(house, issued(house, grant))
    payee(house, grant, owner.head)
    paid(house, grant)
    minutes = filed(house, "ab" * 32, EvidenceKind.MINUTES)
    letter = filed(house, "ef" * 32, EvidenceKind.DONOR_LETTER)
    with house.work("finance") as work:
        asked = request_write_off(
            work,
            RequestWriteOff(
                key=key(), grant=grant, reason="lost", evidence_sha256=minutes, donor_sha256=letter
            ),
        )

    with pytest.raises(Refused) as caught, house.work("manager") as work:
        write_off(work, AuthoriseWriteOff(key=key(), number=asked.number))

    assert "write_off_authority" in caught.value.codes
