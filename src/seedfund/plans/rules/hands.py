"""Refusals of the commands around plans: who may do what, in which order. Must not know how a plan is judged."""

from typing import Final

from seedfund.kernel.errors import RefusalCode

CALL_VERSION_TAKEN = RefusalCode(
    "call_version_taken",
    "The call {code} has a version {version} already; it stays as it is.",
    "Propose the rules as another version.",
)
CALL_WITHOUT_SHEET = RefusalCode(
    "call_without_sheet",
    "The call {code} has no scoring sheet, and it or the policy in force asks for scores.",
    "Add the sheet, or have both let the committee decide without scores.",
)
CALL_BY_ONE_PERSON = RefusalCode(
    "call_by_one_person",
    "Whoever proposed the rules of the call {code} cannot approve them.",
    "Ask another person with the authority to approve them.",
)
PLAN_KEEPS_CALL = RefusalCode(
    "plan_keeps_call",
    "The plan {plan} answers the call {call}; a further version cannot go to {asked}.",
    "Submit the version under {call}, or withdraw the plan and submit another one under {asked}.",
)
PLAN_KEEPS_OWNER = RefusalCode(
    "plan_keeps_owner",
    "The plan {plan} belongs to {owner}; a further version cannot be of {asked}.",
    "Name {owner}, or withdraw the plan and submit another one for {asked}.",
)
PLAN_OWNER_NOT_MEMBER = RefusalCode(
    "plan_owner_not_member",
    "{participant} is no member of the household {household} today.",
    "Name a member of that household, or record the membership first.",
)
PLAN_VERIFIED_BY_AUTHOR = RefusalCode(
    "plan_verified_by_author",
    "Whoever wrote the plan {plan} cannot verify it in the field.",
    "Let a colleague make the verification visit.",
)
PLAN_NOT_VERIFIED = RefusalCode(
    "plan_not_verified",
    "The plan {plan} has not been verified in the field.",
    "Record the verification visit first.",
)
SESSION_NOT_OPEN = RefusalCode(
    "session_not_open",
    "The committee session {session} is {state}.",
    "Convene or open a session, or look its minutes up.",
)
PLAN_OF_OTHER_CALL = RefusalCode(
    "plan_of_other_call",
    "The plan {plan} answers the call {call}; the session {session} decides on {other}.",
    "Take it to a session of its own call.",
)
SESSION_BEFORE_PLAN = RefusalCode(
    "session_before_plan",
    "The session {session} was held on {held}; the plan {plan} was handed in, visited and scored until {ready}.",
    "Take it to a session held on {ready} or later.",
)
SESSION_ITEM_DECIDED = RefusalCode(
    "session_item_decided",
    "The plan {plan} was decided in the session {session} already.",
    "Put it on the agenda of another session.",
)
DECISION_WITHOUT_LINE = RefusalCode(
    "decision_without_line",
    "The outcome {outcome} for the plan {plan} gives money and names no budget line.",
    "Name the fund and the budget line that pay it.",
)
LINE_CURRENCY = RefusalCode(
    "line_currency",
    "The plan {plan} is in {asked} and the budget line {line} in {found}.",
    "Choose a line in the plan's currency.",
)
MEMBER_CANNOT_RECUSE_OTHERS = RefusalCode(
    "member_cannot_recuse_others",
    "An interest is declared by the member who has it, or by the secretary.",
    "Ask {member} to declare it.",
)
REFUSALS: Final = (
    *(CALL_VERSION_TAKEN, CALL_WITHOUT_SHEET, CALL_BY_ONE_PERSON, PLAN_KEEPS_CALL, PLAN_KEEPS_OWNER),
    *(PLAN_OWNER_NOT_MEMBER, PLAN_VERIFIED_BY_AUTHOR, PLAN_NOT_VERIFIED),
    *(
        SESSION_NOT_OPEN,
        PLAN_OF_OTHER_CALL,
        SESSION_BEFORE_PLAN,
        SESSION_ITEM_DECIDED,
        DECISION_WITHOUT_LINE,
        LINE_CURRENCY,
        MEMBER_CANNOT_RECUSE_OTHERS,
    ),
)
