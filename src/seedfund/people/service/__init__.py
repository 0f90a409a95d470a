"""The commands about households and people, and nothing that is read.

`registration` and `households` who lives together · `identity` sheets and documents · `details` what statistics
need · `duplicates` flags and decisions · `likeness` who may be registered twice · `merging` and `leading` one person
under two numbers · `accounts` where people are paid · `participation` steps and consents · `protection` restriction,
and erasure for the area that knows whether money still depends on the person.

A name is loaded when it is first used: who registers a household does not wait for what accounts ask of the policy.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
    from seedfund.people.service.accounts import (
        PayoutAccountChanged,
        PayoutAccountProposed,
        ProposePayoutAccount,
        RetirePayoutAccount,
        VerifyPayoutAccount,
        propose_payout_account,
        retire_payout_account,
        verify_payout_account,
    )
    from seedfund.people.service.catalogue import COMMANDS
    from seedfund.people.service.details import CorrectParticipant, ParticipantCorrected, correct_participant
    from seedfund.people.service.duplicates import (
        DecideDuplicate,
        DuplicateDecided,
        DuplicateFound,
        decide_duplicate,
    )
    from seedfund.people.service.households import (
        AddMember,
        ChangeHousehold,
        EndMembership,
        HouseholdChanged,
        MemberAdded,
        MembershipEnded,
        add_member,
        change_household,
        end_membership,
    )
    from seedfund.people.service.identity import (
        CorrectIdentity,
        DocumentRecorded,
        IdentityCorrected,
        RecordDocument,
        correct_identity,
        record_document,
    )
    from seedfund.people.service.leading import require_leading, require_leading_household
    from seedfund.people.service.likeness import (
        DecideLikelyDuplicate,
        LikelyDuplicateDecided,
        LikelyDuplicatesProposed,
        ProposeLikelyDuplicates,
        TwoPeople,
        decide_likely_duplicate,
        propose_likely_duplicates,
    )
    from seedfund.people.service.many import (
        HouseholdsRegistered,
        RegisterHouseholds,
        register_households,
    )
    from seedfund.people.service.participation import (
        ChangeParticipation,
        ConsentRecorded,
        ParticipationChanged,
        RecordConsent,
        WithdrawConsent,
        change_participation,
        record_consent,
        withdraw_consent,
    )
    from seedfund.people.service.protection import (
        ParticipantErased,
        ParticipantRestricted,
        RestrictParticipant,
        load_erasable,
        restrict_participant,
        write_erasure,
    )
    from seedfund.people.service.registration import (
        HouseholdEntry,
        HouseholdRegistered,
        MemberEntry,
        MemberRegistered,
        PersonEntry,
        RegisterHousehold,
        check_entry,
        register_household,
    )
else:
    _HOMES: Final = {
        ".catalogue": ("COMMANDS",),
        ".accounts": (
            "PayoutAccountChanged",
            "PayoutAccountProposed",
            "ProposePayoutAccount",
            "RetirePayoutAccount",
            "VerifyPayoutAccount",
            "propose_payout_account",
            "retire_payout_account",
            "verify_payout_account",
        ),
        ".details": (
            "CorrectParticipant",
            "ParticipantCorrected",
            "correct_participant",
        ),
        ".duplicates": (
            "DecideDuplicate",
            "DuplicateDecided",
            "DuplicateFound",
            "decide_duplicate",
        ),
        ".many": (
            "HouseholdsRegistered",
            "RegisterHouseholds",
            "register_households",
        ),
        ".households": (
            "AddMember",
            "ChangeHousehold",
            "EndMembership",
            "HouseholdChanged",
            "MemberAdded",
            "MembershipEnded",
            "add_member",
            "change_household",
            "end_membership",
        ),
        ".identity": (
            "CorrectIdentity",
            "DocumentRecorded",
            "IdentityCorrected",
            "RecordDocument",
            "correct_identity",
            "record_document",
        ),
        ".leading": ("require_leading", "require_leading_household"),
        ".likeness": (
            "DecideLikelyDuplicate",
            "LikelyDuplicateDecided",
            "LikelyDuplicatesProposed",
            "ProposeLikelyDuplicates",
            "TwoPeople",
            "decide_likely_duplicate",
            "propose_likely_duplicates",
        ),
        ".participation": (
            "ChangeParticipation",
            "ConsentRecorded",
            "ParticipationChanged",
            "RecordConsent",
            "WithdrawConsent",
            "change_participation",
            "record_consent",
            "withdraw_consent",
        ),
        ".protection": (
            "ParticipantErased",
            "ParticipantRestricted",
            "RestrictParticipant",
            "load_erasable",
            "restrict_participant",
            "write_erasure",
        ),
        ".registration": (
            "HouseholdRegistered",
            "MemberEntry",
            "MemberRegistered",
            "PersonEntry",
            "HouseholdEntry",
            "RegisterHousehold",
            "check_entry",
            "register_household",
        ),
    }
    __getattr__ = loader(__name__, _HOMES)

__all__ = [
    "COMMANDS",
    "AddMember",
    "ChangeHousehold",
    "ChangeParticipation",
    "ConsentRecorded",
    "CorrectIdentity",
    "CorrectParticipant",
    "DecideDuplicate",
    "DecideLikelyDuplicate",
    "DocumentRecorded",
    "DuplicateDecided",
    "DuplicateFound",
    "EndMembership",
    "HouseholdChanged",
    "HouseholdEntry",
    "HouseholdRegistered",
    "HouseholdsRegistered",
    "IdentityCorrected",
    "LikelyDuplicateDecided",
    "LikelyDuplicatesProposed",
    "MemberAdded",
    "MemberEntry",
    "MemberRegistered",
    "MembershipEnded",
    "ParticipantCorrected",
    "ParticipantErased",
    "ParticipantRestricted",
    "ParticipationChanged",
    "PayoutAccountChanged",
    "PayoutAccountProposed",
    "PersonEntry",
    "ProposeLikelyDuplicates",
    "ProposePayoutAccount",
    "RecordConsent",
    "RecordDocument",
    "RegisterHousehold",
    "RegisterHouseholds",
    "RestrictParticipant",
    "RetirePayoutAccount",
    "TwoPeople",
    "VerifyPayoutAccount",
    "WithdrawConsent",
    "add_member",
    "change_household",
    "change_participation",
    "check_entry",
    "correct_identity",
    "correct_participant",
    "decide_duplicate",
    "decide_likely_duplicate",
    "end_membership",
    "load_erasable",
    "propose_likely_duplicates",
    "propose_payout_account",
    "record_consent",
    "record_document",
    "register_household",
    "register_households",
    "require_leading",
    "require_leading_household",
    "restrict_participant",
    "retire_payout_account",
    "verify_payout_account",
    "withdraw_consent",
    "write_erasure",
]
