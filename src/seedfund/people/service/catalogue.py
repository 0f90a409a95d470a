"""Every command of people, for whoever lists them."""

from typing import Final

from seedfund.people.service.accounts import (
    propose_payout_account,
    retire_payout_account,
    verify_payout_account,
)
from seedfund.people.service.details import correct_participant
from seedfund.people.service.duplicates import decide_duplicate
from seedfund.people.service.households import add_member, change_household, end_membership
from seedfund.people.service.identity import correct_identity, record_document
from seedfund.people.service.likeness import decide_likely_duplicate, propose_likely_duplicates
from seedfund.people.service.many import register_households
from seedfund.people.service.participation import change_participation, record_consent, withdraw_consent
from seedfund.people.service.protection import restrict_participant
from seedfund.people.service.registration import register_household

COMMANDS: Final = (
    register_household,
    register_households,
    add_member,
    end_membership,
    change_household,
    correct_identity,
    correct_participant,
    record_document,
    propose_payout_account,
    verify_payout_account,
    retire_payout_account,
    record_consent,
    withdraw_consent,
    change_participation,
    decide_duplicate,
    propose_likely_duplicates,
    decide_likely_duplicate,
    restrict_participant,
)
