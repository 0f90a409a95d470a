"""What people agreed to: a fact, always taken in."""

from typing import Final

from seedfund.interchange.kinds import words
from seedfund.interchange.kinds.base import Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.people.columns import MEMBER
from seedfund.interchange.rules import SHORT, CellKind, Column, Part
from seedfund.people.rules import ConsentMethod, ConsentPurpose
from seedfund.people.service import RecordConsent, record_consent


def _consent(intake: Intake, group: Group) -> Numbers:
    entry = group.root
    command = RecordConsent(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        participant=intake.number(entry, "member", kind="households", part="members"),
        purpose=entry.values.need_word("purpose", ConsentPurpose),
        language=entry.values.need_text("language"),
        method=entry.values.need_word("method", ConsentMethod),
        wording=entry.values.need_text("wording"),
        by_guardian=entry.values.flag("by_guardian"),
    )
    record_consent(intake.work, command)
    return {}


CONSENTS: Final = Kind(
    name="consents",
    title_en="What people agreed to",
    title_es="Consentimientos",
    parts=(
        Part(
            name="consents",
            spanish="consentimientos",
            key=("member", "purpose", "wording", "by_guardian"),
            group=("member", "purpose", "wording", "by_guardian"),
            columns=(
                MEMBER,
                Column(
                    name="purpose",
                    spanish="finalidad",
                    kind=CellKind.WORD,
                    is_required=True,
                    words=words.CONSENT_PURPOSE,
                    help_en="For what.",
                    help_es="Para qué.",
                ),
                Column(
                    name="language",
                    spanish="idioma",
                    is_required=True,
                    length=10,
                    help_en="In which it was explained.",
                    help_es="En que se explicó.",
                ),
                Column(
                    name="method",
                    spanish="forma",
                    kind=CellKind.WORD,
                    is_required=True,
                    words=words.CONSENT_METHOD,
                    help_en="How the person agreed.",
                    help_es="Cómo aceptó la persona.",
                ),
                Column(
                    name="wording",
                    spanish="version_del_texto",
                    is_required=True,
                    length=SHORT,
                    help_en="Version of the text that was read.",
                    help_es="Versión del texto que se leyó.",
                ),
                Column(
                    name="by_guardian",
                    spanish="por_tutora_o_tutor",
                    kind=CellKind.YES_NO,
                    is_required=True,
                    help_en="A guardian agreed for a person under 18.",
                    help_es="Aceptó quien tiene la tutela de una persona menor de 18 años.",
                ),
            ),
        ),
    ),
    is_whole=False,
    carry_out=_consent,
)
