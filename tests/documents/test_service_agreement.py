"""An agreement is issued in one command with its paper, which says what was agreed and prints the same for ever."""

from seedfund.grants.queries.agreements import agreement_by_number
from seedfund.register.queries import read_paper
from tests.documents.papers import draft, home_of, issued_paper, read, ready
from tests.support.programme import House


def test_an_agreement_is_issued_with_its_number_its_paper_and_its_hash_in_one_command(house: House) -> None:
    ready(house)
    grant = draft(house, home_of(house))

    paper = issued_paper(house, grant)

    with house.work("expert") as work:
        agreement = agreement_by_number(work.reader(), work.programme.id, paper.number)
        kept = read_paper(work, paper.number)
    assert paper.number == "AG-2026-0001"
    assert (agreement.state, agreement.paper_hash) == ("issued", paper.content_hash)
    assert kept.row.content_hash == paper.content_hash
    assert kept.row.chain_head.startswith("UNHCR:")


def test_the_paper_says_who_what_how_much_in_words_and_when(house: House) -> None:
    ready(house)
    grant = draft(house, home_of(house))

    said = read(house, issued_paper(house, grant).number)

    for words in (
        "María Luisa Ejemplo Quishpe, pasaporte EJ777001",
        "quinientos con 00/100 dólares de los Estados Unidos de América",
        "Panadería El Ejemplo",
        "por sí y en nombre de su hogar",
        "Convenio de entrega de capital semilla",
        "directora ejecutiva",
        "capacitación en gestión de negocios",
        "dinero, bienes o trabajo",
        "CS-2026-0001",
        grant,
        "hasta el 4 de enero de 2027",
    ):
        assert words in said
