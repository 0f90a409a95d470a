"""What the verbs of training share: who may, and how texts and codes are read."""

import re
from typing import Final

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.roles import Role
from seedfund.people.rules import plain_text

PLANNERS: Final = (
    Role.COACH,
    Role.ECONOMIC_INCLUSION_EXPERT,
    Role.PROGRAMME_MANAGER,
)
"""Who sets up providers, courses, cohorts and sessions."""
MARKERS: Final = (*PLANNERS, Role.FIELD_OFFICER)
"""Who takes registers."""
ENROLLERS: Final = (*MARKERS, Role.PROTECTION_OFFICER)
"""Who enrols people; a restricted person is enrolled and certified by those who see one."""
CERTIFIERS: Final = (*PLANNERS, Role.PROTECTION_OFFICER)
"""Who issues certificates."""
WAIVERS: Final = (Role.PROGRAMME_MANAGER, Role.DIRECTOR)
"""Who lets somebody be certified below the threshold."""
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{0,29}", flags=re.ASCII)


def code_of(text: str, *, field: str = "code") -> str:
    """A code: letters without accents, digits and dashes, in capitals.

    Raises:
        InvalidInput: it is none.
    """
    code = text.strip().upper()
    if not _CODE.fullmatch(code):
        raise InvalidInput(
            field=field,
            problem=f"{text!r} is no code",
            remedy="use up to 30 letters without accents, digits and dashes",
        )
    return code


def said(text: str, *, field: str, most: int = 120) -> str:
    """A text that has to be there.

    Raises:
        InvalidInput: it is empty, too long or not printable.
    """
    plain = plain_text(text, field=field, most=most)
    if not plain:
        raise InvalidInput(field=field, problem="it is empty", remedy="give it in a few words")
    return plain
