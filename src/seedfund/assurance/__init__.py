"""The auditor's room: does what is stored still say what was written? Reads every area's rows and changes none.

`verify.verify(engine)` recomputes chains, counters, identities, hashes of contents and series of numbers and returns a
`Verification`; `verify.read_heads(engine)` tells where the chains end, to be kept elsewhere; `doctor.examine` looks at
the installation. It trusts no counter, no head and no trigger, because whoever alters a row can alter those too. What
it cannot see by itself: a history rewritten as a whole, with every hash; only a head kept by somebody else shows that.

Must not know the schema as a whole (differences are handed in) and must never write.
"""
