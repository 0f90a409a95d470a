"""Calls, business plans, scores and committee sessions."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0007_plans"
down_revision = "0006_funds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Calls, business plans, scores and committee sessions."""
    run_frozen(op.get_bind(), revision)
