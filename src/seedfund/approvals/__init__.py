"""Hands and thresholds: policies under two persons, approval requests with their stages, delegations, exceptions.

What stands here holds for every decision of the areas above: who prepares does not approve, who approved does not pay,
an approval is of one exact content. Must not know what is approved: a subject is a kind, a key, a number and a hash.
"""
