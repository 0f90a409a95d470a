"""How a provider's file may be written: every mistake in a layout is named at once, and two persons bring it in."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.kernel.canonical import canonical_bytes, canonical_text, digest
from seedfund.kernel.codec import decode
from seedfund.kernel.errors import InvalidInput, NotFound, Refused
from seedfund.payouts.queries import layout_versions
from seedfund.payouts.queries.layouts import HASH_DOMAIN
from seedfund.payouts.rules import FeesAre, FileForm, LayoutField, LayoutTerms, StatusWord, Told, check_layout
from seedfund.payouts.service import ApproveLayout, DefineLayout, approve_layout, define_layout
from tests.payouts.provider import FEES, PARTS, RESULTS, column, layout
from tests.payouts.provider import one_database as database_server  # noqa: F401 # its fixture
from tests.payouts.test_files import ANSWER, COUNTER, TRANSFER, WALLET
from tests.support.grants import key, prepared
from tests.support.programme import House

F = LayoutField
TWICE = (*RESULTS.statuses, StatusWord(text=" pagado ", told=Told.FAILED))
WRONG: dict[str, tuple[LayoutTerms, dict[str, Any]]] = {
    "payout_layout_columns": (RESULTS, {"columns": RESULTS.columns[1:]}),
    "payout_layout_field": (RESULTS, {"columns": (*RESULTS.columns, column("Nombre", F.NAME))}),
    "payout_layout_widths": (WALLET, {"columns": (*WALLET.columns, column("", F.CURRENCY))}),
    "payout_layout_statuses": (RESULTS, {"statuses": TWICE}),
    "payout_layout_fees": (FEES, {"fees": FeesAre.NONE}),
    "payout_layout_titles": (RESULTS, {"columns": (*RESULTS.columns, column("VALOR ", F.IGNORED))}),
    "payout_layout_form": (COUNTER, {"has_titles": False}),
    "payout_layout_currency": (RESULTS, {"currency": ""}),
    "payout_layout_growing": (RESULTS, {"files_grow": True}),
}


@pytest.mark.parametrize("terms", [RESULTS, FEES, PARTS, TRANSFER, WALLET, ANSWER, COUNTER])
def test_layouts_as_providers_write_them_are_taken(terms: LayoutTerms) -> None:
    assert check_layout(terms) == []


@pytest.mark.parametrize("code", WRONG)
def test_a_mistake_in_a_layout_is_named(code: str) -> None:
    terms, change = WRONG[code]

    assert [refusal.code for refusal in check_layout(replace(terms, **change))] == [code]


def test_every_mistake_is_named_at_once() -> None:
    wrong = replace(
        RESULTS,
        form=FileForm.FIXED,
        columns=RESULTS.columns[2:4],
        statuses=(),
        currency="",
        encoding="ebcdic",
    )

    found = [refusal.code for refusal in check_layout(wrong)]

    assert found == [
        "payout_layout_columns",
        *["payout_layout_widths"] * 2,
        "payout_layout_statuses",
        "payout_layout_form",
        "payout_layout_currency",
    ]


def test_a_layout_comes_into_force_under_two_persons_and_a_change_is_a_further_version(house: House) -> None:
    prepared(house)
    with house.work("approver") as work:
        number = define_layout(work, DefineLayout(key=key(), code="banco", terms=RESULTS)).number
    with house.work("approver") as work, pytest.raises(Refused) as own:
        approve_layout(work, ApproveLayout(key=key(), number=number))
    with house.work("director") as work:
        approve_layout(work, ApproveLayout(key=key(), number=number))
    layout(house, "banco", replace(RESULTS, delimiter=","))

    with house.work("auditor") as work:
        versions = layout_versions(work.reader(), work.programme.id, "banco")
    assert own.value.codes == ("proposal_own",)
    assert [(one.version, one.proposed_by, one.approved_by) for one in versions] == [
        (1, "approver", "director"),
        (2, "finance", "manager"),
    ]
    assert [one.terms.delimiter for one in versions] == [";", ","]


def test_fees_fall_on_a_line_of_charges_and_a_code_is_a_plain_word(house: House) -> None:
    prepared(house)
    for terms, code, error in (
        (replace(FEES, fee_line="A1"), "comision", Refused),
        (replace(FEES, fee_line="ZZ"), "comision", NotFound),
        (RESULTS, "El Banco", InvalidInput),
    ):
        with house.work("finance") as work, pytest.raises(error):
            define_layout(work, DefineLayout(key=key(), code=code, terms=terms))


def test_a_layout_approved_before_layouts_had_more_fields_is_what_was_approved(house: House) -> None:
    prepared(house)
    layout(house, "banco", RESULTS)
    with house.engine.begin() as connection:
        (text,) = connection.execute(sa.text("SELECT terms FROM sf_payout_layout")).scalars()
        terms = text if isinstance(text, dict) else json.loads(text)
        del terms["files_grow"]
        hashed = digest(HASH_DOMAIN, canonical_bytes(terms))
        connection.execute(
            sa.text(
                "INSERT INTO sf_payout_layout SELECT proposal_id, programme_id, code, 2, direction, form, :terms, "
                ":hashed, proposal_id, proposed_by, approved_by, approved_on FROM sf_payout_layout"
            ),
            {"terms": canonical_text(terms), "hashed": hashed},
        )

    with house.work("auditor") as work:
        assert [one.terms for one in layout_versions(work.reader(), work.programme.id, "banco")] == [
            RESULTS
        ] * 2


EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "payouts"


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.json")))
def test_the_layouts_that_come_along_can_be_used(name: str) -> None:
    given = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))

    defined = decode(DefineLayout, {"key": "example", **given})

    assert defined.code == name
    assert check_layout(defined.terms) == []
