"""Any life of the books, on both databases: nothing moves but as foretold, no fact is refused, every identity holds."""

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.ledger.happening import POSTINGS
from tests.ledger.lives import begun
from tests.ledger.wishes import KINDS, Wish
from tests.support.databases import DatabaseServer
from tests.support.machines import OnServer, live

OF_GRANTS = tuple(POSTINGS)
OF_FUNDS = tuple(kind for kind in KINDS if kind not in POSTINGS)
OF_PAYMENTS = ("release", "result", "result", "accept", "refund", "bounce", "reverse")
CONTESTED = ("award", "raise", "lower", "release", "revise", "move", "return")


def wishes(*kinds: str) -> st.SearchStrategy[Wish]:
    """A wish of one of the kinds; most are for today."""
    return st.builds(
        Wish,
        kind=st.sampled_from(kinds),
        book=st.sampled_from((1, 2)),
        line=st.sampled_from(("A1", "A2")),
        grant=st.integers(0, 2),
        amount=st.integers(1, 400),
        edge=st.sampled_from((None, None, None, 0, 1)),
        part=st.integers(0, 1),
        turn=st.integers(0, 3),
        days_ago=st.sampled_from((0, 0, 0, 5, 20, 45)),
    )


class LedgerLife(OnServer):
    """Commands at random against the model."""

    def __init__(self) -> None:
        super().__init__()
        self.life, self.end = begun(self.server)
        self.is_sound = False

    @rule(wish=wishes(*OF_FUNDS))
    def something_happens_to_a_fund(self, wish: Wish) -> None:
        self.life.take(wish)

    @rule(wish=wishes(*OF_GRANTS))
    def something_happens_to_a_grant(self, wish: Wish) -> None:
        self.life.take(wish)

    @rule(wish=wishes(*OF_PAYMENTS))
    def a_payment_goes_on(self, wish: Wish) -> None:
        self.life.take(wish)

    @rule(which=st.integers(0, 50), is_same=st.booleans())
    def an_earlier_key_comes_again(self, which: int, is_same: bool) -> None:
        self.life.again(which) if is_same else self.life.otherwise(which)

    @rule(wish=wishes(*KINDS), is_kept=st.booleans())
    def the_host_does_it_twice_in_a_unit(self, wish: Wish, is_kept: bool) -> None:
        self.life.in_one_unit(wish, is_kept=is_kept)

    @rule(wish=wishes(*KINDS))
    def one_command_arrives_three_times_at_once(self, wish: Wish) -> None:
        self.life.race([wish], same_key=True)

    @rule(one=wishes(*CONTESTED), other=wishes(*CONTESTED))
    def two_compete_for_the_same_money(self, one: Wish, other: Wish) -> None:
        self.life.race([one, other], same_key=False)

    @rule(what=st.sampled_from(("passes", "begins to close", "closes")))
    def a_month(self, what: str) -> None:
        if what == "passes":
            self.life.pass_a_month()
        elif what == "closes":
            self.life.close_month()
        else:
            self.life.begin_closing()

    @invariant()
    def everything_is_as_foretold(self) -> None:
        self.is_sound = False
        self.life.require_as_foretold()
        self.is_sound = True

    def teardown(self) -> None:
        try:
            if self.is_sound:
                self.life.require_verified()
        finally:
            self.end()


def test_whatever_happens_the_books_are_what_the_model_foretells(database_server: DatabaseServer) -> None:
    live(LedgerLife, database_server, lives=16, steps=50)
