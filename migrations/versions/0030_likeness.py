"""Likely duplicates, decisions about them, and what was merged."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0030_likeness"
down_revision = "0029_payouts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Likely duplicates, decisions about them, and what was merged."""
    run_frozen(op.get_bind(), revision)
