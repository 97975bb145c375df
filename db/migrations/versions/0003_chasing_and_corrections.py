"""Chasing, progress notes, photos, corrections."""

import sqlalchemy as sa
from alembic import op

import db.types

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('obligation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('climbs_from', db.types.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('review_climbed', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('alarmed', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f('ix_obligation_alarmed'), ['alarmed'], unique=False)

    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('silent', sa.Boolean(), nullable=False, server_default=sa.false()))

    op.create_table('handover',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('named', sa.String(length=100), nullable=False),
    sa.Column('asked_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('asked', 'confirmed', 'refused', name='handoverstate', native_enum=False, length=32), nullable=False),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['contact.id'], name=op.f('fk_handover_decided_by_id')),
    sa.ForeignKeyConstraint(['from_contact_id'], ['contact.id'], name=op.f('fk_handover_from_contact_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_handover_project_id')),
    sa.ForeignKeyConstraint(['to_contact_id'], ['contact.id'], name=op.f('fk_handover_to_contact_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover'))
    )
    with op.batch_alter_table('handover', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handover_from_contact_id'), ['from_contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_handover_project_id'), ['project_id'], unique=False)

    op.create_table('hold',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('scope', sa.Enum('everybody', 'unit', 'project', name='holdscope', native_enum=False, length=32), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('since', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('until', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('held_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lifted_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('lifted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['held_by_id'], ['contact.id'], name=op.f('fk_hold_held_by_id')),
    sa.ForeignKeyConstraint(['lifted_by_id'], ['contact.id'], name=op.f('fk_hold_lifted_by_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_hold_organisation_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_hold_project_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hold'))
    )
    op.create_table('progress_note',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('noted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('noted_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('adopted_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('adopted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('dismissed_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['adopted_by_id'], ['contact.id'], name=op.f('fk_progress_note_adopted_by_id')),
    sa.ForeignKeyConstraint(['noted_by_id'], ['contact.id'], name=op.f('fk_progress_note_noted_by_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_progress_note_project_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_progress_note'))
    )
    with op.batch_alter_table('progress_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_progress_note_project_id'), ['project_id'], unique=False)

    op.create_table('acknowledgement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('obligation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('turn', sa.String(length=20), nullable=False),
    sa.Column('acknowledged_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_acknowledgement_contact_id')),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_acknowledgement_obligation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_acknowledgement')),
    sa.UniqueConstraint('obligation_id', 'contact_id', 'turn', name=op.f('uq_acknowledgement_obligation_id_contact_id_turn'))
    )
    with op.batch_alter_table('acknowledgement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_acknowledgement_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_acknowledgement_obligation_id'), ['obligation_id'], unique=False)

    op.create_table('exemption',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('first_year', sa.Integer(), nullable=False),
    sa.Column('first_month', sa.Integer(), nullable=False),
    sa.Column('last_year', sa.Integer(), nullable=False),
    sa.Column('last_month', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('exempted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('exempted_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('lifted_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('lifted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['exempted_by_id'], ['contact.id'], name=op.f('fk_exemption_exempted_by_id')),
    sa.ForeignKeyConstraint(['lifted_by_id'], ['contact.id'], name=op.f('fk_exemption_lifted_by_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_exemption_project_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exemption'))
    )
    with op.batch_alter_table('exemption', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exemption_project_id'), ['project_id'], unique=False)

    with op.batch_alter_table('report_draft', schema=None) as batch_op:
        batch_op.add_column(sa.Column('source_note', sa.String(length=200), nullable=False, server_default=''))

    op.create_table('extension',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('obligation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_before', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('due_after', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('extended_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('extended_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['extended_by_id'], ['contact.id'], name=op.f('fk_extension_extended_by_id')),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_extension_obligation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extension'))
    )
    with op.batch_alter_table('extension', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_extension_obligation_id'), ['obligation_id'], unique=False)

    op.create_table('promise',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('obligation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('turn', sa.String(length=20), nullable=False),
    sa.Column('promised_for', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('open', 'kept', 'broken', 'dropped', name='promisestate', native_enum=False, length=32), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_promise_contact_id')),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_promise_obligation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promise')),
    sa.UniqueConstraint('obligation_id', 'turn', name=op.f('uq_promise_obligation_id_turn'))
    )
    with op.batch_alter_table('promise', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_promise_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_promise_obligation_id'), ['obligation_id'], unique=False)

    op.create_table('release',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('obligation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('turn', sa.String(length=20), nullable=False),
    sa.Column('verdict', sa.Enum('sent', 'held_back', name='releaseverdict', native_enum=False, length=32), nullable=False),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decided_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['contact.id'], name=op.f('fk_release_decided_by_id')),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_release_obligation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release')),
    sa.UniqueConstraint('obligation_id', 'turn', name=op.f('uq_release_obligation_id_turn'))
    )
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_obligation_id'), ['obligation_id'], unique=False)

    op.create_table('photo',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('obligation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('progress_note_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('problem_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('file_id', sa.String(length=200), nullable=False),
    sa.Column('added_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('added_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['contact.id'], name=op.f('fk_photo_added_by_id')),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_photo_obligation_id')),
    sa.ForeignKeyConstraint(['problem_id'], ['problem.id'], name=op.f('fk_photo_problem_id')),
    sa.ForeignKeyConstraint(['progress_note_id'], ['progress_note.id'], name=op.f('fk_photo_progress_note_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_photo_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photo'))
    )
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_photo_obligation_id'), ['obligation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_photo_problem_id'), ['problem_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_photo_progress_note_id'), ['progress_note_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_photo_report_id'), ['report_id'], unique=False)

    op.create_table('proposed_adjustment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('asked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('liaison_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('office_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('settled_at', db.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('refused_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['contact.id'], name=op.f('fk_proposed_adjustment_asked_by_id')),
    sa.ForeignKeyConstraint(['liaison_id'], ['contact.id'], name=op.f('fk_proposed_adjustment_liaison_id')),
    sa.ForeignKeyConstraint(['office_id'], ['contact.id'], name=op.f('fk_proposed_adjustment_office_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_proposed_adjustment_project_id')),
    sa.ForeignKeyConstraint(['refused_by_id'], ['contact.id'], name=op.f('fk_proposed_adjustment_refused_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposed_adjustment'))
    )
    with op.batch_alter_table('proposed_adjustment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposed_adjustment_project_id'), ['project_id'], unique=False)

    op.create_table('report_table',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('contact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('touched_at', db.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_report_table_contact_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_table'))
    )
    with op.batch_alter_table('report_table', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_table_contact_id'), ['contact_id'], unique=True)

    with op.batch_alter_table('adjustment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('counts_from_year', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('counts_from_month', sa.Integer(), nullable=False, server_default='0'))
        batch_op.create_foreign_key(batch_op.f('fk_adjustment_report_id'), 'report', ['report_id'], ['id'])
    op.execute('UPDATE adjustment SET counts_from_year = year, counts_from_month = month')

    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.add_column(sa.Column('wanted_help', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('adjustment', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('adjustment_reason', sa.String(length=500), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('source_note', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('correction_reason', sa.String(length=500), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_column('correction_reason')
        batch_op.drop_column('source_note')
        batch_op.drop_column('adjustment_reason')
        batch_op.drop_column('adjustment')
        batch_op.drop_column('wanted_help')

    with op.batch_alter_table('adjustment', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_adjustment_report_id'), type_='foreignkey')
        batch_op.drop_column('counts_from_month')
        batch_op.drop_column('counts_from_year')
        batch_op.drop_column('report_id')

    with op.batch_alter_table('report_table', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_table_contact_id'))

    op.drop_table('report_table')
    with op.batch_alter_table('proposed_adjustment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proposed_adjustment_project_id'))

    op.drop_table('proposed_adjustment')
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_photo_report_id'))
        batch_op.drop_index(batch_op.f('ix_photo_progress_note_id'))
        batch_op.drop_index(batch_op.f('ix_photo_problem_id'))
        batch_op.drop_index(batch_op.f('ix_photo_obligation_id'))

    op.drop_table('photo')
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_release_obligation_id'))

    op.drop_table('release')
    with op.batch_alter_table('promise', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_promise_obligation_id'))
        batch_op.drop_index(batch_op.f('ix_promise_contact_id'))

    op.drop_table('promise')
    with op.batch_alter_table('report_draft', schema=None) as batch_op:
        batch_op.drop_column('source_note')

    with op.batch_alter_table('exemption', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exemption_project_id'))

    op.drop_table('exemption')
    with op.batch_alter_table('extension', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_extension_obligation_id'))

    op.drop_table('extension')
    with op.batch_alter_table('acknowledgement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_acknowledgement_obligation_id'))
        batch_op.drop_index(batch_op.f('ix_acknowledgement_contact_id'))

    op.drop_table('acknowledgement')
    with op.batch_alter_table('progress_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_progress_note_project_id'))

    op.drop_table('progress_note')
    op.drop_table('hold')
    with op.batch_alter_table('handover', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_handover_project_id'))
        batch_op.drop_index(batch_op.f('ix_handover_from_contact_id'))

    op.drop_table('handover')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_column('silent')

    with op.batch_alter_table('obligation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_obligation_alarmed'))
        batch_op.drop_column('alarmed')
        batch_op.drop_column('review_climbed')
        batch_op.drop_column('climbs_from')
