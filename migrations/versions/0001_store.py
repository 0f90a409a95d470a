"""Programmes, actors, commands and the audit chain."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0001_store"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Programmes, actors, commands and the audit chain."""
    run_frozen(op.get_bind(), revision)
