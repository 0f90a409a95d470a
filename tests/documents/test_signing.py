"""How a paper will be signed: what could not stand is not printed, and there is room for everybody who is needed."""

from dataclasses import replace
from itertools import product

import pytest

from seedfund.documents.content import Content, Finger, Signatory, SignMethod, SignRole
from seedfund.documents.layouts.signatures import UNNAMED, sign_boxes
from seedfund.documents.rules.signing import PRINTING, check_signing
from seedfund.documents.service import Signing
from seedfund.documents.service.signing import signing_of
from seedfund.documents.wording import load_template
from seedfund.grants.rules.signing import WITNESSES_NEEDED
from seedfund.kernel.errors import Refused
from seedfund.kernel.secret import Secret
from tests.documents.papers import draft, issued_paper, read, ready
from tests.documents.samples import all_papers
from tests.support.programme import House

AGREEMENT = next(content for content in all_papers() if content.paper == "agreement")
LABELS = load_template("agreement", language="es").labels


def signed_by(method: SignMethod, *witnesses: str) -> Content:
    people = tuple(
        replace(one, method=method, finger=Finger.LEFT_THUMB if method in PRINTING else None, at_request=None)
        if one.role is SignRole.PARTICIPANT
        else replace(one, method=SignMethod.WET, finger=None, at_request=None)
        for one in AGREEMENT.signatories
    )
    named = tuple(Signatory(role=SignRole.WITNESS, name=one) for one in witnesses)
    return replace(AGREEMENT, signatories=people, witnesses=named)


@pytest.mark.parametrize(("method", "named"), list(product(SignMethod, (0, 1, 2, 3))))
def test_there_is_a_box_for_every_witness_that_the_method_needs(method: SignMethod, named: int) -> None:
    needed = {one.value: count for one, count in WITNESSES_NEEDED.items()}[method.value]
    people = [f"Testigo {number}" for number in range(named)]

    boxes = sign_boxes(signed_by(method, *people), LABELS).boxes

    witnesses = [box.name for box in boxes if box.role == LABELS["role_witness"]]
    assert witnesses == people + [UNNAMED] * max(needed - named, 0)


@pytest.mark.parametrize("method", list(SignMethod))
def test_who_gives_a_print_has_a_square_with_the_finger_and_nobody_else(method: SignMethod) -> None:
    boxes = sign_boxes(signed_by(method), LABELS).boxes

    prints = [box.print_label for box in boxes if box.print_label]
    assert prints == (["Huella digital: pulgar izquierdo"] if method in PRINTING else [])


def test_who_signs_for_another_has_a_box_also_where_nobody_is_named_yet() -> None:
    boxes = sign_boxes(signed_by(SignMethod.AT_REQUEST), LABELS).boxes

    (helper,) = [box for box in boxes if box.role.startswith("Firma a ruego")]
    assert helper.name == UNNAMED


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"method": SignMethod.THUMBPRINT}, "finger_missing"),
        ({"method": SignMethod.WET, "has_finger": True}, "finger_without_print"),
        ({"people": ("rosa prueba", "rosa prueba")}, "witness_is_signatory"),
        ({"witnesses": 1, "documents": 2}, "witness_documents_too_many"),
    ],
)
def test_what_could_not_be_recorded_is_not_printed(asked: dict[str, object], code: str) -> None:
    usual = {"method": SignMethod.WET, "has_finger": False, "people": (), "witnesses": 0, "documents": 0}
    given = usual | asked

    found = check_signing(given.pop("method"), **given)  # type: ignore[arg-type]  # each row changes one of them

    assert [one.code for one in found] == [code]


@pytest.mark.parametrize("method", list(SignMethod))
def test_a_plan_that_can_stand_is_not_refused(method: SignMethod) -> None:
    signing = Signing(
        method=method,
        finger=Finger.RIGHT_THUMB if method in PRINTING else None,
        at_request=Secret("José Muestra") if method is SignMethod.AT_REQUEST else None,
        witnesses=(Secret("Rosa Prueba"), Secret("Ana Muestra")),
        witness_documents=(Secret("0400000018"),),
    )

    assert signing.refusals() == ()


def test_a_paper_that_nobody_could_sign_is_refused_with_every_reason_at_once(house: House) -> None:
    ready(house)
    signing = Signing(
        method=SignMethod.THUMBPRINT,
        witnesses=(Secret("Rosa Prueba"), Secret(" ROSA  prueba")),
        witness_documents=(Secret("1"), Secret("2"), Secret("3")),
    )

    with pytest.raises(Refused) as found:
        issued_paper(house, draft(house), signing=signing)

    assert found.value.codes == ("finger_missing", "witness_is_signatory", "witness_documents_too_many")


def test_documents_of_witnesses_stand_under_their_names_and_stay_with_a_correction(house: House) -> None:
    ready(house)
    signing = Signing(
        method=SignMethod.THUMBPRINT,
        finger=Finger.RIGHT_INDEX,
        read_aloud_by=Secret("Ana Muestra"),
        witnesses=(Secret("Rosa Prueba"), Secret("Luz Ficticia")),
        witness_documents=(Secret("cédula 0400000018"),),
    )

    said = read(house, issued_paper(house, draft(house), signing=signing).number)

    assert "Rosa Prueba cédula 0400000018" in said
    assert "índice derecho" in said


def test_the_plan_of_a_correction_is_that_of_the_paper() -> None:
    content = signed_by(SignMethod.THUMBPRINT, "Rosa Prueba", "Luz Ficticia")
    first, second = content.witnesses
    content = replace(content, witnesses=(replace(first, document="0400000018"), second))

    kept = signing_of(content)

    assert (kept.method, kept.finger) == (SignMethod.THUMBPRINT, Finger.LEFT_THUMB)
    assert [one.reveal() for one in kept.witnesses] == ["Rosa Prueba", "Luz Ficticia"]
    assert [one.reveal() for one in kept.witness_documents] == ["0400000018"]
