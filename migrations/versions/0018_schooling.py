"""Children's schooling: where, in which term, proven by what; and a condition of tranches that reads it."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0018_schooling"
down_revision = "0017_visits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Children's schooling: where, in which term, proven by what; and a condition of tranches that reads it."""
    run_frozen(op.get_bind(), revision)
