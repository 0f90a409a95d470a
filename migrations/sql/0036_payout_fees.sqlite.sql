CREATE TABLE sf_payout_decision_before AS SELECT * FROM sf_payout_decision;

DROP TABLE sf_payout_decision;

CREATE TABLE sf_payout_decision (
	exception_id CHAR(32) NOT NULL,
	outcome VARCHAR(9) NOT NULL CONSTRAINT ck_sf_payout_decision_outcome_known CHECK (outcome IN ('resolved', 'dismissed')),
	command_key VARCHAR(200),
	reason VARCHAR(300) NOT NULL,
	disbursement_id CHAR(32),
	told VARCHAR(15) CONSTRAINT ck_sf_payout_decision_told_known CHECK (told IN ('delivered', 'partial', 'failed', 'not_distributed', 'reversed', 'pending')),
	fee_minor BIGINT,
	released_by CHAR(32),
	decided_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	decided_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_payout_decision PRIMARY KEY (exception_id),
	CONSTRAINT ck_sf_payout_decision_resolved_by_command CHECK ((outcome = 'resolved') = (command_key IS NOT NULL)),
	CONSTRAINT ck_sf_payout_decision_payer_does_not_dismiss CHECK (outcome <> 'dismissed' OR released_by IS NULL OR decided_by <> released_by),
	CONSTRAINT ck_sf_payout_decision_fee_has_payment CHECK (fee_minor IS NULL OR disbursement_id IS NOT NULL),
	CONSTRAINT ck_sf_payout_decision_fee_minor_whole CHECK (typeof(fee_minor) = 'integer' OR fee_minor IS NULL),
	CONSTRAINT ck_sf_payout_decision_fee_minor_least CHECK (fee_minor >= 0),
	CONSTRAINT fk_sf_payout_decision_exception_id FOREIGN KEY(exception_id) REFERENCES sf_payout_exception (id),
	CONSTRAINT fk_sf_payout_decision_disbursement_id FOREIGN KEY(disbursement_id) REFERENCES sf_disbursement (id),
	CONSTRAINT fk_sf_payout_decision_released_by FOREIGN KEY(released_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_payout_decision_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_payout_decision_disbursement_id ON sf_payout_decision (disbursement_id);

INSERT INTO sf_payout_decision (exception_id, outcome, command_key, reason, released_by, decided_on, recorded_at, decided_by) SELECT exception_id, outcome, command_key, reason, released_by, decided_on, recorded_at, decided_by FROM sf_payout_decision_before;

DROP TABLE sf_payout_decision_before
