"""A row that waits is the same only in the same file: the queue keeps which file it came in."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0035_payouts"
down_revision = "0034_guards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A row that waits is the same only in the same file: the queue keeps which file it came in."""
    run_frozen(op.get_bind(), revision)
