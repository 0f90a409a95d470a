"""The store: how a unit of work reaches the database, how a command is carried out, how identities are sealed.

Must not know any business rule. `commands.py` holds the one template every verb passes through; `hooks.py` prepares a
host's engine; `statements.py` compiles a statement once and runs it on the session's own cursor; `sealing/` keeps what
can harm a person unreadable without the key ring; `tables.py` holds programmes, actors, commands and the audit chain.
"""
