"""Coordination items, what was decided on them, what happened since."""

import sqlalchemy as sa
from alembic import op

import db.types

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('coordination_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('problem_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.Enum('land', 'forest', 'land_acquisition', 'funding', 'approval', 'utilities_access', 'other', name='problemkind', native_enum=False, length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('asked_of_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('level', sa.Enum('region', 'city', 'county', name='level', native_enum=False, length=32), nullable=False),
    sa.Column('state', sa.Enum('raised', 'assigned', 'refused', 'in_hand', 'done', 'closed_out', 'dropped', name='itemstate', native_enum=False, length=32), nullable=False),
    sa.Column('raised_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('raised_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('closed_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_of_id'], ['organisation.id'], name=op.f('fk_coordination_item_asked_of_id')),
    sa.ForeignKeyConstraint(['problem_id'], ['problem.id'], name=op.f('fk_coordination_item_problem_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_coordination_item_project_id')),
    sa.ForeignKeyConstraint(['raised_by_id'], ['contact.id'], name=op.f('fk_coordination_item_raised_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coordination_item'))
    )
    with op.batch_alter_table('coordination_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_coordination_item_problem_id'), ['problem_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_coordination_item_project_id'), ['project_id'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('article', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('draft', 'in_force', 'replaced', 'dropped', name='decisionstate', native_enum=False, length=32), nullable=False),
    sa.Column('recorded_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('recorded_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('approved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approved_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('climbed', sa.Integer(), nullable=False),
    sa.Column('alarmed', sa.Boolean(), nullable=False),
    sa.Column('next_act_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['approved_by_id'], ['contact.id'], name=op.f('fk_decision_approved_by_id')),
    sa.ForeignKeyConstraint(['item_id'], ['coordination_item.id'], name=op.f('fk_decision_item_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_decision_meeting_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_decision_organisation_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['contact.id'], name=op.f('fk_decision_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index('ix_decision_next_act_at', ['next_act_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('decision_support',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_decision_support_decision_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_decision_support_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_support')),
    sa.UniqueConstraint('decision_id', 'organisation_id', name=op.f('uq_decision_support_decision_id_organisation_id'))
    )
    with op.batch_alter_table('decision_support', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_support_decision_id'), ['decision_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_support_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('item_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('act', sa.Enum('raised', 'decided', 'signed', 'refused', 'progress', 'extension_asked', 'extended', 'extension_refused', 'done', 'closed_out', 'sent_back', 'deadline_missed', 'moved_up', 'dropped', name='itemact', native_enum=False, length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('due_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['contact.id'], name=op.f('fk_item_entry_by_id')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_item_entry_decision_id')),
    sa.ForeignKeyConstraint(['item_id'], ['coordination_item.id'], name=op.f('fk_item_entry_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_entry'))
    )
    with op.batch_alter_table('item_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_entry_item_id'), ['item_id'], unique=False)

    op.create_table('item_release',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('turn', sa.String(length=20), nullable=False),
    sa.Column('verdict', sa.Enum('sent', 'held_back', name='releaseverdict', native_enum=False, length=32), nullable=False),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decided_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['contact.id'], name=op.f('fk_item_release_decided_by_id')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_item_release_decision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_release')),
    sa.UniqueConstraint('decision_id', 'turn', name=op.f('uq_item_release_decision_id_turn'))
    )
    with op.batch_alter_table('item_release', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_release_decision_id'), ['decision_id'], unique=False)

    op.create_table('item_evidence',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('entry_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('photo', 'document', name='evidencekind', native_enum=False, length=32), nullable=False),
    sa.Column('file_id', sa.String(length=200), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['item_entry.id'], name=op.f('fk_item_evidence_entry_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_evidence'))
    )
    with op.batch_alter_table('item_evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_evidence_entry_id'), ['entry_id'], unique=False)

    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_agenda_item_item_id'), 'coordination_item', ['item_id'], ['id'])

    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.add_column(sa.Column('minutes_approved_at', db.types.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('minutes_approved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_meeting_minutes_approved_by_id'), 'contact', ['minutes_approved_by_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_meeting_minutes_approved_by_id'), type_='foreignkey')
        batch_op.drop_column('minutes_approved_by_id')
        batch_op.drop_column('minutes_approved_at')

    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_agenda_item_item_id'), type_='foreignkey')
        batch_op.drop_column('item_id')

    with op.batch_alter_table('item_evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_evidence_entry_id'))

    op.drop_table('item_evidence')
    with op.batch_alter_table('item_release', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_release_decision_id'))

    op.drop_table('item_release')
    with op.batch_alter_table('item_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_entry_item_id'))

    op.drop_table('item_entry')
    with op.batch_alter_table('decision_support', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_support_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_decision_support_decision_id'))

    op.drop_table('decision_support')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_organisation_id'))
        batch_op.drop_index('ix_decision_next_act_at')
        batch_op.drop_index(batch_op.f('ix_decision_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_decision_item_id'))

    op.drop_table('decision')
    with op.batch_alter_table('coordination_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_coordination_item_project_id'))
        batch_op.drop_index(batch_op.f('ix_coordination_item_problem_id'))

    op.drop_table('coordination_item')
