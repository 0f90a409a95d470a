"""The life of a grant, its agreements, payment lists, payments, receipts and refunds, as tables.

Must not know who may take a step, nor what it costs in the ledger.
"""

from typing import Final

from seedfund.kernel.states import StateTable

GRANT_STATES: Final = StateTable(
    "grant",
    "awarded",
    {
        "awarded": ("in_force", "declined"),
        "in_force": ("suspended", "terminated", "closed"),
        "suspended": ("in_force", "terminated"),
        "terminated": ("closed",),
        "declined": (),
        "closed": (),
    },
)
"""In force from the signed agreement on; terminated takes no payment but still accounts for what was paid."""

AGREEMENT_STATES: Final = StateTable(
    "agreement",
    "draft",
    {"draft": ("issued", "void"), "issued": ("signed", "void"), "signed": (), "void": ()},
)
"""A signed agreement never changes: an adenda is an agreement of its own."""

PAYEE_STATES: Final = StateTable(
    "payee",
    "proposed",
    {"proposed": ("approved", "refused"), "approved": ("retired",), "refused": (), "retired": ()},
)

PAYMENT_LIST_STATES: Final = StateTable(
    "payment list",
    "prepared",
    {
        "prepared": ("in_approval", "void"),
        "in_approval": ("approved", "prepared", "void"),
        "approved": ("released", "prepared", "void"),
        "released": ("finished",),
        "finished": (),
        "void": (),
    },
)
"""A list that changes after it was sent falls back to prepared, and its approvals are void."""

DISBURSEMENT_STATES: Final = StateTable(
    "payment",
    "listed",
    {
        "listed": ("released", "void"),
        "released": ("delivered", "part", "part_open", "failed", "expired", "void"),
        "part_open": ("delivered", "part", "bounced"),
        "delivered": ("bounced",),
        "part": ("bounced", "delivered"),
        "failed": ("delivered", "part"),
        "expired": ("delivered", "part"),
        "bounced": ("delivered", "part"),
        "void": (),
    },
)
"""`part` ended below its amount; `part_open` has its rest still on the way (accounting: row 16).

What brought nothing, or a part, comes to be delivered by the decision that the payee was paid after all (row 18).
"""

IN_FLIGHT: Final = ("released", "part_open")
"""Payments whose money is held and not yet settled or voided."""
RETRIED: Final = ("failed", "expired", "bounced")
"""Payments that brought nothing, so that one retry may stand for them."""

JUSTIFICATION_LINE_STATES: Final = StateTable(
    "justification line",
    "pending",
    {
        "pending": ("accepted", "accepted_with_observation", "rejected"),
        "accepted": ("withdrawn",),
        "accepted_with_observation": ("withdrawn",),
        "rejected": (),
        "withdrawn": (),
    },
)
"""`withdrawn` is an acceptance taken back (accounting: row 24)."""

ACCEPTED: Final = ("accepted", "accepted_with_observation")
"""Lines that stand against the grant."""

REFUND_DEMAND_STATES: Final = StateTable(
    "refund demand",
    "open",
    {"open": ("settled", "lifted", "written_off"), "settled": (), "lifted": (), "written_off": ()},
)

STATES: Final = (
    GRANT_STATES,
    AGREEMENT_STATES,
    PAYEE_STATES,
    PAYMENT_LIST_STATES,
    DISBURSEMENT_STATES,
    JUSTIFICATION_LINE_STATES,
    REFUND_DEMAND_STATES,
)
"""Every state table of the area."""
