"""The rules about people, pure: values in, decisions out. Must not know sessions, clocks or how sheets are sealed.

`values` sex, age, groups, disability · `household` composition and reporting group · `documents` papers and
phones · `participation` the way through the programme, what each step needs, and consent.
"""

from typing import Final

from seedfund.kernel.errors import RefusalCode
from seedfund.people.rules import documents, household, participation

REFUSALS: Final[tuple[RefusalCode, ...]] = (
    *household.REFUSALS,
    *documents.REFUSALS,
    *participation.REFUSALS,
)
"""Every way the rules of this area say no, in the order a household meets them."""
