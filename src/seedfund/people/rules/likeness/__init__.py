"""When two records may be one person. Must not know keys, sealing or rows.

`folding` names as they are compared · `known` what is known of a person · `alike` the points · `wording` two names ·
`scoring` two people, with reasons · `nearness` numbers with one sign wrong ·
`blocking` which pairs are compared at all · `deciding` what a person decides.

What is held here is as sensitive as the names it comes from: it lives in memory while people are compared.
"""
