"""Books, accounts, entries, transfers and closed months."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0002_ledger"
down_revision = "0001_store"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Books, accounts, entries, transfers and closed months."""
    run_frozen(op.get_bind(), revision)
