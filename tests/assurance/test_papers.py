"""A paper in hand against the books: genuine by its bytes, altered however small, superseded, or not ours at all."""

import hashlib
from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa

from seedfund.assurance.papers import PaperChecked, check_paper, check_scan, open_papers, worst
from seedfund.assurance.papers.comparing import line_differences
from seedfund.assurance.rules.papers import PaperStatus
from seedfund.documents.service import ReissuePaper, Signing, print_paper, reissue_paper
from seedfund.kernel.errors import Refused
from seedfund.kernel.secret import Secret
from seedfund.register.service import AttachScan, attach_scan
from seedfund.schema.registry import drop_triggers
from tests.assurance.papers import rewritten, with_content, with_words, without_content
from tests.documents.papers import draft, issued_paper, ready
from tests.support.grants import key
from tests.support.programme import House


@dataclass(frozen=True)
class Issued:
    """A house with an issued agreement."""

    house: House
    number: str
    pdf: bytes = field(repr=False)

    def check(self, data: bytes, *, may_see: bool = False) -> PaperChecked:
        with open_papers(self.house.engine) as known:
            if not may_see:
                return check_paper(data, file="papel.pdf", known=known)

            def reprint(paper: object) -> bytes:
                return self.printed(version=getattr(paper, "version", 1))

            return check_paper(data, file="papel.pdf", known=known, reprint=reprint)

    def printed(self, *, version: int | None = None) -> bytes:
        with self.house.work("expert") as work:
            return print_paper(work, self.number, version=version)


@pytest.fixture
def issued(house: House) -> Issued:
    ready(house)
    number = issued_paper(house, draft(house)).number
    with house.work("expert") as work:
        return Issued(house, number, print_paper(work, number))


def codes(checked: PaperChecked) -> list[str]:
    return [one.code for one in checked.findings]


def tampered(house: House, statement: str) -> None:
    """Change the database behind its own back."""
    with house.engine.begin() as connection:
        drop_triggers(connection)
        connection.execute(sa.text(statement))


def test_a_paper_as_it_was_issued_is_genuine_and_is_drawn_again_to_the_same_bytes(issued: Issued) -> None:
    checked = issued.check(issued.pdf)

    assert (checked.status, checked.number, checked.version) == (PaperStatus.GENUINE, issued.number, 1)
    assert codes(checked)[:3] == ["paper_genuine", "enclosed_same", "redrawn_same"]
    assert set(codes(checked)[3:]) == {"books_stand"}
    assert checked.books_stand


def test_a_corrected_paper_is_told_to_be_superseded(issued: Issued) -> None:
    with issued.house.work("expert") as work:
        heard = Signing(read_aloud_by=Secret("Ana Muestra"))
        asked = ReissuePaper(key=key(), number=issued.number, reason="se leyó en voz alta", signing=heard)
        reissue_paper(work, asked)

    checked = issued.check(issued.pdf)

    assert (checked.status, checked.version) == (PaperStatus.SUPERSEDED, 1)
    assert codes(checked)[0] == "paper_no_longer_holds"
    assert "version 2" in checked.findings[0].sentence("en")
    assert issued.check(issued.printed()).status is PaperStatus.GENUINE


def test_an_altered_figure_is_found_though_the_hash_line_was_kept(issued: Issued) -> None:
    # With its comma: a hash may hold "300" by chance.
    forged = with_words(issued.pdf, "300,", "500,")

    checked = issued.check(forged)

    assert checked.status is PaperStatus.ALTERED
    assert codes(checked)[:4] == ["paper_altered", "enclosed_same", "hash_printed", "text_differs"]
    assert checked.differences
    assert all(
        "300," in line.issued and line.found == line.issued.replace("300,", "500,")
        for line in checked.differences
    )


def test_an_altered_content_inside_is_found_and_the_pages_are_read_by_who_may(issued: Issued) -> None:
    forged = with_content(issued.pdf, '"minor":30000', '"minor":90000')

    stranger, expert = issued.check(forged), issued.check(forged, may_see=True)

    assert stranger.status is expert.status is PaperStatus.ALTERED
    assert codes(stranger)[:4] == ["paper_altered", "enclosed_altered", "hash_printed", "text_not_compared"]
    assert "text_same" in codes(expert)


def test_a_paper_written_again_by_another_program_is_not_the_issued_file_and_says_the_same(
    issued: Issued,
) -> None:
    checked = issued.check(rewritten(issued.pdf))

    assert checked.status is PaperStatus.ALTERED
    assert codes(checked)[:4] == ["paper_altered", "enclosed_same", "hash_printed", "text_same"]


def test_a_paper_that_lost_its_content_is_known_by_the_hash_it_prints(issued: Issued) -> None:
    checked = issued.check(without_content(issued.pdf), may_see=True)

    assert (checked.status, checked.number) == (PaperStatus.ALTERED, issued.number)
    assert {"enclosed_missing", "hash_printed", "text_same"} <= set(codes(checked))


def test_what_is_added_after_a_paper_is_not_part_of_it(issued: Issued) -> None:
    checked = issued.check(issued.pdf + b"9 0 obj\n<< >>\nendobj\ntrailer\n<< /Root 9 0 R >>\n%%EOF\n")

    assert checked.status is PaperStatus.ALTERED
    assert codes(checked)[0] == "added_after"


def test_a_number_of_ours_with_a_content_nobody_issued_is_a_forgery(issued: Issued) -> None:
    with open_papers(issued.house.engine) as known:
        hashed = known.with_number([issued.number])[0].content_hash
    other = hashed[:-1] + ("0" if hashed[-1] != "0" else "1")
    forged = with_words(with_content(issued.pdf, hashed, other), hashed, other)

    checked = issued.check(forged)

    assert (checked.status, checked.number) == (PaperStatus.ALTERED, issued.number)
    assert codes(checked)[:3] == ["paper_never_issued", "enclosed_altered", "hash_not_printed"]


def test_a_paper_of_another_programme_is_unknown(issued: Issued) -> None:
    tampered(issued.house, "DELETE FROM sf_paper_print")

    checked = issued.check(issued.pdf)

    assert checked.status is PaperStatus.UNKNOWN
    assert codes(checked) == ["paper_unknown", "enclosed_fits_itself"]
    assert worst([checked, PaperChecked("x", PaperStatus.GENUINE, "", 1, "", ())]) is PaperStatus.UNKNOWN


def test_a_paper_whose_hash_was_put_on_the_register_is_found_by_drawing_it_again(issued: Issued) -> None:
    # With its comma: a hash may hold "300" by chance.
    forged = with_words(issued.pdf, "300,", "500,")
    tampered(issued.house, f"UPDATE sf_paper_print SET pdf_sha256 = '{hashlib.sha256(forged).hexdigest()}'")

    checked = issued.check(forged)

    assert checked.status is PaperStatus.ALTERED
    assert "redrawn_differs" in codes(checked)


def test_a_paper_proves_that_the_books_were_altered(issued: Issued) -> None:
    tampered(issued.house, f"UPDATE sf_transfer SET hash = '{'0' * 64}'")

    checked = issued.check(issued.pdf)

    assert checked.status is PaperStatus.GENUINE
    assert not checked.books_stand
    assert "books_differ" in codes(checked)


def test_a_paper_is_still_genuine_where_its_wording_or_its_tools_are_not_at_hand(issued: Issued) -> None:
    tampered(issued.house, "DELETE FROM sf_template_version")
    assert codes(issued.check(issued.pdf))[:3] == ["paper_genuine", "enclosed_same", "not_redrawn"]


def test_a_scan_is_known_by_its_bytes_and_a_changed_one_is_found(issued: Issued) -> None:
    scan = b"\xff\xd8\xff a picture of a signed page"
    with issued.house.work("field") as work:
        sha256 = hashlib.sha256(scan).hexdigest()
        attach_scan(work, AttachScan(key=key(), number=issued.number, sha256=sha256))

    with open_papers(issued.house.engine) as known:
        kept = check_scan(scan, file="scan.jpg", number=issued.number, known=known)
        changed = check_scan(scan + b"!", file="scan.jpg", number=issued.number, known=known)
        other = check_scan(scan, file="scan.jpg", number="AG-2026-0999", known=known)

    assert (kept.status, codes(kept)) == (PaperStatus.GENUINE, ["scan_known"])
    assert (changed.status, codes(changed)) == (PaperStatus.ALTERED, ["scan_altered"])
    assert other.status is PaperStatus.UNKNOWN
    assert issued.check(scan).status is PaperStatus.GENUINE
    with pytest.raises(Refused) as found:
        issued.check(scan + b"!")
    assert found.value.codes == ("pdf_not_one",)


def test_a_file_that_is_a_trap_is_refused(issued: Issued) -> None:
    trap = b"%PDF-1.4\n1 0 obj\n" + b"[" * 1000 + b"\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"

    with pytest.raises(Refused) as found:
        issued.check(trap)

    assert found.value.codes == ("pdf_unreadable",)


def test_lines_that_differ_are_told_page_by_page() -> None:
    issued_lines, found_lines = [["a", "b"], ["c"]], [["a", "x", "y"]]

    told = [(one.page, one.issued, one.found) for one in line_differences(issued_lines, found_lines)]

    assert told == [(1, "b", "x"), (1, "", "y"), (2, "c", "")]
