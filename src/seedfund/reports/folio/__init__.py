"""Reports of several parts, each a table of its own and, where people would rather look, bars drawn from its cells.

`value` what a folio is · `drawing` on paper · `web` as HTML · `writing` as JSON and text · `programme` what a programme
did · `household` one household on a page · `home` what an actor may see of it · `chapters` the parts of its page.
"""
