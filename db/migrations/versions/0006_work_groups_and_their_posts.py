"""Work groups: what they are bound to, what is posted there, when the bot spoke up."""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work_group",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "level",
            sa.Enum("region", "city", "county", name="level", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("region_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "bound_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("bound_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("unbound_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["bound_by_id"], ["contact.id"], name=op.f("fk_work_group_bound_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["telegram_group.id"], name=op.f("fk_work_group_group_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_work_group_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_group")),
    )
    with op.batch_alter_table("work_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_group_group_id"), ["group_id"], unique=False)
        batch_op.create_index(
            "uq_work_group_bound",
            ["group_id"],
            unique=True,
            sqlite_where=sa.text("unbound_at IS NULL"),
            postgresql_where=sa.text("unbound_at IS NULL"),
        )

    op.create_table(
        "group_post",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "work_group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("occasion", sa.String(length=60), nullable=False),
        sa.Column("turn", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "due",
                "held",
                "told",
                "withdrawn",
                "expired",
                "failed",
                name="noticestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("settled_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_group_post_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["work_group_id"], ["work_group.id"], name=op.f("fk_group_post_work_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_post")),
        sa.UniqueConstraint(
            "work_group_id",
            "subject_kind",
            "subject_id",
            "occasion",
            "turn",
            name="uq_group_post_once",
        ),
    )
    with op.batch_alter_table("group_post", schema=None) as batch_op:
        batch_op.create_index("ix_group_post_due", ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_post_message_id"), ["message_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_group_post_work_group_id"), ["work_group_id"], unique=False
        )

    with op.batch_alter_table("telegram_group", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("greeted_at", db.types.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("pointed_at", db.types.UtcDateTime(timezone=True), nullable=True)
        )


def downgrade() -> None:
    with op.batch_alter_table("telegram_group", schema=None) as batch_op:
        batch_op.drop_column("pointed_at")
        batch_op.drop_column("greeted_at")

    with op.batch_alter_table("group_post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_post_work_group_id"))
        batch_op.drop_index(batch_op.f("ix_group_post_message_id"))
        batch_op.drop_index("ix_group_post_due")

    op.drop_table("group_post")
    with op.batch_alter_table("work_group", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_work_group_bound",
            sqlite_where=sa.text("unbound_at IS NULL"),
            postgresql_where=sa.text("unbound_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_work_group_group_id"))

    op.drop_table("work_group")
