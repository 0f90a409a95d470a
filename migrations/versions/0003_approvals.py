"""Policies, approvals, delegations and exceptions."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0003_approvals"
down_revision = "0002_ledger"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Policies, approvals, delegations and exceptions."""
    run_frozen(op.get_bind(), revision)
