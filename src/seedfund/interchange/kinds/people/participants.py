"""People who join a household that is there already: new to the programme, one row a person."""

from dataclasses import replace
from typing import Final

from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.people.columns import MEMBERS_PART
from seedfund.interchange.kinds.people.households import member_of
from seedfund.interchange.rules import Part
from seedfund.kernel.errors import Refusal
from seedfund.people.service import AddMember, add_member

_COLUMN_OF: Final = {
    "household_not_active": "household",
    "head_already_named": "relationship",
}
_FIELD_COLUMNS: Final = {"birth": "birth_date", "name_or_alias": "given_names"}


def _join(intake: Intake, group: Group) -> Numbers:
    entry = group.root
    member = member_of(entry, ())
    command = AddMember(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        household=intake.number(entry, "household", kind="households", part="households"),
        relationship=member.relationship,
        person=member.person,
        is_dependant=member.is_dependant,
        participates=member.participates,
    )
    return {(entry.part, entry.key): add_member(intake.work, command).participant}


def _locate(group: Group, refusal: Refusal) -> tuple[Entry, str | None] | None:
    column = _COLUMN_OF.get(refusal.code) or _FIELD_COLUMNS.get(refusal.facts.get("field", ""))
    return group.root, column


_HOUSEHOLD, _MEMBER, *_REST = MEMBERS_PART.columns
PARTICIPANTS: Final = Kind(
    name="participants",
    title_en="People who join a household that is registered already",
    title_es="Personas que se suman a un hogar ya registrado",
    parts=(
        Part(
            name="participants",
            spanish="participantes",
            key=("member",),
            group=("member",),
            columns=(
                replace(
                    _HOUSEHOLD,
                    is_own=False,
                    help_en="Key or number of the household they join.",
                    help_es="Clave o número del hogar al que se suman.",
                ),
                _MEMBER,
                *_REST,
            ),
        ),
    ),
    is_whole=False,
    carry_out=_join,
    locate=_locate,
)
