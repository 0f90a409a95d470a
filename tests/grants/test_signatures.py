"""Signatures: by hand, thumb, at request, on a scan or elsewhere; and what does not stand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from seedfund.grants.queries.agreements import AgreementRow, agreements_of
from seedfund.grants.queries.grants import grant_by_number
from seedfund.grants.queries.papers import agreement_facts
from seedfund.grants.rules.conditions import AgreementSigned
from seedfund.grants.rules.words import AgreementKind, Finger, Party, SignMethod
from seedfund.grants.service import (
    draft_agreement,
    issue_agreement,
    record_signature,
    sign_agreement,
)
from seedfund.grants.service.agreements import DraftAgreement, IssueAgreement
from seedfund.grants.service.signing import RecordSignature, SignAgreement, Witness
from seedfund.kernel.errors import Refused
from seedfund.kernel.secret import Secret
from seedfund.ledger.queries.parts import positions
from tests.support.grants import (
    SHA,
    TODAY,
    awarded,
    drafted,
    issued,
    key,
    prepared,
    signing,
    tranche,
    usd,
)
from tests.support.programme import House

THUMB = {
    "method": SignMethod.THUMBPRINT,
    "finger": Finger.RIGHT_THUMB,
    "read_aloud_by": Secret("Lectora Ficticia"),
    "witnesses": (Witness(handle="coach"),),
}
AT_REQUEST = {
    "method": SignMethod.AT_REQUEST,
    "signatory": Secret("Vecino Inventado"),
    "read_aloud_by": Secret("Lectora Ficticia"),
    "witnesses": (Witness(handle="coach"), Witness(name=Secret("Testigo Imaginario"))),
}


def agreements(house: House, grant: str) -> list[AgreementRow]:
    with house.work("manager") as work:
        found = grant_by_number(work.reader(), work.programme.id, grant)
        return agreements_of(work.reader(), [found.id])[found.id]


def money(house: House, grant: str) -> tuple[int, int]:
    """What a grant has awarded and committed in the ledger."""
    with house.work("manager") as work:
        found = grant_by_number(work.reader(), work.programme.id, grant)
        parts = positions(work.reader(), [found.id])[found.id]
    return sum(part.awarded for part in parts), sum(part.committed for part in parts)


def issuing(house: House) -> tuple[str, str]:
    """A grant and its issued agreement of one tranche."""
    grant = awarded(house).number
    drafted(house, grant, tranche(usd(500), AgreementSigned()))
    return grant, issued(house, grant)


def refused_signature(house: House, command: RecordSignature) -> tuple[str, ...]:
    with house.work("expert") as work, pytest.raises(Refused) as caught:
        record_signature(work, command)
    return caught.value.codes


def refused_signing(house: House, number: str) -> tuple[str, ...]:
    with house.work("expert") as work, pytest.raises(Refused) as caught:
        sign_agreement(work, SignAgreement(key=key(), agreement=number))
    return caught.value.codes


def test_a_carta_de_compromiso_is_the_participants_own_undertaking(house: House) -> None:
    prepared(house)
    grant = awarded(house).number
    with house.work("expert") as work:
        drafting = DraftAgreement(key=key(), grant=grant, kind=AgreementKind.CARTA_COMPROMISO)
        draft_agreement(work, drafting)
    number = issued(house, grant)
    with house.work("expert") as work:
        record_signature(work, signing(number))
        sign_agreement(work, SignAgreement(key=key(), agreement=number))

    assert money(house, grant) == (0, 50_000)


@pytest.mark.parametrize(
    "way", [{}, THUMB, AT_REQUEST, {"method": SignMethod.SCANNED, "evidence_sha256": SHA}]
)
def test_a_participant_signs_by_hand_thumb_at_request_or_on_a_scan(
    house: House, way: dict[str, object]
) -> None:
    prepared(house)
    grant, number = issuing(house)
    with house.work("expert") as work:
        record_signature(work, replace(signing(number), **way))  # type: ignore[arg-type] # its fields
        record_signature(work, signing(number, Party.ORGANISATION))
        result = sign_agreement(work, SignAgreement(key=key(), agreement=number))

    assert (result.state, money(house, grant)) == ("signed", (0, 50_000))


def test_the_names_around_a_signature_are_sealed_and_come_out_on_the_paper(house: House) -> None:
    prepared(house)
    _, number = issuing(house)
    with house.work("expert") as work:
        record_signature(work, replace(signing(number), **AT_REQUEST))  # type: ignore[arg-type] # its fields
    with house.engine.connect() as connection:
        rows = [
            str(row)
            for table in ("sf_agreement_signature", "sf_audit", "sf_command")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        ]
    with house.work("expert") as work:
        (signature,) = agreement_facts(work, number).signatures

    assert not any("Inventado" in row or "Imaginario" in row for row in rows)
    assert signature.signatory.reveal() == "Vecino Inventado"
    assert [name.reveal() for name in signature.witnesses] == ["", "Testigo Imaginario"]


@pytest.mark.parametrize(
    ("codes", "change"),
    [
        (("finger_missing", "read_aloud_missing", "witnesses_missing"), {"method": SignMethod.THUMBPRINT}),
        (
            ("read_aloud_missing", "at_request_signatory_missing", "witnesses_missing"),
            {"method": SignMethod.AT_REQUEST},
        ),
        (("signature_evidence_missing",), {"method": SignMethod.ELECTRONIC}),
        (("witness_is_payer",), {**THUMB, "witnesses": (Witness(handle="Cashier"),)}),
        (
            ("witness_is_signatory",),
            {**AT_REQUEST, "witnesses": (Witness(handle="coach"), Witness(name=Secret("vecino  INVENTADO")))},
        ),
        (
            ("witness_is_signatory",),
            {**AT_REQUEST, "witnesses": (Witness(handle="coach"), Witness(handle="COACH"))},
        ),
        (
            ("method_not_for_organisation",),
            {"party": Party.ORGANISATION, "signed_by": "signatory", "method": SignMethod.THUMBPRINT},
        ),
        (("not_a_signatory", "signatory_drafted"), {"party": Party.ORGANISATION, "signed_by": "expert"}),
    ],
)
def test_a_signature_that_does_not_stand_is_refused_with_every_reason(
    house: House, codes: tuple[str, ...], change: dict[str, object]
) -> None:
    prepared(house)
    _, number = issuing(house)
    command = replace(signing(number), **change)  # type: ignore[arg-type] # the fields of the command

    assert refused_signature(house, command) == codes


def test_a_party_signs_once(house: House) -> None:
    prepared(house)
    _, number = issuing(house)
    with house.work("expert") as work:
        record_signature(work, signing(number))

    assert refused_signature(house, signing(number)) == ("party_signed_already",)


def test_an_agreement_is_not_in_force_before_everybody_signed(house: House) -> None:
    prepared(house)
    _, number = issuing(house)

    assert refused_signing(house, number) == ("signatures_missing",)


def test_a_signature_never_comes_before_the_award(house: House) -> None:
    prepared(house)
    _, number = issuing(house)
    with house.work("expert") as work:
        record_signature(work, signing(number, on=TODAY - timedelta(days=1)))
        record_signature(work, signing(number, Party.ORGANISATION))

    assert refused_signing(house, number) == ("signed_before_award",)


def test_an_agreement_without_a_paper_is_not_signed(house: House) -> None:
    prepared(house)
    grant = awarded(house).number
    drafted(house, grant)
    with house.work("expert") as work:
        number = issue_agreement(work, IssueAgreement(key=key(), grant=grant)).number
        for party in Party:
            record_signature(work, signing(number, party))

    assert refused_signing(house, number) == ("agreement_paper_missing",)


def test_a_paper_signed_elsewhere_is_recorded_with_its_scan(house: House) -> None:
    prepared(house)
    grant = awarded(house).number
    drafted(house, grant)
    with house.work("expert") as work:
        number = issue_agreement(work, IssueAgreement(key=key(), grant=grant)).number
        for party in Party:
            outside = {"method": SignMethod.OUTSIDE_PAPER, "evidence_sha256": SHA}
            command = replace(signing(number, party), **outside)  # type: ignore[arg-type] # its fields
            record_signature(work, command)
        sign_agreement(work, SignAgreement(key=key(), agreement=number))

    (row,) = agreements(house, grant)
    assert (row.state, row.paper_id, row.paper_hash) == ("signed", None, SHA)
