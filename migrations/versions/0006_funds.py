"""Donors, funds, budget lines, benefit types and eligibility."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0006_funds"
down_revision = "0005_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Donors, funds, budget lines, benefit types and eligibility."""
    run_frozen(op.get_bind(), revision)
