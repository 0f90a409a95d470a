"""Alembic's environment of seedfund: the connection is handed in by `seedfund.schema.upgrade`, never made here.

A host's own Alembic runs beside it: our version stands in a table of our own, and no logging is configured.
"""

from alembic import context

from seedfund.store.revision import VERSION_TABLE

connection = context.config.attributes["connection"]
context.configure(connection=connection, version_table=VERSION_TABLE, transactional_ddl=False)
context.run_migrations()
