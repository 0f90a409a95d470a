"""Files of field work become what they say, refer to each other by their own keys, and come in once."""

from collections.abc import Mapping

from seedfund.people.rules import ConsentMethod, ConsentPurpose
from seedfund.people.service import RecordConsent, record_consent
from tests.accompaniment.test_monitoring import business
from tests.grants.accounting_for import grant_of
from tests.interchange.files import codes, households, taken
from tests.support.grants import agreed, key, prepared
from tests.support.programme import House

PARTICIPANTS = "hogar;miembro;parentesco;nombres;sexo;anio_de_nacimiento;grupo_de_poblacion;telefono\n"
PROVIDERS = "codigo;nombre;tipo;ruc;lugar\nCAP-N;Centro Ejemplo;training_centre;1790000000001;Ibarra\n"
COURSES = (
    "codigo;entidad;nombre;tema;minutos;costo;asistencia_minima;se_cuenta_en;justificadas;justificadas_maximo\n"
    "GESTION;CAP-N;Gestión básica;gestión;240;0,00;80;sesiones;no cuenta;\n"
)
COHORTS = (
    "grupo;curso;empieza_el;termina_el;cupo;lugar;facilitador\nG-1;GESTION;05/01/2026;09/01/2026;2;Ibarra;\n"
)
SESSIONS = (
    "sesion;grupo;fecha;hora;minutos;tipo\n"
    "S-1;G-1;05/01/2026;09:00;120;regular\n"
    "S-2;G-1;06/01/2026;9h00;120;\n"
)
ENROLMENTS = "grupo;miembro;matriculada_el\nG-1;M-001;05/01/2026\n"
ATTENDANCE = "sesion;persona;marca\nS-1;M-001;presente\n"
LINKS = (
    "vinculacion;miembro;tipo;entidad;moneda;titularidad;invitada_el;abierta_el;numero\n"
    "SL-A;M-001;cooperativa;Cooperativa Ejemplo;USD;propia;05/01/2026;05/01/2026;0012345678\n"
)
BALANCES = "lectura;vinculacion;observado_el;saldo;fuente\nL-1;SL-A;05/01/2026;45,00;libreta\n"
VISITS = (
    "visita;miembro;quien_visito;realizada_el;modo;salud;hallazgos;acuerdos;negocio_funciona\n"
    "V-1;M-001;acompañante familiar;05/01/2026;en el hogar;sí;Todo va bien.;Volver en marzo.;\n"
)


def stored(house: House, sql: str) -> list[tuple[object, ...]]:
    with house.engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def agreeing(house: House) -> None:
    """The first person agrees to what a bank is told."""
    ((number,),) = stored(house, "SELECT number FROM sf_participant ORDER BY number LIMIT 1")
    with house.work("field") as work:
        consent = RecordConsent(
            key=key(),
            participant=str(number),
            purpose=ConsentPurpose.BANK,
            language="es",
            method=ConsentMethod.SIGNATURE,
            wording="2026-1",
        )
        record_consent(work, consent)


def come_in(house: House, files: Mapping[str, tuple[str, str]]) -> None:
    """Each file is taken without a refusal, and once: handed in again it changes nothing."""
    for kind, (text, actor) in files.items():
        first = taken(house, kind, {kind: text}, actor=actor)
        again = taken(house, kind, {kind: text}, actor=actor)
        assert (kind, codes(first), first.accepted) == (kind, [], first.read)
        assert (kind, codes(again), again.unchanged) == (kind, [], first.read)


def test_a_course_its_people_accounts_and_visits_come_in_by_the_keys_of_their_files(house: House) -> None:
    households(house)
    agreeing(house)
    come_in(
        house,
        {
            "participants": (
                PARTICIPANTS + "H-001;M-009;hermana o hermano;Luz;mujer;1994;refugiada;\n",
                "field",
            ),
            "providers": (PROVIDERS, "expert"),
            "courses": (COURSES, "expert"),
            "cohorts": (COHORTS, "expert"),
            "sessions": (SESSIONS, "expert"),
            "enrolments": (ENROLMENTS + "G-1;M-009;05/01/2026\n", "field"),
            "attendance": (ATTENDANCE, "field"),
            "savings_links": (LINKS, "field"),
            "savings_balances": (BALANCES, "field"),
            "visits": (VISITS, "coach"),
        },
    )

    assert stored(house, "SELECT position, begins_at FROM sf_training_session ORDER BY position") == [
        (1, 540),
        (2, 540),
    ]
    assert stored(house, "SELECT COUNT(*) FROM sf_enrolment") == [(2,)]
    assert stored(house, "SELECT mark FROM sf_attendance_mark") == [("present",)]
    assert stored(
        house,
        "SELECT state, balance_minor FROM sf_savings_link l JOIN sf_savings_observation o "
        "ON o.link_id = l.id",
    ) == [("opened", 4_500)]
    assert stored(house, "SELECT mode, dimensions, is_operating FROM sf_visit_report") == [
        ("home", '["health"]', None)
    ]


def test_a_look_at_a_business_and_a_vendor_come_in_for_a_plan_and_a_grant(house: House) -> None:
    plan, _ = business(house)
    look = (
        "seguimiento;plan;visitado_el;funciona;mes;ventas;costos;moneda;mujeres_pagadas;nota\n"
        f"N-1;{plan};05/01/2026;sí;2025-12;250,00;100,00;USD;1;Vende bien.\n"
    )

    come_in(house, {"business_monitoring": (look, "coach")})

    assert stored(house, "SELECT sales_minor, costs_minor, paid_women FROM sf_monitoring_report") == [
        (25_000, 10_000, 1)
    ]


def test_a_vendor_is_proposed_for_a_grant_and_approved_by_nobody_yet(house: House) -> None:
    prepared(house)
    grant = agreed(house)
    text = (
        "clave_del_proveedor;capital;proveedor;ruc_del_proveedor;medio_de_pago;sha256_del_documento\n"
        f"P-1;{grant};Proveedora Ejemplo;1790000000001;en especie;{'ab' * 32}\n"
        f"P-2;{grant};Proveedora Ejemplo;1790000000001;efectivo;{'ab' * 32}\n"
    )

    result = taken(house, "vendors", {"vendors": text}, actor="finance")

    assert grant_of(house, grant).number == grant
    assert stored(house, "SELECT kind, supplier, state FROM sf_payee") == [
        ("supplier", "Proveedora Ejemplo", "proposed")
    ]
    assert {(row, column) for _, row, column, code in codes(result) if code.startswith("payee")} == {
        (3, "method")
    }


NO_TIMES = ("25:00", "9", "09:60", "nueve")
REFUSED = [
    (
        "participants",
        PARTICIPANTS + "H-404;M-9;otro familiar;Luz;mujer;1994;refugiada;\n",
        "field",
        ("household", "reference_unknown"),
    ),
    (
        "participants",
        PARTICIPANTS + "H-001;M-9;jefatura;Luz;mujer;1994;refugiada;\n",
        "field",
        ("relationship", "head_already_named"),
    ),
    (
        "participants",
        PARTICIPANTS + "H-001;M-9;otro familiar;Luz;mujer;;refugiada;\n",
        "field",
        ("birth_date", "member_field_needed"),
    ),
    ("providers", PROVIDERS, "field", (None, "not_allowed")),
    ("courses", COURSES, "expert", (None, "not_found")),
    ("cohorts", COHORTS, "expert", (None, "not_found")),
    ("sessions", SESSIONS, "expert", ("cohort", "reference_unknown")),
    ("enrolments", ENROLMENTS, "field", ("cohort", "reference_unknown")),
    ("attendance", ATTENDANCE, "field", (None, "not_found")),
    ("savings_links", LINKS, "field", ("member", "savings_bank_consent_missing")),
    ("savings_balances", BALANCES, "field", (None, "not_found")),
    ("visits", VISITS.replace(";M-001;", ";M-404;"), "coach", ("member", "reference_unknown")),
    ("visits", VISITS.replace(";M-001;", ";;"), "coach", ("number", "value_refused")),
    ("visits", VISITS.replace("en el hogar", "en casa"), "coach", ("mode", "word_unknown")),
    (
        "business_monitoring",
        "seguimiento;plan;visitado_el;funciona\nN-1;P-404;05/01/2026;sí\n",
        "coach",
        ("plan", "reference_unknown"),
    ),
    (
        "vendors",
        "clave_del_proveedor;capital;proveedor;medio_de_pago\nP-1;P-404;Proveedora;en especie\n",
        "finance",
        ("grant", "reference_unknown"),
    ),
]


def test_what_a_file_cannot_stand_on_is_named_by_row_and_column(house: House) -> None:
    households(house)
    found = {}
    for number, (kind, text, actor, expected) in enumerate(REFUSED):
        result = taken(house, kind, {kind: text}, actor=actor)
        assert (kind, result.accepted, result.read) == (kind, 0, result.refused)
        if expected not in [(column, code) for _, row, column, code in codes(result) if row == 2]:
            found[number, kind] = codes(result)

    assert found == {}


def test_a_time_that_is_none_is_refused_at_its_cell(house: House) -> None:
    taken(house, "providers", {"providers": PROVIDERS}, actor="expert")
    taken(house, "courses", {"courses": COURSES}, actor="expert")
    taken(house, "cohorts", {"cohorts": COHORTS}, actor="expert")

    head, _, second = SESSIONS.splitlines()
    wrong = [f"S-{place + 3};G-1;05/01/2026;{time};120;" for place, time in enumerate(NO_TIMES)]

    result = taken(house, "sessions", {"sessions": "\n".join((head, second, *wrong))}, actor="expert")

    assert codes(result) == [
        ("sessions", row, "begins_at", "time_unreadable") for row in range(3, 3 + len(NO_TIMES))
    ]
    assert result.accepted == 1


def test_a_cell_that_can_wait_is_refused_alone_and_the_visit_taken(house: House) -> None:
    households(house)

    result = taken(house, "visits", {"visits": VISITS.replace(";sí;", ";quizá;")}, actor="coach")

    assert (result.accepted, codes(result)) == (1, [("visits", 2, "health", "word_unknown")])
