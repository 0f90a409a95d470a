"""Importing: every row is accounted for, nothing twice, nothing overwritten, money files whole."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from seedfund.funds.service import register_donor
from seedfund.funds.service.opening import RegisterDonor
from seedfund.interchange.queries import imported_numbers, key_digest, list_imports
from seedfund.interchange.rules import CellStyle
from seedfund.interchange.service import RecordImport, import_files, record_import
from seedfund.interchange.service.batches import RowTaken
from seedfund.kernel.errors import InvalidInput, NotFound
from seedfund.kernel.messages import remedy, sentence
from seedfund.kernel.money import PLAIN
from seedfund.kernel.secret import Secret
from seedfund.people.queries import find_participants
from tests.interchange.files import HOUSEHOLDS, MEMBERS, codes, households, request, taken
from tests.support.programme import House

DONORS = "codigo;nombre\nACNUR;ACNUR de ejemplo\nSOCIO;Socio de ejemplo\n"


def count(house: House, table: str) -> int:
    with house.engine.connect() as connection:
        return int(connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_every_row_of_several_files_becomes_what_it_says(house: House) -> None:
    result = households(house)

    assert (result.read, result.accepted, result.refused, result.unchanged) == (5, 5, 0, 0)
    assert result.refusals == ()
    with house.work("field") as work:
        numbers = imported_numbers(work, "households", "members", ["M-001", "M-003"])
        assert set(numbers) == {"M-001", "M-003"}
        found = find_participants(work, document=Secret("AX0001"))
        assert [person.number for person in found] == [numbers["M-001"]]


def test_the_same_files_again_change_nothing(house: House) -> None:
    households(house)
    before = {table: count(house, table) for table in ("sf_household", "sf_audit", "sf_import_row")}

    again = households(house)

    assert (again.read, again.accepted, again.refused, again.unchanged) == (5, 0, 0, 5)
    assert again.batch is None
    assert {table: count(house, table) for table in before} == before


def test_the_same_files_by_another_hand_change_nothing(house: House) -> None:
    households(house)

    again = taken(house, "households", {"households": HOUSEHOLDS, "members": MEMBERS}, actor="coach")

    assert again.unchanged == 5


def test_a_row_that_came_before_with_other_content_is_never_written_over(house: House) -> None:
    households(house)

    again = households(house, members=MEMBERS.replace("Rosa;", "Rosa Elena;"))

    assert codes(again) == [("members", 4, "given_names", "cell_changed")]
    assert (again.unchanged, again.refused, again.edited) == (4, 1, 1)


def test_what_an_edited_row_says_otherwise_is_shown_cell_by_cell(house: House) -> None:
    households(house)

    again = households(house, HOUSEHOLDS.replace("Ibarra;A", ";B").replace("080150;Esmeraldas", "080151;"))

    assert codes(again) == [
        ("households", 2, "community", "cell_emptied"),
        ("households", 2, "locality", "cell_changed"),
        ("households", 3, "community", "cell_emptied"),
        ("households", 3, "phase", "cell_changed"),
    ]
    assert (again.read, again.accepted, again.refused, again.unchanged, again.edited) == (5, 0, 2, 3, 2)


def test_a_cell_that_was_empty_before_is_told_as_added(house: House) -> None:
    households(house, HOUSEHOLDS.replace("Ibarra;A", ";A"))

    assert codes(households(house)) == [("households", 3, "community", "cell_added")]


def test_the_same_row_under_another_style_of_numbers_is_another_row(house: House) -> None:
    taken(house, "donors", {"donors": DONORS}, actor="finance")

    with house.work("finance") as work:
        plain = replace(request("donors", {"donors": DONORS}), style=CellStyle(numbers=PLAIN))
        again = import_files(work, plain)

    assert {code for *_, code in codes(again)} == {"row_changed"}
    assert again.edited == 2


def test_a_cell_that_is_not_needed_yet_is_refused_alone_and_its_row_taken(house: House) -> None:
    result = households(house, HOUSEHOLDS.replace("Ibarra", "#N/A"))

    assert codes(result) == [("households", 3, "community", "cell_is_error")]
    assert (result.read, result.accepted, result.refused, result.unchanged) == (5, 5, 0, 0)


def test_a_lost_zero_of_a_document_is_refused_at_its_cell(house: House) -> None:
    lines = MEMBERS.splitlines()
    header = lines[0].split(";")
    assert "numero_de_documento" in header
    row = dict(zip(header, lines[-1].split(";"), strict=False))
    row |= {"tipo_de_documento": "cédula", "pais_del_documento": "EC", "numero_de_documento": "102030405"}
    members = "\n".join([*lines[:-1], ";".join(row.get(name, "") for name in header)]) + "\n"

    result = households(house, members=members)

    assert ("members", len(lines), "document_number", "identifier_short") in codes(result)


def test_characters_nobody_sees_are_told_and_kept(house: House) -> None:
    result = households(house, members=MEMBERS.replace("Rosa;", "Ro\u200bsa;"))

    assert (codes(result), result.accepted) == ([], 5)
    assert [(one.row, one.column, one.refusal.code) for one in result.flags] == [
        (4, "given_names", "text_hidden")
    ]


def test_a_row_that_joins_something_taken_before_is_told_apart(house: House) -> None:
    households(house)

    again = households(house, members=MEMBERS + "H-002;M-004;hija o hijo;Eva;Prueba;mujer;;refugiada;;;;\n")

    assert codes(again) == [("members", 5, None, "row_added_later")]


def test_sound_households_are_taken_and_a_broken_one_is_named(house: House) -> None:
    result = households(house, members=MEMBERS.replace("12/08/2015", "2015-08-12"))

    assert codes(result) == [
        ("members", 3, "birth_date", "date_unreadable"),
        ("households", None, None, "group_not_taken"),
    ]
    assert (result.read, result.accepted, result.refused, result.held_back) == (5, 2, 3, 2)
    assert count(house, "sf_household") == 1


def test_what_was_corrected_is_taken_and_the_rest_stays(house: House) -> None:
    households(house, members=MEMBERS.replace("12/08/2015", "2015-08-12"))

    again = households(house)

    assert (again.accepted, again.unchanged, again.refused) == (3, 2, 0)


def test_a_refusal_of_the_area_is_told_at_its_row(house: House) -> None:
    result = households(house, members=MEMBERS.replace("21/11/1985", ""))

    assert ("members", 4, "birth_date", "member_field_needed") in codes(result)


def test_a_household_without_members_is_refused_by_its_own_rule(house: House) -> None:
    only_first = "\n".join(MEMBERS.splitlines()[:3]) + "\n"

    result = households(house, members=only_first)

    assert codes(result) == [("households", 3, None, "household_empty")]
    assert result.accepted == 3


def test_a_member_of_no_household_is_refused(house: House) -> None:
    result = households(house, members=MEMBERS.replace("H-002;M-003", "H-009;M-003"))

    assert ("members", 4, None, "row_without_parent") in codes(result)


def test_two_rows_with_one_key_are_told(house: House) -> None:
    result = households(house, members=MEMBERS.replace("M-002", "M-001"))

    assert ("members", 3, None, "row_twice") in codes(result)
    assert count(house, "sf_household") == 1


def test_a_trial_run_writes_nothing_and_tells_the_same(house: House) -> None:
    before = {
        table: count(house, table) for table in ("sf_household", "sf_audit", "sf_command", "sf_refusal")
    }
    files = {"households": HOUSEHOLDS, "members": MEMBERS.replace("21/11/1985", "")}

    with house.work("field") as work:
        tried = import_files(work, request("households", files, is_dry_run=True))

    assert (tried.is_dry_run, tried.accepted, tried.refused) == (True, 3, 2)
    assert {table: count(house, table) for table in before} == before
    assert taken(house, "households", files).accepted == 3


def test_a_file_about_money_is_taken_whole_or_not_at_all(house: House) -> None:
    result = taken(house, "donors", {"donors": DONORS + "=1+1;Tercero\n"}, actor="finance")

    assert codes(result) == [
        ("donors", 4, "code", "cell_looks_like_formula"),
        ("donors", None, None, "file_not_taken"),
    ]
    assert (result.read, result.accepted, result.refused, result.held_back) == (3, 0, 3, 2)
    assert count(house, "sf_donor") == 0


def test_a_file_about_money_that_was_refused_is_recorded_once_and_taken_when_corrected(house: House) -> None:
    broken = DONORS + ";Tercero\n"
    taken(house, "donors", {"donors": broken}, actor="finance")
    taken(house, "donors", {"donors": broken}, actor="finance")

    corrected = taken(house, "donors", {"donors": DONORS}, actor="finance")

    assert (corrected.accepted, corrected.refused) == (2, 0)
    with house.work("finance") as work:
        assert [(batch.read, batch.accepted, batch.refused) for batch in list_imports(work)] == [
            (3, 0, 3),
            (2, 2, 0),
        ]


def test_who_may_not_is_told_so(house: House) -> None:
    result = taken(house, "donors", {"donors": DONORS}, actor="auditor")

    assert {code for *_, code in codes(result)} == {"not_allowed"}
    assert result.accepted == 0


def test_no_cell_and_no_key_is_kept_in_the_clear(house: House) -> None:
    key = "1799999990"
    households(house, members=MEMBERS.replace("M-003", key))

    with house.engine.connect() as connection:
        for table in ("sf_import_batch", "sf_import_file", "sf_import_row", "sf_command", "sf_audit"):
            for row in connection.execute(sa.text(f"SELECT * FROM {table}")):
                text = " ".join(map(str, row))
                assert key not in text
                assert "Inventado" not in text
                assert "AX0001" not in text


def test_a_missing_part_and_an_unknown_kind_are_named(house: House) -> None:
    result = taken(house, "households", {"households": HOUSEHOLDS})

    assert codes(result) == [("members", None, None, "file_part_missing")]
    assert (result.read, result.refused) == (2, 2)
    with pytest.raises(NotFound), house.work("field") as work:
        import_files(work, request("nothing", {}))


def test_a_part_that_the_kind_does_not_have_is_named(house: House) -> None:
    result = taken(house, "donors", {"donors": DONORS, "pets": "a\n"}, actor="finance")

    assert codes(result) == [("pets", None, None, "file_part_unknown")]


def test_a_reference_to_nothing_is_told_at_its_cell(house: House) -> None:
    consents = (
        "miembro;finalidad;idioma;forma;version_del_texto;por_tutora_o_tutor\nM-009;registro;es;firma;1;no\n"
    )

    result = taken(house, "consents", {"consents": consents})

    assert codes(result) == [("consents", 2, "member", "reference_unknown")]


def test_a_value_that_its_area_cannot_take_is_told_with_its_field(house: House) -> None:
    result = households(house, members=MEMBERS.replace("21/11/1985", "21/11/2027"))

    assert codes(result)[0] == ("households", 3, None, "value_refused")
    told = result.refusals[0].refusal
    assert str(told).startswith("birth: the birth does not fit the day it is counted on.")
    assert (
        sentence(told, "es") == "nacimiento o edad: el nacimiento no concuerda con el día en que se cuenta."
    )
    assert remedy(told, "es") == "Corríjalo: revise la fecha, el año o la edad."


def test_a_row_whose_key_was_used_for_another_command_is_refused(house: House) -> None:
    with house.work("finance") as work:
        used = key_digest(work, "donors", "group:donors", "ACNUR")
        register_donor(work, RegisterDonor(key=f"import:donors:{used}", code="OTRO", name="Otro donante"))

    result = taken(house, "donors", {"donors": DONORS}, actor="finance")

    assert codes(result)[0] == ("donors", 2, None, "conflict")


def test_what_is_recorded_of_a_row_is_a_word_of_the_list(house: House) -> None:
    row = RowTaken(part="donors", row=2, key_digest="d", fingerprint="f", outcome="lost")
    command = RecordImport(
        key="k",
        kind="donors",
        files_digest="x",
        number_style=",.",
        date_order="dmy",
        currency="USD",
        files=(),
        rows=(row,),
    )

    with pytest.raises(InvalidInput), house.work("finance") as work:
        record_import(work, command)


def test_a_number_of_ours_may_stand_where_a_key_does(house: House) -> None:
    households(house)
    with house.work("field") as work:
        (number,) = imported_numbers(work, "households", "members", ["M-003"]).values()
    consents = f"miembro;finalidad;idioma;forma;version_del_texto;por_tutora_o_tutor\n{number};registro;es;firma;1;no\n"

    assert taken(house, "consents", {"consents": consents}).accepted == 1


def test_a_cell_that_could_wait_is_told_too_where_its_row_is_refused(house: House) -> None:
    text = HOUSEHOLDS.replace("EC;100150;Ibarra", "ecuador;100150;#N/A")

    result = households(house, text)

    assert [one for one in codes(result) if one[1] == 3 and one[0] == "households"] == [
        ("households", 3, "country", "code_unreadable"),
        ("households", 3, "community", "cell_is_error"),
    ]
    assert (result.read, result.accepted, result.refused, result.held_back) == (5, 3, 2, 1)
