"""The letters of a message to a bank: those that all banks exchange, by a declared rule, or a refusal by name."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.interchange.exports.provider_file import provider_file, rewritten
from seedfund.interchange.service import ExportPaymentList, export_payment_list, payment_file
from seedfund.kernel.errors import Refused
from seedfund.kernel.roles import Assurance
from seedfund.payouts.rules import LayoutTerms, check_layout
from seedfund.payouts.rules.letters import ALLOWED, Letters, written
from seedfund.people.rules import DocumentKind
from tests.grants.paying import payee, released, wish
from tests.payouts.provider import RESULTS, layout
from tests.payouts.test_iso20022 import ABOUT, IN, OURS, OUT, at, going_out, parsed
from tests.people.samples import document, head, identity, person, register
from tests.support.grants import Home, agreed, key, may_receive, prepared
from tests.support.programme import House


def texts_of(terms: LayoutTerms, **texts: Any) -> list[str | None]:
    """Name, concept and bank of one payment as they stand in the message."""
    document = parsed(provider_file(terms, [going_out(**texts)], ABOUT))
    one = "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf"
    paths = ("Cdtr/Nm", "RmtInf/Ustrd", "CdtrAgt/FinInstnId/Nm")
    return [text for path in paths for text in at(document, f"{one}/{path}")]


def test_a_message_holds_the_letters_that_banks_exchange_and_says_which_payments_changed() -> None:
    lines = [going_out(), going_out("PG-2026-0002", name="Ana Prueba")]

    content = provider_file(OUT, lines, ABOUT)

    assert at(parsed(content), "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Nm") == [
        "Rosa Nandu Prueba",
        "Ana Prueba",
    ]
    assert rewritten(OUT, lines) == ("PG-2026-0001",)
    assert texts_of(OUT, name="Mª José & Ćwik", concept="Nº 1", bank="«Caja» Łódź") == [
        "Ma Jose + Cwik",
        "No 1",
        "'Caja' Lodz",
    ]


@pytest.mark.parametrize(
    "text", ["သီရိ", "محمد", "สมชาย", "Розa", "Rosa #1", "Rosa\u200b", "Rosa\nPrueba", "a\u0301\u4eba"]
)
@pytest.mark.parametrize(("field", "title"), [("name", "Nm"), ("bank", "CdtrAgt"), ("concept", "Ustrd")])
def test_letters_without_a_rule_are_refused_by_payment_before_a_file_is_written(
    text: str, field: str, title: str
) -> None:
    given_text: dict[str, Any] = {field: text}
    with pytest.raises(Refused) as refused:
        provider_file(OUT, [going_out(), going_out("PG-2026-0009", **given_text)], ABOUT)

    (refusal,) = refused.value.refusals
    assert refusal.code == "payout_letters_unknown"
    assert (refusal.facts["payment"], refusal.facts["title"]) == ("PG-2026-0009", title)
    assert text not in str(refused.value)


def test_where_the_bank_takes_all_letters_none_is_changed() -> None:
    terms = replace(OUT, letters=Letters.ANY)
    texts: dict[str, Any] = {"name": "သီရိ Ñandú", "concept": "Apoyo a la #1", "bank": "Łódź"}

    assert texts_of(terms, **texts) == list(texts.values())
    assert rewritten(terms, [going_out(**texts)]) == ()


def test_a_sign_that_is_not_printed_fits_no_message() -> None:
    with pytest.raises(Refused) as refused:
        provider_file(replace(OUT, letters=Letters.ANY), [going_out(name="Rosa\nPrueba")], ABOUT)

    assert [one.code for one in refused.value.refusals] == ["payout_does_not_fit"]


def test_a_layout_of_before_whose_name_no_bank_reads_writes_no_message() -> None:
    with pytest.raises(Refused) as refused:
        provider_file(replace(OUT, ours=replace(OURS, name="Программа")), [going_out()], ABOUT)

    assert [one.code for one in refused.value.refusals] == ["payout_layout_letters"]


@pytest.mark.parametrize("account", ["/0012", "0012/", "00//12", "00Ñ12", "00\u066212"])
def test_a_number_is_never_written_in_other_letters(account: str) -> None:
    with pytest.raises(Refused) as refused:
        provider_file(OUT, [going_out(account=account)], ABOUT)

    assert [(one.code, one.facts["title"]) for one in refused.value.refusals] == [
        ("payout_does_not_fit", "CdtrAcct")
    ]


def test_a_name_that_grows_too_long_by_its_letters_does_not_fit() -> None:
    with pytest.raises(Refused) as refused:
        provider_file(OUT, [going_out(name="ß" * 36)], ABOUT)

    assert [one.code for one in refused.value.refusals] == ["payout_does_not_fit"]


@given(st.text(max_size=40))
def test_whatever_is_written_has_only_the_letters_banks_exchange_and_is_written_so_again(text: str) -> None:
    found = written(text, Letters.LATIN)

    assert found is None or (ALLOWED.issuperset(found) and written(found, Letters.LATIN) == found)
    assert found is not None or not ALLOWED.issuperset(text)


@pytest.mark.parametrize(
    "terms",
    [
        replace(OUT, ours=replace(OURS, name="Программа")),
        replace(OUT, ours=replace(OURS, bank="ธนาคาร")),
        replace(OUT, ours=replace(OURS, number="22//1")),
        replace(IN, letters=Letters.ANY),
        replace(RESULTS, letters=Letters.ANY),
    ],
)
def test_a_layout_says_letters_of_messages_alone_and_our_name_in_them(terms: LayoutTerms) -> None:
    assert [one.code for one in check_layout(terms)] == ["payout_layout_letters"]


def test_our_own_name_is_written_in_the_letters_too() -> None:
    terms = replace(OUT, ours=replace(OURS, name="Fundación Ejemplo"))

    assert check_layout(terms) == []
    document = parsed(provider_file(terms, [going_out()], ABOUT))
    assert at(document, "CstmrCdtTrfInitn/PmtInf/Dbtr/Nm") == ["Fundacion Ejemplo"]
    assert at(document, "CstmrCdtTrfInitn/GrpHdr/InitgPty/Nm") == ["Fundacion Ejemplo"]


def named(house: House, given_names: str) -> str:
    """A grant whose payee has these names and an account at a bank."""
    sheet = identity(given_names, "Prueba Cuasi", f"+593 98 {len(given_names):07d}")
    papers = document(f"LT{len(given_names):06d}", DocumentKind.PASSPORT)
    found = register(house, head(replace(person(sheet, papers), language="es")))
    participant = found.members[0].participant
    may_receive(house, participant)
    grant = agreed(house, owner=Home(found.household, participant))
    payee(house, grant, participant, number=f"00120033{len(given_names):02}")
    return grant


def test_who_exports_a_list_is_told_which_payments_stand_in_other_letters(house: House) -> None:
    prepared(house)
    layout(house, "mensajes", OUT)
    grants = [named(house, "Rosa Elvira"), named(house, "Begoña")]
    house.clock.advance(timedelta(days=4))
    sent = released(house, *(wish(grant) for grant in grants))

    with house.work("cashier", assurance=Assurance.PIN) as work:
        command = ExportPaymentList(key=key(), number=sent.number, layout="mensajes", execute_on=work.today())
        made = export_payment_list(work, command)
        content = payment_file(work, made.number)

    assert made.rewritten == (sent.payments[1],)
    names = at(parsed(content), "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Nm")
    assert [str(name).split()[0] for name in names] == ["Rosa", "Begona"]
