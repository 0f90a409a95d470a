"""An issued paper prints the same for ever, says when it cannot, and is corrected by a further version."""

import hashlib
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.documents.service import (
    ReissuePaper,
    Signing,
    print_paper,
    printed,
    reissue_paper,
)
from seedfund.grants.queries.agreements import agreement_by_number
from seedfund.kernel.errors import Corrupt, InvalidInput, NotAllowed, Refused
from seedfund.kernel.resources import resource_dir
from seedfund.kernel.secret import Secret
from seedfund.people.rules import Identity
from seedfund.people.service import (
    CorrectIdentity,
    correct_identity,
)
from seedfund.schema.registry import drop_triggers
from tests.documents.papers import draft, home_of, issued_paper, ready, text_of
from tests.people.samples import identity
from tests.support.grants import (
    key,
    signed,
)
from tests.support.programme import House


def tampered(house: House, statement: str, **values: Any) -> None:
    """Change the database behind its own back."""
    with house.engine.begin() as connection:
        drop_triggers(connection)
        connection.execute(sa.text(statement), values)


def test_it_prints_the_same_bytes_after_the_wording_was_changed(house: House, tmp_path: Path) -> None:
    ready(house)
    folder = tmp_path / "words"
    copytree(resource_dir("templates") / "agreement", folder / "agreement")
    template = folder / "agreement" / "es.md"
    number = issued_paper(house, draft(house), templates_dir=str(folder)).number
    with house.work("expert") as work:
        before = print_paper(work, number)
    template.write_text(
        template.read_text().replace("No es un préstamo", "Es un préstamo").replace("1.0", "2.0")
    )

    with house.work("expert") as work:
        after = print_paper(work, number, templates_dir=folder)

    assert hashlib.sha256(after).hexdigest() == hashlib.sha256(before).hexdigest()


def test_a_language_nobody_issued_it_in_is_not_made_up_when_it_is_printed(house: House) -> None:
    ready(house)
    number = issued_paper(house, draft(house)).number

    with house.work("expert") as work, pytest.raises(Refused) as found:
        printed(work, number, language="en")

    assert found.value.codes == ("language_not_issued",)


def test_an_altered_head_of_the_books_is_found_when_the_paper_is_printed(house: House) -> None:
    ready(house)
    number = issued_paper(house, draft(house)).number
    tampered(house, "UPDATE sf_paper SET chain_head = 'UNHCR:1:' || :hash", hash="0" * 64)

    with house.work("expert") as work, pytest.raises(Corrupt, match="chain head"):
        print_paper(work, number)


def test_an_altered_wording_is_found_when_the_paper_is_printed(house: House) -> None:
    ready(house)
    number = issued_paper(house, draft(house)).number
    tampered(
        house,
        "UPDATE sf_template_version SET source = replace(source, 'no es un préstamo', 'es un préstamo')",
    )

    with house.work("expert") as work, pytest.raises(Corrupt, match="wording"):
        print_paper(work, number)


def test_a_paper_drawn_by_other_tools_says_which(house: House) -> None:
    ready(house)
    number = issued_paper(house, draft(house)).number
    tampered(
        house, "UPDATE sf_paper_print SET pdf_sha256 = :hash, drawn_with = 'reportlab 0.1'", hash="0" * 64
    )

    with house.work("expert") as work, pytest.raises(Corrupt, match=r"reportlab 0\.1"):
        print_paper(work, number)


def test_a_correction_is_the_next_version_and_both_can_be_printed(house: House) -> None:
    ready(house)
    owner = home_of(house)
    number = issued_paper(
        house,
        draft(house, owner),
        languages=("es", "en"),
        signing=Signing(read_aloud_by=Secret("Ana Muestra")),
    ).number
    with house.work("field") as work:
        corrected: Identity = identity("María Luz", "Ejemplo Quishpe")
        correct_identity(work, CorrectIdentity(key=key(), participant=owner.head, identity=corrected))

    with house.work("expert") as work:
        paper = reissue_paper(work, ReissuePaper(key=key(), number=number, reason="nombre mal escrito"))

    with house.work("expert") as work:
        first, second = (text_of(print_paper(work, number, version=one)) for one in (1, 2))
        agreement = agreement_by_number(work.reader(), work.programme.id, number)
    assert (paper.version, paper.translations) == (2, ("AG-2026-0001-EN",))
    assert agreement.paper_hash == paper.content_hash
    assert "María Luisa Ejemplo" in first
    assert "María Luz Ejemplo" in second
    assert "leído en voz alta por Ana Muestra" in second


def test_a_signed_agreement_is_not_corrected_any_more(house: House) -> None:
    ready(house)
    number = issued_paper(house, draft(house)).number
    signed(house, number)

    with house.work("expert") as work, pytest.raises(Refused) as found:
        reissue_paper(work, ReissuePaper(key=key(), number=number, reason="nombre"))

    assert found.value.codes == ("no_such_step",)


def test_a_translation_is_corrected_with_its_paper(house: House) -> None:
    ready(house)
    paper = issued_paper(house, draft(house), languages=("es", "en"))

    with house.work("expert") as work, pytest.raises(InvalidInput, match="translation"):
        reissue_paper(work, ReissuePaper(key=key(), number=paper.translations[0], reason="error"))


def test_who_could_not_issue_a_paper_does_not_correct_it(house: House) -> None:
    ready(house)
    number = issued_paper(house, draft(house)).number

    with house.work("cashier") as work, pytest.raises(NotAllowed):
        reissue_paper(work, ReissuePaper(key=key(), number=number, reason="error"))
