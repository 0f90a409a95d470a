CREATE TABLE sf_import_batch (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	kind VARCHAR(40) NOT NULL,
	files_digest VARCHAR(64) NOT NULL,
	number_style VARCHAR(10) NOT NULL,
	date_order VARCHAR(3) NOT NULL,
	currency VARCHAR(3) NOT NULL,
	read_rows BIGINT NOT NULL,
	accepted BIGINT NOT NULL,
	refused BIGINT NOT NULL,
	unchanged BIGINT NOT NULL,
	held_back BIGINT NOT NULL,
	taken_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_import_batch PRIMARY KEY (id),
	CONSTRAINT uq_sf_import_batch_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_import_batch_every_row_counted CHECK (read_rows = accepted + refused + unchanged),
	CONSTRAINT ck_sf_import_batch_held_back_among_refused CHECK (held_back <= refused),
	CONSTRAINT ck_sf_import_batch_read_rows_whole CHECK (typeof(read_rows) = 'integer'),
	CONSTRAINT ck_sf_import_batch_read_rows_least CHECK (read_rows >= 0),
	CONSTRAINT ck_sf_import_batch_accepted_whole CHECK (typeof(accepted) = 'integer'),
	CONSTRAINT ck_sf_import_batch_accepted_least CHECK (accepted >= 0),
	CONSTRAINT ck_sf_import_batch_refused_whole CHECK (typeof(refused) = 'integer'),
	CONSTRAINT ck_sf_import_batch_refused_least CHECK (refused >= 0),
	CONSTRAINT ck_sf_import_batch_unchanged_whole CHECK (typeof(unchanged) = 'integer'),
	CONSTRAINT ck_sf_import_batch_unchanged_least CHECK (unchanged >= 0),
	CONSTRAINT ck_sf_import_batch_held_back_whole CHECK (typeof(held_back) = 'integer'),
	CONSTRAINT ck_sf_import_batch_held_back_least CHECK (held_back >= 0),
	CONSTRAINT fk_sf_import_batch_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_import_batch_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_import_batch_files ON sf_import_batch (programme_id, files_digest);

CREATE TABLE sf_import_file (
	batch_id CHAR(32) NOT NULL,
	part VARCHAR(40) NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	size BIGINT NOT NULL,
	read_rows BIGINT NOT NULL,
	CONSTRAINT pk_sf_import_file PRIMARY KEY (batch_id, part),
	CONSTRAINT ck_sf_import_file_size_whole CHECK (typeof(size) = 'integer'),
	CONSTRAINT ck_sf_import_file_size_least CHECK (size >= 0),
	CONSTRAINT ck_sf_import_file_read_rows_whole CHECK (typeof(read_rows) = 'integer'),
	CONSTRAINT ck_sf_import_file_read_rows_least CHECK (read_rows >= 0),
	CONSTRAINT fk_sf_import_file_batch_id FOREIGN KEY(batch_id) REFERENCES sf_import_batch (id)
);

CREATE TABLE sf_import_row (
	batch_id CHAR(32) NOT NULL,
	part VARCHAR(40) NOT NULL,
	row_number BIGINT NOT NULL,
	programme_id CHAR(32) NOT NULL,
	kind VARCHAR(40) NOT NULL,
	key_digest VARCHAR(64) NOT NULL,
	fingerprint VARCHAR(64) NOT NULL,
	outcome VARCHAR(9) NOT NULL CONSTRAINT ck_sf_import_row_outcome_known CHECK (outcome IN ('accepted', 'refused', 'held_back', 'unchanged')),
	codes TEXT NOT NULL,
	number VARCHAR(60),
	CONSTRAINT pk_sf_import_row PRIMARY KEY (batch_id, part, row_number),
	CONSTRAINT ck_sf_import_row_number_of_accepted CHECK (number IS NULL OR outcome = 'accepted'),
	CONSTRAINT ck_sf_import_row_row_number_whole CHECK (typeof(row_number) = 'integer'),
	CONSTRAINT ck_sf_import_row_row_number_least CHECK (row_number >= 1),
	CONSTRAINT fk_sf_import_row_batch_id FOREIGN KEY(batch_id) REFERENCES sf_import_batch (id),
	CONSTRAINT fk_sf_import_row_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id)
);

CREATE INDEX ix_sf_import_row_key ON sf_import_row (programme_id, kind, key_digest);

CREATE UNIQUE INDEX uq_sf_import_row_taken ON sf_import_row (programme_id, kind, key_digest) WHERE outcome = 'accepted'
