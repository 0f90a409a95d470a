CREATE TABLE sf_tranche_offset (
	id CHAR(32) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	tranche_position BIGINT NOT NULL,
	kind VARCHAR(9) NOT NULL CONSTRAINT ck_sf_tranche_offset_kind_known CHECK (kind IN ('kept_back', 'set_off')),
	claimed_grant_id CHAR(32) NOT NULL,
	amount_minor BIGINT NOT NULL,
	entry_id CHAR(32) NOT NULL,
	decided_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	decided_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_tranche_offset PRIMARY KEY (id),
	CONSTRAINT ck_sf_tranche_offset_kept_back_within CHECK ((kind = 'kept_back') = (grant_id = claimed_grant_id)),
	CONSTRAINT ck_sf_tranche_offset_tranche_position_whole CHECK (typeof(tranche_position) = 'integer'),
	CONSTRAINT ck_sf_tranche_offset_tranche_position_least CHECK (tranche_position >= 1),
	CONSTRAINT ck_sf_tranche_offset_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_tranche_offset_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT fk_sf_tranche_offset_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_tranche_offset_claimed_grant_id FOREIGN KEY(claimed_grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_tranche_offset_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_tranche_offset_claimed_grant_id ON sf_tranche_offset (claimed_grant_id);

CREATE INDEX ix_sf_tranche_offset_grant_id ON sf_tranche_offset (grant_id)
