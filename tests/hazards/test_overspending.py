"""Two hands pay 80 each out of 100: the bare stack lets both; here one is refused and the books keep 20."""

import threading
from collections import Counter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from seedfund.funds.service.cash import MoveCash, move_cash
from seedfund.kernel.errors import Refused, SeedfundError
from seedfund.kernel.ids import RandomIds
from seedfund.kernel.roles import Assurance
from seedfund.store.work import Work, run
from tests.funds.support import bank, funded, usd
from tests.support.programme import CODE, RING, House


def test_h1_the_bare_stack_pays_160_out_of_100(engine: sa.Engine) -> None:
    metadata = sa.MetaData()
    pot = sa.Table("pot", metadata, sa.Column("left_over", sa.Integer))
    paid = sa.Table("paid", metadata, sa.Column("amount", sa.Integer))
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(pot.insert(), {"left_over": 100})
    first, second = Session(engine), Session(engine)
    for session in (first, second):
        assert session.execute(sa.select(pot.c.left_over)).scalar_one() >= 80
        # Whoever looks before the other has written finds enough; the driver's own transaction begins with the write.
        session.commit()
    for session in (first, second):
        session.execute(paid.insert(), {"amount": 80})
        session.commit()
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.sum(paid.c.amount))).scalar_one() == 160
    first.close()
    second.close()


def test_h1_of_two_hands_at_once_one_is_refused(house: House) -> None:
    funded(house, received=100)
    bank(house, "SAFE")
    start, outcomes = threading.Barrier(2), []

    def hand(number: int) -> None:
        start.wait()

        def move(work: Work) -> object:
            command = MoveCash(
                key=f"m{number}", fund="UNHCR", bank_account="BANK", to_account="SAFE", amount=usd(80)
            )
            return move_cash(work, command)

        try:
            run(
                house.engine,
                move,
                actor="finance",
                programme=CODE,
                keyring=RING,
                clock=house.clock,
                ids=RandomIds(),
                assurance=Assurance.PIN,
            )
            outcomes.append("moved")
        except SeedfundError as error:
            outcomes.append(error.codes[0] if isinstance(error, Refused) else error.code)

    hands = [threading.Thread(target=hand, args=(number,)) for number in (1, 2)]
    for one in hands:
        one.start()
    for one in hands:
        one.join()

    assert Counter(outcomes) == {"moved": 1, "cash_too_low": 1}
    with house.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT debits_posted - credits_posted FROM sf_account WHERE kind = 'cash' ORDER BY 1"
        )
        assert [int(row[0]) for row in rows] == [2_000, 8_000]
