"""A statement that tells what others tell is set aside, with a reason."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0038_statements_aside"
down_revision = "0037_payouts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A statement that tells what others tell is set aside, with a reason."""
    run_frozen(op.get_bind(), revision)
