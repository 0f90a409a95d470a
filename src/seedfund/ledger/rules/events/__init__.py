"""One function an event: plain facts in, postings out, in the order in which they have to be written.

`grants` speaks of awards, agreements, payments and evidence; `refunds` of money that comes back or is given up;
`funds` of donors, budget lines, cash, loans and openings.
"""
