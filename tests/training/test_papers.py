"""The certificate on paper, by the words that stand in the PDF; it is frozen, registered and printed the same twice."""

import pytest

from seedfund.documents.service import (
    IssueCertificatePaper,
    PaperWritten,
    ReissuePaper,
    attendance_register,
    issue_certificate_paper,
    print_paper,
    reissue_paper,
)
from seedfund.kernel.errors import NotAllowed, NotFound, Refused
from seedfund.people.rules import DocumentKind
from seedfund.training.rules.words import CourseUnit, Mark
from seedfund.training.service import Enrol, enrol
from tests.documents.papers import read, terms, text_of
from tests.people.samples import document, head, identity, person, register
from tests.support.programme import House
from tests.training.courses import (
    cohort,
    course,
    done,
    enrolled,
    key,
    left,
    mark,
    registered,
    session,
    trainee,
)
from tests.training.test_certificates import attended, issued, waived


def papered(house: House, number: str, language: str = "es", actor: str = "coach") -> PaperWritten:
    command = IssueCertificatePaper(key=key(), certificate=number, language=language)
    found: PaperWritten = done(house, issue_certificate_paper, command, actor)
    return found


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "es",
            (
                "Certificado de asistencia",
                "Horas asistidas 8",
                "4 de 5 sesiones (80 %)",
                "Mínimo del curso 80 %",
                "del 5 de enero de 2026 al 6 de marzo de 2026",
            ),
        ),
        (
            "en",
            (
                "Certificate of attendance",
                "Hours attended 8",
                "4 of 5 sessions (80 %)",
                "Needed in this course 80 %",
                "from 5 January 2026 to 6 March 2026",
            ),
        ),
    ],
)
def test_a_certificate_names_holder_course_dates_hours_rate_and_code(
    house: House, language: str, told: tuple[str, ...]
) -> None:
    terms(house)
    found = issued(house, attended(house, *[Mark.PRESENT] * 4, Mark.ABSENT))
    paper = papered(house, found.certificate, language)
    text = read(house, found.certificate)

    assert (paper.number, paper.kind, paper.version) == (found.certificate, "certificate", 1)
    for words in (*told, "Rosa Elvira", "Panadería básica", "Centro Ejemplo", found.verification_code):
        assert words in text
    assert "CF-2026-0001" in text
    assert "excep" not in text


def test_a_certificate_never_tells_which_document_its_holder_has(house: House) -> None:
    """An employer reads it; a permit of asylum is nobody's business there."""
    terms(house)
    course(house)
    permit = document("EJ777001", DocumentKind.PASSPORT)
    holder = (
        register(house, head(person(identity("Luz Marina", "Prueba Ejemplo"), permit))).members[0].participant
    )
    number = cohort(house)
    enrolment = enrolled(house, number, holder)
    registered(house, session(house, number), mark(holder))
    found = issued(house, enrolment)
    papered(house, found.certificate)
    text = read(house, found.certificate)

    assert "Luz Marina" in text
    assert "EJ777001" not in text
    assert "pasaporte" not in text.casefold()


def test_a_certificate_prints_the_same_bytes_twice_and_is_issued_once(house: House) -> None:
    terms(house)
    number = issued(house, attended(house, Mark.PRESENT)).certificate
    papered(house, number)
    with house.work("coach") as work:
        first = print_paper(work, number)
    with house.work("expert") as work:
        assert print_paper(work, number) == first
    with pytest.raises(Refused) as again:
        papered(house, number)

    assert again.value.codes == ("paper_issued_before",)


def test_a_certificate_below_the_threshold_names_who_let_it_through_and_not_why(house: House) -> None:
    terms(house)
    own = attended(house, Mark.PRESENT, Mark.ABSENT)
    waived(house, own)
    number = issued(house, own).certificate
    papered(house, number)
    text = read(house, number)

    assert f"excepción de la matrícula {own} autorizada por Actor manager el 5 de enero de 2026" in text
    assert "1 de 2 sesiones (50 %)" in text
    assert "madre" not in text


def test_minutes_are_counted_as_minutes_where_the_course_counts_them(house: House) -> None:
    terms(house)
    course(house, unit=CourseUnit.HOURS)
    number, rosa = cohort(house), trainee(house)
    own = enrolled(house, number, rosa)
    registered(house, session(house, number, minutes=100), mark(rosa, Mark.LATE, missed=10))
    certificate = issued(house, own).certificate
    papered(house, certificate)
    text = read(house, certificate)

    assert "90 de 100 minutos (90 %)" in text
    assert "Horas asistidas 1,5" in text


def test_the_certificate_of_a_restricted_person_is_issued_by_who_may_see_one(house: House) -> None:
    terms(house)
    course(house)
    number, hidden = cohort(house), trainee(house, actor="protection", restricted=True)
    own = enrolled_by_protection(house, number, hidden)
    registered(house, session(house, number), mark(hidden))
    certificate = issued(house, own, "protection").certificate
    with pytest.raises(NotAllowed):
        papered(house, certificate)
    papered(house, certificate, actor="protection")
    with pytest.raises(NotAllowed):
        read(house, certificate)

    assert "Rosa Elvira" in read(house, certificate, "protection")


def enrolled_by_protection(house: House, number: str, participant: str) -> str:
    command = Enrol(key=key(), cohort=number, participant=participant)
    return str(done(house, enrol, command, "protection").enrolment)


def test_a_certificate_paper_is_corrected_by_its_next_version(house: House) -> None:
    terms(house)
    number = issued(house, attended(house, Mark.PRESENT)).certificate
    with pytest.raises(NotFound):
        papered(house, "CF-2026-0099")
    papered(house, number)
    terms(house, place="Ibarra")
    command = ReissuePaper(key=key(), number=number, reason="The place was wrong.")
    corrected = done(house, reissue_paper, command)

    assert (corrected.number, corrected.version) == (number, 2)
    assert "Ibarra" in read(house, number)


@pytest.mark.parametrize(
    ("language", "title"), [("es", "Registro de asistencia"), ("en", "Attendance register")]
)
def test_a_register_has_a_row_a_person_and_a_column_a_session_and_names_no_hidden_person(
    house: House, language: str, title: str
) -> None:
    terms(house)
    course(house)
    number, rosa, gone = cohort(house), trainee(house), trainee(house, "Luz Marina")
    hidden = trainee(house, "Oculta", actor="protection", restricted=True)
    enrolled(house, number, rosa)
    left(house, enrolled(house, number, gone))
    enrolled_by_protection(house, number, hidden)
    for _ in range(7):
        session(house, number)

    with house.work("coach") as work:
        pdf = attendance_register(work, number, language=language)
        assert attendance_register(work, number, language=language) == pdf
    with house.work("protection") as work:
        seen = text_of(attendance_register(work, number, language=language))
    text = text_of(pdf)

    assert title in text
    assert f"({rosa})" in text
    assert hidden in text
    assert gone not in text
    assert "Oculta" not in text
    assert "Oculta" in seen
    assert all(f"{place} · " in text for place in range(1, 8))
