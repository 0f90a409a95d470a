"""Layouts of providers' files may be messages of ISO 20022, and a file keeps the day on which its bank is to pay."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0037_payouts"
down_revision = "0036_payout_fees"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let layouts be messages of ISO 20022, and a file keep the day on which its bank is to pay."""
    run_frozen(op.get_bind(), revision)
