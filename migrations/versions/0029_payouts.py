"""Files for providers, their results, and the queue of rows that wait."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0029_payouts"
down_revision = "0028_banking"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Files for providers, their results, and the queue of rows that wait."""
    run_frozen(op.get_bind(), revision)
