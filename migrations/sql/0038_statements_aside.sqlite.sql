CREATE TABLE sf_bank_statement_before AS SELECT * FROM sf_bank_statement;

DROP TABLE sf_bank_statement;

CREATE TABLE sf_bank_statement (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	bank_account_id CHAR(32) NOT NULL,
	bank_ref VARCHAR(80) NOT NULL,
	sequence VARCHAR(40) NOT NULL,
	version BIGINT NOT NULL,
	corrects_id CHAR(32),
	currency VARCHAR(3) NOT NULL,
	from_day DATE,
	until_day DATE,
	opening_minor BIGINT,
	closing_minor BIGINT,
	line_count BIGINT NOT NULL,
	flags TEXT NOT NULL,
	number_digest VARCHAR(64),
	content_digest VARCHAR(64) NOT NULL,
	state VARCHAR(13) NOT NULL CONSTRAINT ck_sf_bank_statement_state_known CHECK (state IN ('recorded', 'foots', 'does_not_foot', 'reconciled', 'replaced', 'set_aside')),
	recorded_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_bank_statement PRIMARY KEY (id),
	CONSTRAINT uq_sf_bank_statement_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT uq_sf_bank_statement_bank_account_id_bank_ref_sequence_version UNIQUE (bank_account_id, bank_ref, sequence, version),
	CONSTRAINT ck_sf_bank_statement_correction_names_one CHECK ((version = 1) = (corrects_id IS NULL)),
	CONSTRAINT ck_sf_bank_statement_footing_has_balances CHECK (state NOT IN ('foots', 'reconciled') OR (opening_minor IS NOT NULL AND closing_minor IS NOT NULL)),
	CONSTRAINT ck_sf_bank_statement_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_bank_statement_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_bank_statement_opening_minor_whole CHECK (typeof(opening_minor) = 'integer' OR opening_minor IS NULL),
	CONSTRAINT ck_sf_bank_statement_closing_minor_whole CHECK (typeof(closing_minor) = 'integer' OR closing_minor IS NULL),
	CONSTRAINT ck_sf_bank_statement_line_count_whole CHECK (typeof(line_count) = 'integer'),
	CONSTRAINT ck_sf_bank_statement_line_count_least CHECK (line_count >= 0),
	CONSTRAINT fk_sf_bank_statement_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_bank_statement_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES sf_bank_account (id),
	CONSTRAINT fk_sf_bank_statement_corrects_id FOREIGN KEY(corrects_id) REFERENCES sf_bank_statement (id),
	CONSTRAINT fk_sf_bank_statement_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

INSERT INTO sf_bank_statement (id, programme_id, number, bank_account_id, bank_ref, sequence, version, corrects_id, currency, from_day, until_day, opening_minor, closing_minor, line_count, flags, number_digest, content_digest, state, recorded_on, recorded_at, recorded_by) SELECT id, programme_id, number, bank_account_id, bank_ref, sequence, version, corrects_id, currency, from_day, until_day, opening_minor, closing_minor, line_count, flags, number_digest, content_digest, state, recorded_on, recorded_at, recorded_by FROM sf_bank_statement_before;

DROP TABLE sf_bank_statement_before;

CREATE TABLE sf_bank_statement_step_before AS SELECT * FROM sf_bank_statement_step;

DROP TABLE sf_bank_statement_step;

CREATE TABLE sf_bank_statement_step (
	statement_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(13) NOT NULL CONSTRAINT ck_sf_bank_statement_step_from_state_known CHECK (from_state IN ('recorded', 'foots', 'does_not_foot', 'reconciled', 'replaced', 'set_aside')),
	to_state VARCHAR(13) NOT NULL CONSTRAINT ck_sf_bank_statement_step_to_state_known CHECK (to_state IN ('recorded', 'foots', 'does_not_foot', 'reconciled', 'replaced', 'set_aside')),
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	reason VARCHAR(300),
	CONSTRAINT pk_sf_bank_statement_step PRIMARY KEY (statement_id, position),
	CONSTRAINT ck_sf_bank_statement_step_aside_gives_its_reason CHECK (to_state <> 'set_aside' OR reason IS NOT NULL),
	CONSTRAINT ck_sf_bank_statement_step_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_bank_statement_step_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_bank_statement_step_statement_id FOREIGN KEY(statement_id) REFERENCES sf_bank_statement (id),
	CONSTRAINT fk_sf_bank_statement_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

INSERT INTO sf_bank_statement_step (statement_id, position, from_state, to_state, recorded_at, recorded_by) SELECT statement_id, position, from_state, to_state, recorded_at, recorded_by FROM sf_bank_statement_step_before;

DROP TABLE sf_bank_statement_step_before
