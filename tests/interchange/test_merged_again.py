"""A household that was merged never comes back: not by the same file, not by an edited one, not by another kind."""

from seedfund.interchange.queries import imported_number, imported_numbers
from seedfund.kernel.secret import Secret
from seedfund.people.rules import LikelyDecision
from seedfund.people.service import (
    DecideLikelyDuplicate,
    ProposeLikelyDuplicates,
    TwoPeople,
    decide_likely_duplicate,
    propose_likely_duplicates,
)
from tests.interchange.files import HOUSEHOLDS, MEMBERS, codes, households, taken
from tests.interchange.test_imports import count
from tests.support.programme import House

HOME_AGAIN = HOUSEHOLDS + "H-003;EC;080150;Esmeraldas;A\n"
ANA_AGAIN = MEMBERS + (
    "H-003;M-004;jefatura;EJEMPLO FICTICIA;Ana Lusía;mujer;03/04/1990;refugiada;;pasaporte;CO;AX0009\n"
)


def merged(house: House) -> dict[str, str]:
    """Ana came in twice, the second time in a household of her own; the first number leads. The numbers by key."""
    households(house, HOME_AGAIN, members=ANA_AGAIN)
    with house.work("manager") as work:
        numbers = imported_numbers(work, "households", "members", ["M-001", "M-004"])
        numbers |= imported_numbers(work, "households", "households", ["H-001", "H-003"])
        two = TwoPeople(first=numbers["M-001"], second=numbers["M-004"])
        propose_likely_duplicates(work, ProposeLikelyDuplicates(key="propose", pairs=(two,)))
        decide_likely_duplicate(
            work,
            DecideLikelyDuplicate(
                key="decide",
                first=two.first,
                second=two.second,
                decision=LikelyDecision.SAME_PERSON,
                reason=Secret("vista con su pasaporte"),
                leads=two.first,
            ),
        )
    return numbers


def test_the_same_file_again_is_unchanged_and_brings_nobody_back(house: House) -> None:
    merged(house)
    before = {
        table: count(house, table) for table in ("sf_household", "sf_participant", "sf_household_member")
    }

    again = households(house, HOME_AGAIN, members=ANA_AGAIN)

    assert (again.read, again.accepted, again.refused, again.unchanged) == (7, 0, 0, 7)
    assert {table: count(house, table) for table in before} == before


def test_an_edited_row_of_a_merged_household_is_told_and_never_registered(house: House) -> None:
    merged(house)
    before = count(house, "sf_household")

    again = households(house, HOME_AGAIN, members=ANA_AGAIN.replace("Ana Lusía", "Ana Lucía"))

    assert codes(again) == [("members", 5, "family_names", "cell_changed")]
    assert (again.unchanged, again.refused, again.edited) == (6, 1, 1)
    assert count(house, "sf_household") == before


def test_a_new_member_of_a_merged_household_is_not_taken_into_it(house: House) -> None:
    merged(house)

    again = households(
        house,
        HOME_AGAIN,
        members=ANA_AGAIN + "H-003;M-005;hija o hijo;Luz;Ejemplo;mujer;02/03/2015;refugiada;;ninguno;;\n",
    )

    assert codes(again) == [("members", 6, None, "row_added_later")]


def test_the_key_of_a_merged_row_leads_to_the_number_that_goes_on(house: House) -> None:
    numbers = merged(house)

    with house.work("field") as work:
        assert imported_numbers(work, "households", "members", ["M-001", "M-004"]) == {
            "M-001": numbers["M-001"],
            "M-004": numbers["M-001"],
        }
        assert imported_number(work, "households", "households", "H-003") == numbers["H-001"]
        assert imported_number(work, "households", "households", "H-002") != numbers["H-001"]


def test_another_file_about_a_merged_row_reaches_the_person_who_goes_on(house: House) -> None:
    numbers = merged(house)
    file = "cuenta;miembro;medio;entidad;numero\nC-1;M-004;banco;Banco Ejemplo;2200112233\n"

    result = taken(house, "payout_accounts", {"payout_accounts": file})

    assert (codes(result), result.accepted) == ([], 1)
    with house.work("field") as work:
        reader = work.reader()
        rows = reader.connection.exec_driver_sql(
            "SELECT p.number FROM sf_payout_account a JOIN sf_participant p ON p.id = a.participant_id"
        ).all()
    assert [number for (number,) in rows] == [numbers["M-001"]]
