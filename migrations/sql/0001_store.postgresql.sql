CREATE TABLE sf_lock (
	n BIGINT NOT NULL,
	CONSTRAINT pk_sf_lock PRIMARY KEY (n),
	CONSTRAINT ck_sf_lock_n_least CHECK (n >= 0)
);

CREATE TABLE sf_programme (
	id UUID NOT NULL,
	code VARCHAR(20) NOT NULL,
	name VARCHAR(200) NOT NULL,
	organisation VARCHAR(200) NOT NULL,
	zone VARCHAR(64) NOT NULL,
	language VARCHAR(5) NOT NULL,
	money_assurance VARCHAR(11) NOT NULL CONSTRAINT ck_sf_programme_money_assurance_known CHECK (money_assurance IN ('claimed', 'pin', 'host', 'signed_file', 'paper')),
	backdate_days_max BIGINT NOT NULL,
	founded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_programme PRIMARY KEY (id),
	CONSTRAINT uq_sf_programme_code UNIQUE (code),
	CONSTRAINT ck_sf_programme_backdate_days_max_least CHECK (backdate_days_max >= 0)
);

CREATE TABLE sf_actor (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	handle VARCHAR(60) NOT NULL,
	display_name VARCHAR(120) NOT NULL,
	active BOOLEAN NOT NULL,
	registered_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_actor PRIMARY KEY (id),
	CONSTRAINT uq_sf_actor_programme_id_handle UNIQUE (programme_id, handle),
	CONSTRAINT fk_sf_actor_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id)
);

CREATE INDEX ix_sf_actor_programme_id ON sf_actor (programme_id);

CREATE TABLE sf_audit_head (
	programme_id UUID NOT NULL,
	seq BIGINT NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_sf_audit_head PRIMARY KEY (programme_id),
	CONSTRAINT ck_sf_audit_head_seq_least CHECK (seq >= 0),
	CONSTRAINT fk_sf_audit_head_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id)
);

CREATE TABLE sf_command (
	programme_id UUID NOT NULL,
	key VARCHAR(200) NOT NULL,
	operation VARCHAR(80) NOT NULL,
	fingerprint VARCHAR(64) NOT NULL,
	audit_seq BIGINT NOT NULL,
	result TEXT NOT NULL,
	CONSTRAINT pk_sf_command PRIMARY KEY (programme_id, key),
	CONSTRAINT ck_sf_command_audit_seq_least CHECK (audit_seq >= 1),
	CONSTRAINT fk_sf_command_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id)
);

CREATE TABLE sf_counter (
	programme_id UUID NOT NULL,
	series VARCHAR(30) NOT NULL,
	year BIGINT NOT NULL,
	last BIGINT NOT NULL,
	CONSTRAINT pk_sf_counter PRIMARY KEY (programme_id, series, year),
	CONSTRAINT ck_sf_counter_year_least CHECK (year >= 0),
	CONSTRAINT ck_sf_counter_last_least CHECK (last >= 0),
	CONSTRAINT fk_sf_counter_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id)
);

CREATE TABLE sf_data_key (
	subject_id UUID NOT NULL,
	programme_id UUID NOT NULL,
	ring_key VARCHAR(40) NOT NULL,
	wrapped BYTEA NOT NULL,
	CONSTRAINT pk_sf_data_key PRIMARY KEY (subject_id),
	CONSTRAINT ck_sf_data_key_wrapped_sealed CHECK (get_byte(wrapped, 0) = 1),
	CONSTRAINT fk_sf_data_key_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id)
);

CREATE INDEX ix_sf_data_key_programme_id ON sf_data_key (programme_id);

CREATE TABLE sf_refusal (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	actor VARCHAR(60) NOT NULL,
	operation VARCHAR(80) NOT NULL,
	codes TEXT NOT NULL,
	CONSTRAINT pk_sf_refusal PRIMARY KEY (id),
	CONSTRAINT fk_sf_refusal_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id)
);

CREATE INDEX ix_sf_refusal_programme_id ON sf_refusal (programme_id);

CREATE TABLE sf_actor_pin (
	id UUID NOT NULL,
	actor_id UUID NOT NULL,
	verifier VARCHAR(120) NOT NULL,
	set_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_actor_pin PRIMARY KEY (id),
	CONSTRAINT fk_sf_actor_pin_actor_id FOREIGN KEY(actor_id) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_actor_pin_actor_id ON sf_actor_pin (actor_id);

CREATE TABLE sf_actor_role (
	id UUID NOT NULL,
	actor_id UUID NOT NULL,
	role VARCHAR(25) NOT NULL CONSTRAINT ck_sf_actor_role_role_known CHECK (role IN ('administrator', 'field_officer', 'coach', 'economic_inclusion_expert', 'reviewer', 'committee_member', 'committee_secretary', 'programme_manager', 'signatory', 'finance_officer', 'finance_approver', 'cashier', 'reconciler', 'director', 'protection_officer', 'auditor')),
	from_day DATE NOT NULL,
	until_day DATE,
	granted_by UUID,
	CONSTRAINT pk_sf_actor_role PRIMARY KEY (id),
	CONSTRAINT fk_sf_actor_role_actor_id FOREIGN KEY(actor_id) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_actor_role_granted_by FOREIGN KEY(granted_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_actor_role_actor_id ON sf_actor_role (actor_id);

CREATE TABLE sf_audit (
	programme_id UUID NOT NULL,
	seq BIGINT NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	occurred_on DATE NOT NULL,
	actor_id UUID NOT NULL,
	assurance VARCHAR(11) NOT NULL CONSTRAINT ck_sf_audit_assurance_known CHECK (assurance IN ('claimed', 'pin', 'host', 'signed_file', 'paper')),
	operation VARCHAR(80) NOT NULL,
	key VARCHAR(200) NOT NULL,
	payload TEXT NOT NULL,
	changes TEXT NOT NULL,
	secrets_digest VARCHAR(64) NOT NULL,
	prev_hash VARCHAR(64) NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_sf_audit PRIMARY KEY (programme_id, seq),
	CONSTRAINT ck_sf_audit_seq_least CHECK (seq >= 1),
	CONSTRAINT fk_sf_audit_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_audit_actor_id FOREIGN KEY(actor_id) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_audit_actor_id ON sf_audit (actor_id);

CREATE TABLE sf_audit_secret (
	programme_id UUID NOT NULL,
	seq BIGINT NOT NULL,
	position BIGINT NOT NULL,
	subject_id UUID NOT NULL,
	content BYTEA NOT NULL,
	CONSTRAINT pk_sf_audit_secret PRIMARY KEY (programme_id, seq, position),
	CONSTRAINT fk_sf_audit_secret_programme_id_seq FOREIGN KEY(programme_id, seq) REFERENCES sf_audit (programme_id, seq),
	CONSTRAINT ck_sf_audit_secret_seq_least CHECK (seq >= 1),
	CONSTRAINT ck_sf_audit_secret_position_least CHECK (position >= 0),
	CONSTRAINT ck_sf_audit_secret_content_sealed CHECK (get_byte(content, 0) = 1),
	CONSTRAINT fk_sf_audit_secret_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id)
);

CREATE INDEX ix_sf_audit_secret_subject_id ON sf_audit_secret (subject_id)
