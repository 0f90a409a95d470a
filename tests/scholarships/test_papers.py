"""The agreement on a scholarship: issued in two languages, it says what was planned, the same bytes each time."""

from dataclasses import replace

from seedfund.documents.service import (
    IssueAgreementPaper,
    PaperWritten,
    ReissuePaper,
    issue_agreement_paper,
    print_paper,
    reissue_paper,
)
from seedfund.scholarships.service import DraftScholarship, draft_scholarship
from tests.documents.papers import home_of, terms, text_of
from tests.scholarships.trainees import TERMS, awarded, schooled
from tests.support.grants import key
from tests.support.programme import House
from tests.training.courses import done


def issued(house: House, *languages: str, **changes: object) -> PaperWritten:
    """A scholarship's agreement with its paper."""
    schooled(house)
    terms(house)
    number = awarded(house, home_of(house), replace(TERMS, **changes))  # type: ignore[arg-type] # as a test wants it
    done(house, draft_scholarship, DraftScholarship(key=key(), scholarship=number), "expert")
    command = IssueAgreementPaper(key=key(), grant=number, languages=languages)
    found: PaperWritten = done(house, issue_agreement_paper, command, "expert")
    return found


def printed(house: House, number: str) -> bytes:
    """The PDF of a paper."""
    with house.work("expert") as work:
        return print_paper(work, number)


def test_the_agreement_says_course_fee_stipend_attendance_and_what_leaving_means(house: House) -> None:
    paper = issued(house, "es", "en")
    spanish = text_of(printed(house, paper.number))
    english = text_of(printed(house, paper.translations[0]))

    assert paper.kind == "scholarship_agreement"
    for told in (
        *("EP-2026-0001", "Panadería básica", "Centro Ejemplo", "trabaje como panadera", "presencial"),
        *("20 horas", "lunes a viernes, 9:00 a 11:00", "120,00", "4,00", "máximo de 20 días", "80 %"),
        *("delantal y balanza", "no devuelve nada por haberlo dejado", "meses 1 y 6", "no autoriza"),
        *("con asistencia de al menos 80 %", "del 12 de enero de 2026 al 11 de febrero de 2026"),
    ):
        assert told in spanish, told
    for told in ("in person", "20 hours", "nothing is given back for having left", "does not allow"):
        assert told in english, told


def test_a_scholarship_without_fee_or_stipend_says_so(house: House) -> None:
    paper = issued(house, "es", stipend=None, kit="", timetable="")

    text = text_of(printed(house, paper.number))
    assert "Esta beca no incluye estipendio" in text
    assert "no incluye materiales propios" in text
    assert "Horario" not in text


def test_the_same_agreement_has_the_same_bytes_and_a_correction_supersedes_it(house: House) -> None:
    paper = issued(house, "es")
    first, second = printed(house, paper.number), printed(house, paper.number)
    again = ReissuePaper(key=key(), number=paper.number, reason="cambió la dirección")
    corrected = done(house, reissue_paper, again, "expert")

    assert first == second
    assert (corrected.version, corrected.kind) == (2, "scholarship_agreement")
