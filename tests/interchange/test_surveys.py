"""An export of a survey is joined under keys that stay, whatever is edited or exported again."""

import json

import pytest

from seedfund.interchange.kinds import find_kind
from seedfund.interchange.proposing import proposed_mapping
from seedfund.interchange.queries import list_mappings, saved_mapping
from seedfund.interchange.reader import Sheet, read_parts
from seedfund.interchange.reader.forms import form_of
from seedfund.interchange.rules import Layout
from seedfund.interchange.rules.mappings import UNNAMED, proposed_columns, read_mapping
from seedfund.interchange.rules.surveys import is_survey
from seedfund.interchange.service import ImportResult, SaveMapping, import_files, save_mapping
from seedfund.kernel.errors import InvalidInput, NotFound
from tests.interchange.books import Rows, book
from tests.interchange.files import codes, request
from tests.support.programme import House

KIND = find_kind("households")
MAPPING = json.dumps(
    {
        "survey": "kobo.example/aXb",
        "parts": {
            "households": {
                "sheet": "Registro",
                "columns": {"@key": "household", "lugar": "locality", "barrio": "community"},
                "constants": {"country": "EC"},
                "left_out": ["ayudas"],
            },
            "members": {
                "sheet": "miembros",
                "columns": {
                    "@parent": "household",
                    "@key": "member",
                    "rel": "relationship",
                    "nom": "given_names",
                    "gen": "sex",
                    "nac": "birth_date",
                    "grp": "population_group",
                },
                "values": {"sex": {"1": "female", "2": "male"}, "relationship": {"jefa": "head"}},
            },
        },
    }
)
MAIN = [
    "start",
    "end",
    "deviceid",
    "lugar",
    "barrio",
    "_casa_latitude",
    "_casa_longitude",
    "casa",
    "ayudas",
    "ayudas/luz",
]
REPEAT = [
    "rel",
    "nom",
    "gen",
    "nac",
    "grp",
    "_index",
    "_parent_table_name",
    "_parent_index",
    "_submission__id",
]


def _submission(number: int, place: str, shift: int, uuid: str) -> list[object]:
    about = ["2026-01-05T08:00", "2026-01-05T08:20", "imei:1"]
    answers = ["080150", place, "0.9", "-79.6", "0.9 -79.6 0 0", "luz", "1"]
    return [*about, *answers, 900 + number, f"{uuid}{number}", "2026-01-05", str(number + shift)]


def export(*, shift: int = 0, uuid: str = "u", first: str = "Ibarra") -> bytes:
    """Two submissions with three people, as one export numbers them; `shift` is what came before in a later one."""
    about = ["_id", "_uuid", "_submission_time", "_index"]
    main: Rows = [
        [*MAIN, *about],
        *(_submission(number, place, shift, uuid) for number, place in ((1, first), (2, "Centro"))),
    ]
    people = [
        (1, ["jefa", "Ana Ejemplo", "1", "03/04/1990", "refugee"]),
        (1, ["child", "Luz Ejemplo", "1", "03/04/2015", "refugee"]),
        (2, ["jefa", "Eva Prueba", "1", "05/06/1988", "host"]),
    ]
    repeat: Rows = [
        REPEAT,
        *(
            [*person, str(line + shift), "Registro", str(home + shift), str(900 + home)]
            for line, (home, person) in enumerate(people, start=1)
        ),
    ]
    return book({"Registro": main, "miembros": repeat})


def sheets(content: bytes, mapping: str = MAPPING) -> dict[str, Sheet]:
    found, _ = read_parts(KIND.parts, {"households": content}, layouts=read_mapping(mapping, KIND.parts))
    return {sheet.part.name: sheet for sheet in found}


def taken(house: House, content: bytes) -> ImportResult:
    layouts = read_mapping(MAPPING, KIND.parts)
    with house.work("field") as work:
        return import_files(work, request("households", {"households": content}, layouts=layouts))


def test_repeats_are_joined_to_their_submission() -> None:
    found = sheets(export())

    homes = [row.cells["household"] for row in found["households"].rows]
    assert [one.complaints for one in found.values()] == [(), ()]
    assert [row.cells["household"] for row in found["members"].rows] == [homes[0], homes[0], homes[1]]
    assert [row.cells["member"] for row in found["members"].rows] == [
        f"{homes[0]}/1",
        f"{homes[0]}/2",
        f"{homes[1]}/1",
    ]
    assert found["members"].rows[0].cells["sex"] == "female"


def test_where_a_telephone_was_and_whose_it_is_are_not_taken_over() -> None:
    cells = {name for row in sheets(export())["households"].rows for name in row.cells}

    assert cells == {"household", "country", "locality", "community"}


def test_an_export_that_was_numbered_anew_brings_nothing_twice(house: House) -> None:
    first = taken(house, export())
    again = taken(house, export(shift=40, uuid="edited"))

    assert (first.read, first.accepted, first.refused) == (5, 5, 0), codes(first)
    assert (again.read, again.accepted, again.unchanged) == (5, 0, 5)


def test_an_edited_submission_is_told_by_what_it_says_otherwise(house: House) -> None:
    taken(house, export())

    again = taken(house, export(shift=40, uuid="edited", first="Otavalo"))

    assert codes(again) == [("households", 2, "community", "cell_changed")]
    assert (again.unchanged, again.edited) == (4, 1)


def test_an_export_without_a_key_that_stays_is_refused() -> None:
    content = book({"Registro": [["lugar", "_uuid", "_index"], ["080150", "u1", "1"]]})

    assert [one.refusal.code for one in sheets(content)["households"].complaints] == ["survey_without_key"]


def test_an_export_that_no_mapping_declares_is_known_for_what_it_is(house: House) -> None:
    with house.work("field") as work:
        result = import_files(work, request("households", {"households": export()}))

    assert codes(result) == [
        ("households", 1, None, "survey_not_declared"),
        ("members", 1, None, "survey_not_declared"),
    ]
    assert (result.read, result.refused) == (5, 5)


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["nombre", "_index", "_id"], True),
        (["nombre", "_index", "_parent_table_name", "_parent_index"], True),
        (["SubmissionDate", "nombre", "KEY"], True),
        (["nombre", "PARENT_KEY"], True),
        (["nombre", "id", "key", "index"], False),
        ([], False),
    ],
)
def test_an_export_is_known_by_the_columns_it_adds(titles: list[str], expected: bool) -> None:
    assert is_survey(titles) is expected


def asked_otherwise() -> bytes:
    """An export whose sheets and questions have names of the form's own."""
    main: Rows = [
        ["deviceid", "¿En qué país viven?", "Localidad (código)", "Consiente", "_id", "_index"],
        ["imei:1", "EC", "100150", "sí", 901, "1"],
    ]
    repeat: Rows = [
        ["Nombres de la persona", "Apellidos", "Sexo", "¿Cuál es su fecha de nacimiento?", "grupo_poblacion"],
        ["Ana", "Ejemplo", "mujer", "03/04/1990", "refugiada"],
    ]
    joined = [
        ["Parentesco", "_index", "_parent_table_name", "_parent_index"],
        ["jefatura", "1", "Casas", "1"],
    ]
    people = [[*one, *other] for one, other in zip(repeat, joined, strict=True)]
    return book({"Casas": main, "grupo_personas": people, "notas": [["algo"], ["x"]]})


def test_a_mapping_is_proposed_for_an_export_with_its_keys_and_the_sheets_of_its_repeats(
    house: House,
) -> None:
    proposed = proposed_mapping(KIND, {"households": asked_otherwise()}, layout=Layout())

    assert proposed["survey"] == UNNAMED
    assert proposed["parts"]["households"] == {
        "sheet": "Casas",
        "columns": {
            "@key": "household",
            "¿En qué país viven?": "country",
            "Localidad (código)": "locality",
        },
        "left_out": ["Consiente"],
    }
    assert proposed["parts"]["members"]["sheet"] == "grupo_personas"
    assert set(proposed["parts"]) == {"households", "members"}
    with pytest.raises(InvalidInput, match="SERVER and FORM"):
        read_mapping(json.dumps(proposed), KIND.parts)

    named = json.dumps({**proposed, "survey": "kobo.example/aXb"})
    with house.work("field") as work:
        asked = request(
            "households", {"households": asked_otherwise()}, layouts=read_mapping(named, KIND.parts)
        )
        result = import_files(work, asked)

    assert codes(result) == []
    assert (result.read, result.accepted) == (2, 2)


def test_a_repeat_without_its_submission_is_counted_and_refused(house: House) -> None:
    content = export()
    orphan = book(
        {
            "Registro": [[*MAIN, "_id", "_index"], [*[""] * 3, "080150", *[""] * 6, "901", "1"]],
            "miembros": [REPEAT, ["jefa", "Ana", "1", "03/04/1990", "host", "1", "Registro", "7", "907"]],
        }
    )

    result = taken(house, orphan)

    assert content != orphan
    assert ("members", 2, None, "row_without_parent") in codes(result)
    assert result.read == result.accepted + result.refused + result.unchanged == 2


def test_labels_of_a_form_are_read_as_its_codes_and_several_answers_as_one_cell() -> None:
    form = book(
        {
            "survey": [
                ["type", "name", "label::Español (es)", "label::English (en)"],
                ["select_one sexo", "gen", "¿Sexo?", "Sex?"],
                ["select_multiple ayuda", "ayudas", "¿Qué recibe?", "What?"],
                ["text", "barrio", "Barrio", "Neighbourhood"],
                ["note", "n1", "Gracias", "Thanks"],
            ],
            "choices": [
                ["list_name", "name", "label::Español (es)"],
                ["sexo", "1", "Mujer"],
                ["sexo", "2", "Hombre"],
                ["ayuda", "agua", "Agua potable"],
                ["ayuda", "luz", "Luz"],
            ],
        }
    )
    told = {
        "survey": "kobo.example/aXb",
        "form": form_of(form),
        "parts": {
            "households": {
                "columns": {"@key": "household", "ayudas": "phase", "barrio": "community", "gen": "locality"},
                "constants": {"country": "EC"},
            }
        },
    }
    header = ["¿Sexo?", "¿Qué recibe?/Agua potable", "¿Qué recibe?/Luz", "barrio", "_id"]
    content = book({"Registro": [header, ["Mujer", "1", "1", "Sur", "5"], ["Hombre", "0", "1", "", "6"]]})

    sheet = sheets(content, json.dumps(told))["households"]

    assert sheet.complaints == ()
    assert [(row.cells["locality"], row.cells["phase"]) for row in sheet.rows] == [
        ("1", "agua luz"),
        ("2", "luz"),
    ]


@pytest.mark.parametrize(
    "content",
    [b"type,name", book({"survey": [["type"]]}), book({"a": []}), b"", b"PK\x03\x04"],
    ids=["text", "no choices", "no survey", "nothing", "broken"],
)
def test_what_is_no_form_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput):
        form_of(content)


def test_a_label_that_stands_for_two_codes_is_refused() -> None:
    twice = [["list_name", "name", "label"], ["a", "1", "Sí"], ["a", "2", "Sí"]]

    with pytest.raises(InvalidInput):
        form_of(book({"survey": [["type", "name", "label"]], "choices": twice}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"parts": {"pets": {}}}',
        '{"parts": {"members": {"columns": {"x": "colour"}}}}',
        '{"parts": {"members": {"script": "x"}}}',
        '{"parts": {"members": {"encoding": "rot13"}}}',
        '{"parts": {"members": {"delimiter": "x"}}}',
        '{"parts": {"members": {"widths": [0]}}}',
        '{"parts": {"members": {"columns": {"x": 1}}}}',
        '{"parts": {"members": {"left_out": "x"}}}',
        '{"survey": 1}',
        '{"form": {"several": 1}}',
        "[" * 100_000,
        " " * 200_000,
    ],
)
def test_a_mapping_that_says_what_is_not_known_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_mapping(text, KIND.parts)


@pytest.mark.parametrize(
    "titles",
    [
        ["Date of birth", "Gender", "First name", "Surname"],
        ["Fecha nac.", "Género", "Primer nombre", "Apellido"],
        ["Date de naissance", "Sexe", "Prénom", "Nom de famille"],
        ["Data de nascimento", "Gênero", "Primeiro nome", "Sobrenome"],
    ],
    ids=["English", "Spanish", "French", "Portuguese"],
)
def test_columns_are_proposed_from_names_in_several_languages(titles: list[str]) -> None:
    members = KIND.parts[1]

    found, unknown = proposed_columns(members, [*titles, "deviceid", "Color favorito"])

    assert list(found.values()) == ["birth_date", "sex", "given_names", "family_names"]
    assert unknown == ["Color favorito"]


def test_a_name_with_a_slip_is_proposed_and_two_for_one_column_are_not() -> None:
    members = KIND.parts[1]

    assert proposed_columns(members, ["Fecha de nacimento"])[0] == {"Fecha de nacimento": "birth_date"}
    assert proposed_columns(members, ["Sexo", "Género"]) == ({}, ["Sexo", "Género"])


def test_a_mapping_is_kept_under_a_name_and_each_change_is_a_version(house: House) -> None:
    with house.work("field") as work:
        for key, mapping in (("a", "{}"), ("b", MAPPING)):
            save_mapping(work, SaveMapping(key=key, kind="households", name="kobo", mapping=mapping))

    with house.work("auditor") as work:
        found = saved_mapping(work, "households", "kobo")
        assert (found.version, found.mapping) == (2, MAPPING)
        assert [(one.kind, one.name, one.version) for one in list_mappings(work)] == [
            ("households", "kobo", 2)
        ]
        with pytest.raises(NotFound):
            saved_mapping(work, "households", "other")


@pytest.mark.parametrize(("name", "mapping"), [(" ", "{}"), ("x" * 61, "{}"), ("x", "nothing")])
def test_a_mapping_that_nobody_could_use_is_not_kept(house: House, name: str, mapping: str) -> None:
    with pytest.raises(InvalidInput), house.work("field") as work:
        save_mapping(work, SaveMapping(key="k", kind="households", name=name, mapping=mapping))
