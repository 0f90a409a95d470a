"""Motions that votes are cast on, and decisions whose money was awarded."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0013_plans"
down_revision = "0012_history"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Motions that votes are cast on, and decisions whose money was awarded."""
    run_frozen(op.get_bind(), revision)
