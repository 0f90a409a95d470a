CREATE TABLE sf_bank_match (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	bank_account_id CHAR(32) NOT NULL,
	kind VARCHAR(17) NOT NULL CONSTRAINT ck_sf_bank_match_kind_known CHECK (kind IN ('single', 'batch', 'instalments', 'part_of_payment', 'more_than_held', 'reversed_in_bank', 'reversed_in_books', 'by_hand')),
	is_by_hand BOOLEAN NOT NULL,
	score BIGINT NOT NULL,
	reasons TEXT NOT NULL,
	hand_reason VARCHAR(300),
	content_digest VARCHAR(64) NOT NULL,
	state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_bank_match_state_known CHECK (state IN ('proposed', 'confirmed', 'rejected', 'overtaken', 'undone')),
	proposed_on DATE NOT NULL,
	proposed_at CHAR(27) NOT NULL,
	proposed_by CHAR(32) NOT NULL,
	decided_on DATE,
	decided_by CHAR(32),
	reason VARCHAR(300),
	CONSTRAINT pk_sf_bank_match PRIMARY KEY (id),
	CONSTRAINT uq_sf_bank_match_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_bank_match_maker_is_not_checker CHECK (NOT is_by_hand OR decided_by IS NULL OR state <> 'confirmed' OR decided_by <> proposed_by),
	CONSTRAINT ck_sf_bank_match_decided_is_dated CHECK (state = 'proposed' OR decided_on IS NOT NULL),
	CONSTRAINT ck_sf_bank_match_hand_gives_its_reason CHECK (is_by_hand = (hand_reason IS NOT NULL)),
	CONSTRAINT ck_sf_bank_match_score_whole CHECK (typeof(score) = 'integer'),
	CONSTRAINT ck_sf_bank_match_score_least CHECK (score >= 0),
	CONSTRAINT fk_sf_bank_match_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_bank_match_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES sf_bank_account (id),
	CONSTRAINT fk_sf_bank_match_proposed_by FOREIGN KEY(proposed_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_bank_match_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_bank_match_account ON sf_bank_match (bank_account_id, state);

CREATE INDEX ix_sf_bank_match_content ON sf_bank_match (bank_account_id, content_digest);

CREATE TABLE sf_bank_reconciliation (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	bank_account_id CHAR(32) NOT NULL,
	month VARCHAR(7) NOT NULL,
	version BIGINT NOT NULL,
	currency VARCHAR(3) NOT NULL,
	bank_minor BIGINT NOT NULL,
	books_minor BIGINT NOT NULL,
	in_bank_minor BIGINT NOT NULL,
	in_bank_count BIGINT NOT NULL,
	in_books_minor BIGINT NOT NULL,
	in_books_count BIGINT NOT NULL,
	unexplained_minor BIGINT NOT NULL,
	explained TEXT NOT NULL,
	signed_on DATE NOT NULL,
	signed_at CHAR(27) NOT NULL,
	signed_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_bank_reconciliation PRIMARY KEY (id),
	CONSTRAINT uq_sf_bank_reconciliation_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT uq_sf_bank_reconciliation_bank_account_id_month_version UNIQUE (bank_account_id, month, version),
	CONSTRAINT ck_sf_bank_reconciliation_difference_is_told CHECK (bank_minor - books_minor = unexplained_minor + in_bank_minor - in_books_minor),
	CONSTRAINT ck_sf_bank_reconciliation_difference_is_explained CHECK (unexplained_minor = 0 OR explained <> '{}'),
	CONSTRAINT ck_sf_bank_reconciliation_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_bank_reconciliation_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_bank_reconciliation_bank_minor_whole CHECK (typeof(bank_minor) = 'integer'),
	CONSTRAINT ck_sf_bank_reconciliation_books_minor_whole CHECK (typeof(books_minor) = 'integer'),
	CONSTRAINT ck_sf_bank_reconciliation_in_bank_minor_whole CHECK (typeof(in_bank_minor) = 'integer'),
	CONSTRAINT ck_sf_bank_reconciliation_in_bank_count_whole CHECK (typeof(in_bank_count) = 'integer'),
	CONSTRAINT ck_sf_bank_reconciliation_in_bank_count_least CHECK (in_bank_count >= 0),
	CONSTRAINT ck_sf_bank_reconciliation_in_books_minor_whole CHECK (typeof(in_books_minor) = 'integer'),
	CONSTRAINT ck_sf_bank_reconciliation_in_books_count_whole CHECK (typeof(in_books_count) = 'integer'),
	CONSTRAINT ck_sf_bank_reconciliation_in_books_count_least CHECK (in_books_count >= 0),
	CONSTRAINT ck_sf_bank_reconciliation_unexplained_minor_whole CHECK (typeof(unexplained_minor) = 'integer'),
	CONSTRAINT fk_sf_bank_reconciliation_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_bank_reconciliation_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES sf_bank_account (id),
	CONSTRAINT fk_sf_bank_reconciliation_signed_by FOREIGN KEY(signed_by) REFERENCES sf_actor (id)
);

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
	state VARCHAR(13) NOT NULL CONSTRAINT ck_sf_bank_statement_state_known CHECK (state IN ('recorded', 'foots', 'does_not_foot', 'reconciled', 'replaced')),
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

CREATE TABLE sf_bank_line (
	statement_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	booking_date DATE,
	value_date DATE,
	counted_on DATE NOT NULL,
	amount_minor BIGINT,
	is_reversal BOOLEAN NOT NULL,
	bank_ref VARCHAR(80) NOT NULL,
	batch VARCHAR(80) NOT NULL,
	batch_count BIGINT NOT NULL,
	code VARCHAR(40) NOT NULL,
	foreign_minor BIGINT,
	foreign_currency VARCHAR(3),
	rate VARCHAR(20) NOT NULL,
	account_digest VARCHAR(64),
	details BLOB,
	flags TEXT NOT NULL,
	mark VARCHAR(64) NOT NULL,
	CONSTRAINT pk_sf_bank_line PRIMARY KEY (statement_id, position),
	CONSTRAINT ck_sf_bank_line_foreign_is_whole CHECK ((foreign_minor IS NULL) = (foreign_currency IS NULL)),
	CONSTRAINT ck_sf_bank_line_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_bank_line_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_bank_line_amount_minor_whole CHECK (typeof(amount_minor) = 'integer' OR amount_minor IS NULL),
	CONSTRAINT ck_sf_bank_line_batch_count_whole CHECK (typeof(batch_count) = 'integer'),
	CONSTRAINT ck_sf_bank_line_batch_count_least CHECK (batch_count >= 0),
	CONSTRAINT ck_sf_bank_line_foreign_minor_whole CHECK (typeof(foreign_minor) = 'integer' OR foreign_minor IS NULL),
	CONSTRAINT ck_sf_bank_line_details_sealed CHECK (details IS NULL OR (typeof(details) = 'blob' AND hex(substr(details, 1, 1)) = '01')),
	CONSTRAINT fk_sf_bank_line_statement_id FOREIGN KEY(statement_id) REFERENCES sf_bank_statement (id)
);

CREATE INDEX ix_sf_bank_line_mark ON sf_bank_line (mark);

CREATE TABLE sf_bank_reconciled_item (
	match_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	entry_id CHAR(32) NOT NULL,
	bank_account_id CHAR(32) NOT NULL,
	amount_minor BIGINT NOT NULL,
	paid_by CHAR(32),
	confirmed_by CHAR(32) NOT NULL,
	is_standing BOOLEAN NOT NULL,
	CONSTRAINT pk_sf_bank_reconciled_item PRIMARY KEY (match_id, position),
	CONSTRAINT ck_sf_bank_reconciled_item_payer_does_not_reconcile CHECK (paid_by IS NULL OR paid_by <> confirmed_by),
	CONSTRAINT ck_sf_bank_reconciled_item_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_bank_reconciled_item_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_bank_reconciled_item_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT fk_sf_bank_reconciled_item_match_id FOREIGN KEY(match_id) REFERENCES sf_bank_match (id),
	CONSTRAINT fk_sf_bank_reconciled_item_entry_id FOREIGN KEY(entry_id) REFERENCES sf_entry (id),
	CONSTRAINT fk_sf_bank_reconciled_item_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES sf_bank_account (id),
	CONSTRAINT fk_sf_bank_reconciled_item_paid_by FOREIGN KEY(paid_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_bank_reconciled_item_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES sf_actor (id)
);

CREATE UNIQUE INDEX uq_bank_reconciled_item_standing ON sf_bank_reconciled_item (entry_id, bank_account_id) WHERE is_standing;

CREATE TABLE sf_bank_statement_step (
	statement_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(13) NOT NULL CONSTRAINT ck_sf_bank_statement_step_from_state_known CHECK (from_state IN ('recorded', 'foots', 'does_not_foot', 'reconciled', 'replaced')),
	to_state VARCHAR(13) NOT NULL CONSTRAINT ck_sf_bank_statement_step_to_state_known CHECK (to_state IN ('recorded', 'foots', 'does_not_foot', 'reconciled', 'replaced')),
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_bank_statement_step PRIMARY KEY (statement_id, position),
	CONSTRAINT ck_sf_bank_statement_step_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_bank_statement_step_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_bank_statement_step_statement_id FOREIGN KEY(statement_id) REFERENCES sf_bank_statement (id),
	CONSTRAINT fk_sf_bank_statement_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_bank_match_line (
	match_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	statement_id CHAR(32) NOT NULL,
	line BIGINT NOT NULL,
	CONSTRAINT pk_sf_bank_match_line PRIMARY KEY (match_id, position),
	CONSTRAINT fk_sf_bank_match_line_statement_id_line FOREIGN KEY(statement_id, line) REFERENCES sf_bank_line (statement_id, position),
	CONSTRAINT ck_sf_bank_match_line_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_bank_match_line_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_bank_match_line_line_whole CHECK (typeof(line) = 'integer'),
	CONSTRAINT ck_sf_bank_match_line_line_least CHECK (line >= 1),
	CONSTRAINT fk_sf_bank_match_line_match_id FOREIGN KEY(match_id) REFERENCES sf_bank_match (id)
);

CREATE INDEX ix_sf_bank_match_line_line ON sf_bank_match_line (statement_id, line);

CREATE TABLE sf_bank_reconciled_line (
	match_id CHAR(32) NOT NULL,
	statement_id CHAR(32) NOT NULL,
	line BIGINT NOT NULL,
	position BIGINT NOT NULL,
	is_standing BOOLEAN NOT NULL,
	CONSTRAINT pk_sf_bank_reconciled_line PRIMARY KEY (match_id, line, position),
	CONSTRAINT fk_sf_bank_reconciled_line_statement_id_line FOREIGN KEY(statement_id, line) REFERENCES sf_bank_line (statement_id, position),
	CONSTRAINT ck_sf_bank_reconciled_line_line_whole CHECK (typeof(line) = 'integer'),
	CONSTRAINT ck_sf_bank_reconciled_line_line_least CHECK (line >= 1),
	CONSTRAINT ck_sf_bank_reconciled_line_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_bank_reconciled_line_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_bank_reconciled_line_match_id FOREIGN KEY(match_id) REFERENCES sf_bank_match (id)
);

CREATE UNIQUE INDEX uq_bank_reconciled_line_standing ON sf_bank_reconciled_line (statement_id, line) WHERE is_standing;

CREATE TABLE sf_bank_match_item (
	match_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	entry_id CHAR(32),
	payment_id CHAR(32),
	amount_minor BIGINT NOT NULL,
	CONSTRAINT pk_sf_bank_match_item PRIMARY KEY (match_id, position),
	CONSTRAINT ck_sf_bank_match_item_entry_or_payment CHECK ((entry_id IS NULL) <> (payment_id IS NULL)),
	CONSTRAINT ck_sf_bank_match_item_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_bank_match_item_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_bank_match_item_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT fk_sf_bank_match_item_match_id FOREIGN KEY(match_id) REFERENCES sf_bank_match (id),
	CONSTRAINT fk_sf_bank_match_item_entry_id FOREIGN KEY(entry_id) REFERENCES sf_entry (id),
	CONSTRAINT fk_sf_bank_match_item_payment_id FOREIGN KEY(payment_id) REFERENCES sf_disbursement (id)
);

CREATE INDEX ix_sf_bank_match_item_entry_id ON sf_bank_match_item (entry_id);

CREATE INDEX ix_sf_bank_match_item_payment_id ON sf_bank_match_item (payment_id)
