"""The month's round: drafts, opening balances asked for, a policy's whole rules, turns."""

import sqlalchemy as sa
from alembic import op

import db.types

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('report_draft',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('obligation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('holder_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('touched_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['holder_id'], ['contact.id'], name=op.f('fk_report_draft_holder_id')),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_report_draft_obligation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_draft'))
    )
    with op.batch_alter_table('report_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_draft_holder_id'), ['holder_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_report_draft_obligation_id'), ['obligation_id'], unique=True)

    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('turn', sa.String(length=20), nullable=False, server_default=''))
        batch_op.drop_constraint(batch_op.f('uq_notice_subject_kind_subject_id_occasion_contact_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_notice_subject_kind_subject_id_occasion_turn_contact_id'), ['subject_kind', 'subject_id', 'occasion', 'turn', 'contact_id'])

    with op.batch_alter_table('obligation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('climbed', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('policy_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rules', sa.JSON(), nullable=False, server_default='{}'))

    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.add_column(sa.Column('opening_year_to_date', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('opening_since_start', sa.BigInteger(), nullable=True))

    with op.batch_alter_table('reporting_period', schema=None) as batch_op:
        batch_op.add_column(sa.Column('policy_version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_reporting_period_policy_version_id'), 'policy_version', ['policy_version_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('reporting_period', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_reporting_period_policy_version_id'), type_='foreignkey')
        batch_op.drop_column('policy_version_id')

    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_column('opening_since_start')
        batch_op.drop_column('opening_year_to_date')

    with op.batch_alter_table('policy_version', schema=None) as batch_op:
        batch_op.drop_column('rules')

    with op.batch_alter_table('obligation', schema=None) as batch_op:
        batch_op.drop_column('climbed')

    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_notice_subject_kind_subject_id_occasion_turn_contact_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_notice_subject_kind_subject_id_occasion_contact_id'), ['subject_kind', 'subject_id', 'occasion', 'contact_id'])
        batch_op.drop_column('turn')

    with op.batch_alter_table('report_draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_draft_obligation_id'))
        batch_op.drop_index(batch_op.f('ix_report_draft_holder_id'))

    op.drop_table('report_draft')
