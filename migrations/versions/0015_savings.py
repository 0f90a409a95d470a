"""Savings links, observations, plans and groups."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0015_savings"
down_revision = "0014_receipt_marks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Savings links, observations, plans and groups."""
    run_frozen(op.get_bind(), revision)
