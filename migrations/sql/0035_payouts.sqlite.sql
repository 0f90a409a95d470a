CREATE TABLE sf_payout_exception_before AS SELECT * FROM sf_payout_exception;

DROP TABLE sf_payout_exception;

CREATE TABLE sf_payout_exception (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	intake_id CHAR(32) NOT NULL,
	row_number BIGINT NOT NULL,
	fingerprint VARCHAR(64) NOT NULL,
	occurrence BIGINT NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	misfit VARCHAR(21) NOT NULL CONSTRAINT ck_sf_payout_exception_misfit_known CHECK (misfit IN ('cell_unreadable', 'status_unknown', 'payment_unknown', 'payment_of_other_list', 'other_currency', 'not_released', 'day_to_come', 'row_repeated', 'rows_contradict', 'result_after_final', 'amount_missing', 'amount_disagrees', 'fee_disagrees', 'nothing_to_reverse', 'reversal_exceeds', 'own_payment')),
	facts TEXT NOT NULL,
	disbursement_id CHAR(32),
	subject_id CHAR(32) NOT NULL,
	cells BLOB NOT NULL,
	state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_payout_exception_state_known CHECK (state IN ('open', 'resolved', 'dismissed')),
	raised_on DATE NOT NULL,
	raised_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_payout_exception PRIMARY KEY (id),
	CONSTRAINT uq_sf_payout_exception_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT uq_sf_payout_exception_row_of_file UNIQUE (programme_id, fingerprint, occurrence, sha256),
	CONSTRAINT ck_sf_payout_exception_row_number_whole CHECK (typeof(row_number) = 'integer'),
	CONSTRAINT ck_sf_payout_exception_row_number_least CHECK (row_number >= 1),
	CONSTRAINT ck_sf_payout_exception_occurrence_whole CHECK (typeof(occurrence) = 'integer'),
	CONSTRAINT ck_sf_payout_exception_occurrence_least CHECK (occurrence >= 1),
	CONSTRAINT ck_sf_payout_exception_cells_sealed CHECK ((typeof(cells) = 'blob' AND hex(substr(cells, 1, 1)) = '01')),
	CONSTRAINT fk_sf_payout_exception_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_payout_exception_intake_id FOREIGN KEY(intake_id) REFERENCES sf_payout_intake (id),
	CONSTRAINT fk_sf_payout_exception_disbursement_id FOREIGN KEY(disbursement_id) REFERENCES sf_disbursement (id),
	CONSTRAINT fk_sf_payout_exception_raised_by FOREIGN KEY(raised_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_payout_exception_disbursement_id ON sf_payout_exception (disbursement_id);

CREATE INDEX ix_sf_payout_exception_intake_id ON sf_payout_exception (intake_id);

INSERT INTO sf_payout_exception (id, programme_id, number, intake_id, row_number, fingerprint, occurrence, sha256, misfit, facts, disbursement_id, subject_id, cells, state, raised_on, raised_by) SELECT b.id, b.programme_id, b.number, b.intake_id, b.row_number, b.fingerprint, b.occurrence, i.sha256, b.misfit, b.facts, b.disbursement_id, b.subject_id, b.cells, b.state, b.raised_on, b.raised_by FROM sf_payout_exception_before b JOIN sf_payout_intake i ON i.id = b.intake_id;

DROP TABLE sf_payout_exception_before
