"""The guards of the house: each is a plain function `find_…(tree)` that lists offences against one rule.

A guard reads source and runs nothing of it. It knows the rule and the few places that may break it, each
with its reason beside it; the tests next door show that it finds nothing here and something in a tree
that was broken on purpose.
"""
