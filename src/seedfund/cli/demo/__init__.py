"""The demo: a whole programme played from its files, through the public commands and nothing else.

`stage` who acts when · `setup` files that come in first · `course` what happens on which day · `grants` the steps of
many grants together · `payments` from which account and by whose hands · `happenings` the events of single ones ·
`papers` what is issued for them · `results` books and the summary.
"""
