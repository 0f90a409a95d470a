CREATE TABLE sf_brought_forward (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	outside_number VARCHAR(60) NOT NULL,
	cut_off DATE NOT NULL,
	paid_minor BIGINT NOT NULL,
	justified_minor BIGINT NOT NULL,
	returned_minor BIGINT NOT NULL,
	evidence_sha256 VARCHAR(64) NOT NULL,
	exception_id CHAR(32) NOT NULL,
	entry_id CHAR(32) NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_brought_forward PRIMARY KEY (id),
	CONSTRAINT ck_sf_brought_forward_within_paid CHECK (justified_minor + returned_minor <= paid_minor),
	CONSTRAINT ck_sf_brought_forward_paid_minor_whole CHECK (typeof(paid_minor) = 'integer'),
	CONSTRAINT ck_sf_brought_forward_paid_minor_least CHECK (paid_minor >= 1),
	CONSTRAINT ck_sf_brought_forward_justified_minor_whole CHECK (typeof(justified_minor) = 'integer'),
	CONSTRAINT ck_sf_brought_forward_justified_minor_least CHECK (justified_minor >= 0),
	CONSTRAINT ck_sf_brought_forward_returned_minor_whole CHECK (typeof(returned_minor) = 'integer'),
	CONSTRAINT ck_sf_brought_forward_returned_minor_least CHECK (returned_minor >= 0),
	CONSTRAINT fk_sf_brought_forward_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_brought_forward_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_brought_forward_exception_id FOREIGN KEY(exception_id) REFERENCES sf_exception (id),
	CONSTRAINT fk_sf_brought_forward_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_brought_forward_grant_id ON sf_brought_forward (grant_id);

CREATE TABLE sf_brought_forward_tranche (
	history_id CHAR(32) NOT NULL,
	tranche_position BIGINT NOT NULL,
	amount_minor BIGINT NOT NULL,
	paid_on DATE NOT NULL,
	CONSTRAINT pk_sf_brought_forward_tranche PRIMARY KEY (history_id, tranche_position),
	CONSTRAINT ck_sf_brought_forward_tranche_tranche_position_whole CHECK (typeof(tranche_position) = 'integer'),
	CONSTRAINT ck_sf_brought_forward_tranche_tranche_position_least CHECK (tranche_position >= 1),
	CONSTRAINT ck_sf_brought_forward_tranche_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_brought_forward_tranche_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT fk_sf_brought_forward_tranche_history_id FOREIGN KEY(history_id) REFERENCES sf_brought_forward (id)
)
