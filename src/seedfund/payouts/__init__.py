"""Payouts: how a provider's files are written, which list went out in which, and what came back of it.

A provider's word is a fact: what fits a payment is posted through grants, what does not waits in a queue, typed and
sealed, until a person answers it. Must not know files: reading and writing them is interchange's.
"""
