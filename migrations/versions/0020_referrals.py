"""Services and referrals, work, and activities of a community."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0020_referrals"
down_revision = "0018_schooling"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Services and referrals, work, and activities of a community."""
    run_frozen(op.get_bind(), revision)
