"""Files out, in the forms that others read with tools of their own.

`names` and `journal` the books as plain-text accounting knows them · `plaintext` hledger and beancount · `books` from a
unit of work to either. Nothing here writes to the database, and nothing here names a person.
"""
