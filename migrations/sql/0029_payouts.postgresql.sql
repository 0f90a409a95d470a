CREATE TABLE sf_payout_layout (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	code VARCHAR(40) NOT NULL,
	version BIGINT NOT NULL,
	direction VARCHAR(3) NOT NULL CONSTRAINT ck_sf_payout_layout_direction_known CHECK (direction IN ('out', 'in')),
	form VARCHAR(5) NOT NULL CONSTRAINT ck_sf_payout_layout_form_known CHECK (form IN ('csv', 'xlsx', 'fixed')),
	terms TEXT NOT NULL,
	terms_hash VARCHAR(64) NOT NULL,
	proposal_id UUID NOT NULL,
	proposed_by UUID NOT NULL,
	approved_by UUID NOT NULL,
	approved_on DATE NOT NULL,
	CONSTRAINT pk_sf_payout_layout PRIMARY KEY (id),
	CONSTRAINT uq_sf_payout_layout_programme_id_code_version UNIQUE (programme_id, code, version),
	CONSTRAINT ck_sf_payout_layout_maker_is_not_checker CHECK (approved_by <> proposed_by),
	CONSTRAINT ck_sf_payout_layout_version_least CHECK (version >= 1),
	CONSTRAINT fk_sf_payout_layout_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_payout_layout_proposal_id FOREIGN KEY(proposal_id) REFERENCES sf_proposal (id),
	CONSTRAINT fk_sf_payout_layout_proposed_by FOREIGN KEY(proposed_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_payout_layout_approved_by FOREIGN KEY(approved_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_payout_file (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	list_id UUID NOT NULL,
	layout_id UUID NOT NULL,
	count BIGINT NOT NULL,
	total_minor BIGINT NOT NULL,
	currency VARCHAR(3) NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	size BIGINT NOT NULL,
	is_protected BOOLEAN NOT NULL,
	exported_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_payout_file PRIMARY KEY (id),
	CONSTRAINT uq_sf_payout_file_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_payout_file_count_least CHECK (count >= 1),
	CONSTRAINT ck_sf_payout_file_total_minor_least CHECK (total_minor >= 1),
	CONSTRAINT ck_sf_payout_file_size_least CHECK (size >= 1),
	CONSTRAINT fk_sf_payout_file_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_payout_file_list_id FOREIGN KEY(list_id) REFERENCES sf_payment_list (id),
	CONSTRAINT fk_sf_payout_file_layout_id FOREIGN KEY(layout_id) REFERENCES sf_payout_layout (id),
	CONSTRAINT fk_sf_payout_file_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_payout_file_list_id ON sf_payout_file (list_id);

CREATE TABLE sf_payout_intake (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	layout_id UUID NOT NULL,
	list_id UUID,
	sha256 VARCHAR(64) NOT NULL,
	read_rows BIGINT NOT NULL,
	accepted BIGINT NOT NULL,
	refused BIGINT NOT NULL,
	unchanged BIGINT NOT NULL,
	taken_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_payout_intake PRIMARY KEY (id),
	CONSTRAINT uq_sf_payout_intake_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_payout_intake_every_row_counted CHECK (read_rows = accepted + refused + unchanged),
	CONSTRAINT ck_sf_payout_intake_read_rows_least CHECK (read_rows >= 0),
	CONSTRAINT ck_sf_payout_intake_accepted_least CHECK (accepted >= 0),
	CONSTRAINT ck_sf_payout_intake_refused_least CHECK (refused >= 0),
	CONSTRAINT ck_sf_payout_intake_unchanged_least CHECK (unchanged >= 0),
	CONSTRAINT fk_sf_payout_intake_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_payout_intake_layout_id FOREIGN KEY(layout_id) REFERENCES sf_payout_layout (id),
	CONSTRAINT fk_sf_payout_intake_list_id FOREIGN KEY(list_id) REFERENCES sf_payment_list (id),
	CONSTRAINT fk_sf_payout_intake_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_payout_exception (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	intake_id UUID NOT NULL,
	row_number BIGINT NOT NULL,
	fingerprint VARCHAR(64) NOT NULL,
	occurrence BIGINT NOT NULL,
	misfit VARCHAR(21) NOT NULL CONSTRAINT ck_sf_payout_exception_misfit_known CHECK (misfit IN ('cell_unreadable', 'status_unknown', 'payment_unknown', 'payment_of_other_list', 'other_currency', 'not_released', 'day_to_come', 'row_repeated', 'rows_contradict', 'result_after_final', 'amount_missing', 'amount_disagrees', 'fee_disagrees', 'nothing_to_reverse', 'reversal_exceeds')),
	facts TEXT NOT NULL,
	disbursement_id UUID,
	subject_id UUID NOT NULL,
	cells BYTEA NOT NULL,
	state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_payout_exception_state_known CHECK (state IN ('open', 'resolved', 'dismissed')),
	raised_on DATE NOT NULL,
	raised_by UUID NOT NULL,
	CONSTRAINT pk_sf_payout_exception PRIMARY KEY (id),
	CONSTRAINT uq_sf_payout_exception_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT uq_sf_payout_exception_programme_id_fingerprint_occurrence UNIQUE (programme_id, fingerprint, occurrence),
	CONSTRAINT ck_sf_payout_exception_row_number_least CHECK (row_number >= 1),
	CONSTRAINT ck_sf_payout_exception_occurrence_least CHECK (occurrence >= 1),
	CONSTRAINT ck_sf_payout_exception_cells_sealed CHECK (get_byte(cells, 0) = 1),
	CONSTRAINT fk_sf_payout_exception_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_payout_exception_intake_id FOREIGN KEY(intake_id) REFERENCES sf_payout_intake (id),
	CONSTRAINT fk_sf_payout_exception_disbursement_id FOREIGN KEY(disbursement_id) REFERENCES sf_disbursement (id),
	CONSTRAINT fk_sf_payout_exception_raised_by FOREIGN KEY(raised_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_payout_exception_disbursement_id ON sf_payout_exception (disbursement_id);

CREATE INDEX ix_sf_payout_exception_intake_id ON sf_payout_exception (intake_id);

CREATE TABLE sf_payout_row (
	intake_id UUID NOT NULL,
	row_number BIGINT NOT NULL,
	programme_id UUID NOT NULL,
	fingerprint VARCHAR(64) NOT NULL,
	occurrence BIGINT NOT NULL,
	disbursement_id UUID,
	fate VARCHAR(8) NOT NULL CONSTRAINT ck_sf_payout_row_fate_known CHECK (fate IN ('posted', 'pending', 'recorded', 'queued')),
	outcome VARCHAR(8) CONSTRAINT ck_sf_payout_row_outcome_known CHECK (outcome IN ('full', 'part', 'failed', 'expired', 'redeemed', 'bounced')),
	amount_minor BIGINT,
	fee_minor BIGINT NOT NULL,
	is_irregular BOOLEAN NOT NULL,
	CONSTRAINT pk_sf_payout_row PRIMARY KEY (intake_id, row_number),
	CONSTRAINT ck_sf_payout_row_posted_has_payment CHECK (fate <> 'posted' OR disbursement_id IS NOT NULL),
	CONSTRAINT ck_sf_payout_row_row_number_least CHECK (row_number >= 1),
	CONSTRAINT ck_sf_payout_row_occurrence_least CHECK (occurrence >= 1),
	CONSTRAINT ck_sf_payout_row_amount_minor_least CHECK (amount_minor >= 0),
	CONSTRAINT ck_sf_payout_row_fee_minor_least CHECK (fee_minor >= 0),
	CONSTRAINT fk_sf_payout_row_intake_id FOREIGN KEY(intake_id) REFERENCES sf_payout_intake (id),
	CONSTRAINT fk_sf_payout_row_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_payout_row_disbursement_id FOREIGN KEY(disbursement_id) REFERENCES sf_disbursement (id)
);

CREATE INDEX ix_sf_payout_row_disbursement_id ON sf_payout_row (disbursement_id);

CREATE INDEX ix_sf_payout_row_fingerprint ON sf_payout_row (programme_id, fingerprint);

CREATE TABLE sf_payout_decision (
	exception_id UUID NOT NULL,
	outcome VARCHAR(9) NOT NULL CONSTRAINT ck_sf_payout_decision_outcome_known CHECK (outcome IN ('resolved', 'dismissed')),
	command_key VARCHAR(200),
	reason VARCHAR(300) NOT NULL,
	released_by UUID,
	decided_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	decided_by UUID NOT NULL,
	CONSTRAINT pk_sf_payout_decision PRIMARY KEY (exception_id),
	CONSTRAINT ck_sf_payout_decision_resolved_by_command CHECK ((outcome = 'resolved') = (command_key IS NOT NULL)),
	CONSTRAINT ck_sf_payout_decision_payer_does_not_dismiss CHECK (outcome <> 'dismissed' OR released_by IS NULL OR decided_by <> released_by),
	CONSTRAINT fk_sf_payout_decision_exception_id FOREIGN KEY(exception_id) REFERENCES sf_payout_exception (id),
	CONSTRAINT fk_sf_payout_decision_released_by FOREIGN KEY(released_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_payout_decision_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
)
