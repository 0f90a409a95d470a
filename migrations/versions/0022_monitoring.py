"""Business monitoring, in versions."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0022_monitoring"
down_revision = "0021_scholarships"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Business monitoring, in versions."""
    run_frozen(op.get_bind(), revision)
