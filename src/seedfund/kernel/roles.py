"""Who may do what, in the field's own words, and how surely we know who acts. Must not know the acts."""

from enum import StrEnum


class Role(StrEnum):
    """What a person of the team does in a programme; one person may hold several."""

    ADMINISTRATOR = "administrator"
    FIELD_OFFICER = "field_officer"
    COACH = "coach"
    ECONOMIC_INCLUSION_EXPERT = "economic_inclusion_expert"
    REVIEWER = "reviewer"
    COMMITTEE_MEMBER = "committee_member"
    COMMITTEE_SECRETARY = "committee_secretary"
    PROGRAMME_MANAGER = "programme_manager"
    SIGNATORY = "signatory"
    FINANCE_OFFICER = "finance_officer"
    FINANCE_APPROVER = "finance_approver"
    CASHIER = "cashier"
    RECONCILER = "reconciler"
    DIRECTOR = "director"
    PROTECTION_OFFICER = "protection_officer"
    AUDITOR = "auditor"


class Assurance(StrEnum):
    """How an actor's identity was assured, weakest first; a policy gives the minimum for each act."""

    CLAIMED = "claimed"
    PIN = "pin"
    HOST = "host"
    SIGNED_FILE = "signed_file"
    PAPER = "paper"

    def at_least(self, minimum: "Assurance") -> bool:
        """Whether this is as strong as `minimum`, in the declared order."""
        order = list(Assurance)
        return order.index(self) >= order.index(minimum)
