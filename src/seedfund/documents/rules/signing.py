"""Whether the way a paper is going to be signed can stand. Pure; must not know names, only marks of them.

The same holds when the signature is recorded (`grants.rules.signing`): what could not be recorded is not printed.
Source: signature alternatives of the domain (thumbprint with its finger, signature at request, witnesses).
"""

from collections.abc import Sequence
from typing import Final

from seedfund.documents.content import Content, SignMethod
from seedfund.grants.rules import signing as recorded
from seedfund.kernel.errors import Refusal, RefusalCode

WITNESS_DOCUMENTS_TOO_MANY: Final = RefusalCode(
    "witness_documents_too_many",
    "There are {documents} documents of witnesses for {witnesses} names.",
    "Name each witness whose document you give, in the same order.",
)
FINGER_WITHOUT_PRINT: Final = RefusalCode(
    "finger_without_print",
    "A finger is named, and nobody gives a print: it is signed by {method}.",
    "Choose a thumbprint or a signature at request, or leave the finger out.",
)
REFUSALS: Final = (WITNESS_DOCUMENTS_TOO_MANY, FINGER_WITHOUT_PRINT)
PRINTING: Final = (SignMethod.THUMBPRINT, SignMethod.AT_REQUEST)
"""Who signs these ways gives a print."""


def check_signing(
    method: SignMethod, *, has_finger: bool, people: Sequence[str], witnesses: int, documents: int
) -> tuple[Refusal, ...]:
    """Why a paper cannot be signed as it is planned; `people` holds a mark for the helper and each witness.

    Equal marks are one person. Names that are not known yet are written by hand: their boxes stay empty.
    """
    refusals: list[Refusal] = []
    if method is SignMethod.THUMBPRINT and not has_finger:
        refusals.append(recorded.FINGER_MISSING())
    if has_finger and method not in PRINTING:
        refusals.append(FINGER_WITHOUT_PRINT(method=method.value))
    if len(set(people)) < len(people):
        refusals.append(recorded.WITNESS_IS_SIGNATORY())
    if documents > witnesses:
        refusals.append(WITNESS_DOCUMENTS_TOO_MANY(documents=documents, witnesses=witnesses))
    return tuple(refusals)


def witnesses_needed(content: Content) -> int:
    """How many witnesses the signatures of a paper need to stand."""
    methods = {one.method.value for one in content.signatories}
    return max(
        (needed for method, needed in recorded.WITNESSES_NEEDED.items() if method.value in methods), default=0
    )
