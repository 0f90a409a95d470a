"""Reading households and people: facts for rules, names for papers, search, duplicates, payout accounts.

`records` rows verbs lock · `facts` what rules of higher areas need, in batches · `participations` · `duplicates` ·
`accounts` · `access` who is looking · `names` opening sealed sheets · `search` finding a person ·
`shown` what the desk sees.

A name is loaded when it is first used: who reads facts does not wait for what opens sealed sheets.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
    from seedfund.people.queries.access import roles_of, sees_restricted
    from seedfund.people.queries.accounts import PayoutAccountFacts, payout_account, payout_accounts
    from seedfund.people.queries.duplicates import (
        DuplicateFacts,
        DuplicateShown,
        Side,
        duplicate_flag,
        duplicates_of,
        flags_touching,
        list_duplicates,
    )
    from seedfund.people.queries.facts import (
        HouseholdFacts,
        MemberFacts,
        ParticipantFacts,
        household_facts,
        household_rows,
        missing_fields,
        participant_facts,
    )
    from seedfund.people.queries.names import (
        AccountOpened,
        DocumentShown,
        PersonName,
        documents_of,
        identity_of,
        names_of,
        open_accounts,
    )
    from seedfund.people.queries.participations import ParticipationFacts, participations_of
    from seedfund.people.queries.records import (
        HouseholdRow,
        ParticipantRow,
        household_by_number,
        participant_by_number,
    )
    from seedfund.people.queries.restricted import restricted_people
    from seedfund.people.queries.search import Found, find_participants
    from seedfund.people.queries.shown import (
        HouseholdShown,
        MemberShown,
        StepTaken,
        participation_history,
        show_household,
    )
else:
    _HOMES: Final = {
        ".access": (
            "roles_of",
            "sees_restricted",
        ),
        ".accounts": (
            "PayoutAccountFacts",
            "payout_account",
            "payout_accounts",
        ),
        ".duplicates": (
            "DuplicateFacts",
            "DuplicateShown",
            "Side",
            "duplicate_flag",
            "duplicates_of",
            "flags_touching",
            "list_duplicates",
        ),
        ".facts": (
            "HouseholdFacts",
            "MemberFacts",
            "ParticipantFacts",
            "household_facts",
            "household_rows",
            "missing_fields",
            "participant_facts",
        ),
        ".names": (
            "AccountOpened",
            "DocumentShown",
            "PersonName",
            "documents_of",
            "identity_of",
            "names_of",
            "open_accounts",
        ),
        ".participations": (
            "ParticipationFacts",
            "participations_of",
        ),
        ".records": (
            "HouseholdRow",
            "ParticipantRow",
            "household_by_number",
            "participant_by_number",
        ),
        ".restricted": ("restricted_people",),
        ".search": (
            "Found",
            "find_participants",
        ),
        ".shown": (
            "HouseholdShown",
            "MemberShown",
            "StepTaken",
            "participation_history",
            "show_household",
        ),
    }
    __getattr__ = loader(__name__, _HOMES)

__all__ = [
    "AccountOpened",
    "DocumentShown",
    "DuplicateFacts",
    "DuplicateShown",
    "Found",
    "HouseholdFacts",
    "HouseholdRow",
    "HouseholdShown",
    "MemberFacts",
    "MemberShown",
    "ParticipantFacts",
    "ParticipantRow",
    "ParticipationFacts",
    "PayoutAccountFacts",
    "PersonName",
    "Side",
    "StepTaken",
    "documents_of",
    "duplicate_flag",
    "duplicates_of",
    "find_participants",
    "flags_touching",
    "household_by_number",
    "household_facts",
    "household_rows",
    "identity_of",
    "list_duplicates",
    "missing_fields",
    "names_of",
    "open_accounts",
    "participant_by_number",
    "participant_facts",
    "participation_history",
    "participations_of",
    "payout_account",
    "payout_accounts",
    "restricted_people",
    "roles_of",
    "sees_restricted",
    "show_household",
]
