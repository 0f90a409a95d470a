"""Grants from award to close-out."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0008_grants"
down_revision = "0007_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Grants from award to close-out."""
    run_frozen(op.get_bind(), revision)
