"""Coordination meetings: invitations to units, answers, changes, agendas."""

import sqlalchemy as sa
from alembic import op

import db.types

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('meeting',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('coordination', 'land_supply', 'financing', 'ceremony', name='meetingkind', native_enum=False, length=32), nullable=False),
    sa.Column('level', sa.Enum('region', 'city', 'county', name='level', native_enum=False, length=32), nullable=False),
    sa.Column('region_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.Enum('draft', 'published', 'cancelled', 'dropped', name='meetingstate', native_enum=False, length=32), nullable=False),
    sa.Column('planned_for', sa.Date(), nullable=True),
    sa.Column('starts_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('called_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('called_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('notice_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('published_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('cancelled_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('next_act_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['called_by_id'], ['contact.id'], name=op.f('fk_meeting_called_by_id')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_meeting_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_next_act_at', ['next_act_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_starts_at'), ['starts_at'], unique=False)

    op.create_table('meeting_change',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('starts_before', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('place_before', sa.String(length=200), nullable=False),
    sa.Column('changed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('changed_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['changed_by_id'], ['contact.id'], name=op.f('fk_meeting_change_changed_by_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_change_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_change')),
    sa.UniqueConstraint('meeting_id', 'sequence', name=op.f('uq_meeting_change_meeting_id_sequence'))
    )
    with op.batch_alter_table('meeting_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_change_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('meeting_unit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('replier_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_unit_meeting_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_meeting_unit_organisation_id')),
    sa.ForeignKeyConstraint(['replier_id'], ['contact.id'], name=op.f('fk_meeting_unit_replier_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_unit')),
    sa.UniqueConstraint('meeting_id', 'organisation_id', name=op.f('uq_meeting_unit_meeting_id_organisation_id'))
    )
    with op.batch_alter_table('meeting_unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_unit_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_unit_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('meeting_reply',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('attendance', sa.Enum('leader', 'deputy_leader', 'delegate', 'leave', name='attendance', native_enum=False, length=32), nullable=False),
    sa.Column('delegate', sa.String(length=100), nullable=False),
    sa.Column('delegate_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('replied_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('replied_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('leave_verdict', sa.Enum('asked', 'granted', 'refused', name='leaveverdict', native_enum=False, length=32), nullable=True),
    sa.Column('leave_decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('leave_decided_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['delegate_id'], ['contact.id'], name=op.f('fk_meeting_reply_delegate_id')),
    sa.ForeignKeyConstraint(['leave_decided_by_id'], ['contact.id'], name=op.f('fk_meeting_reply_leave_decided_by_id')),
    sa.ForeignKeyConstraint(['meeting_unit_id'], ['meeting_unit.id'], name=op.f('fk_meeting_reply_meeting_unit_id')),
    sa.ForeignKeyConstraint(['replied_by_id'], ['contact.id'], name=op.f('fk_meeting_reply_replied_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_reply'))
    )
    with op.batch_alter_table('meeting_reply', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_reply_meeting_unit_id'), ['meeting_unit_id'], unique=False)

    op.create_table('agenda_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('topic', sa.Enum('problem', 'overdue_start', 'behind', name='topic', native_enum=False, length=32), nullable=False),
    sa.Column('problem_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('left_out', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_agenda_item_meeting_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_agenda_item_organisation_id')),
    sa.ForeignKeyConstraint(['problem_id'], ['problem.id'], name=op.f('fk_agenda_item_problem_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_agenda_item_project_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_item'))
    )
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agenda_item_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agenda_item_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agenda_item_project_id'), ['project_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agenda_item_project_id'))
        batch_op.drop_index(batch_op.f('ix_agenda_item_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_agenda_item_meeting_id'))

    op.drop_table('agenda_item')
    with op.batch_alter_table('meeting_reply', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_reply_meeting_unit_id'))

    op.drop_table('meeting_reply')
    with op.batch_alter_table('meeting_unit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_unit_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_unit_meeting_id'))

    op.drop_table('meeting_unit')
    with op.batch_alter_table('meeting_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_change_meeting_id'))

    op.drop_table('meeting_change')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_starts_at'))
        batch_op.drop_index('ix_meeting_next_act_at')

    op.drop_table('meeting')
