CREATE TABLE sf_payout_layout_before AS SELECT * FROM sf_payout_layout;

DROP TABLE sf_payout_layout;

CREATE TABLE sf_payout_layout (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	code VARCHAR(40) NOT NULL,
	version BIGINT NOT NULL,
	direction VARCHAR(3) NOT NULL CONSTRAINT ck_sf_payout_layout_direction_known CHECK (direction IN ('out', 'in')),
	form VARCHAR(8) NOT NULL CONSTRAINT ck_sf_payout_layout_form_known CHECK (form IN ('csv', 'xlsx', 'fixed', 'iso20022')),
	terms TEXT NOT NULL,
	terms_hash VARCHAR(64) NOT NULL,
	proposal_id CHAR(32) NOT NULL,
	proposed_by CHAR(32) NOT NULL,
	approved_by CHAR(32) NOT NULL,
	approved_on DATE NOT NULL,
	CONSTRAINT pk_sf_payout_layout PRIMARY KEY (id),
	CONSTRAINT uq_sf_payout_layout_programme_id_code_version UNIQUE (programme_id, code, version),
	CONSTRAINT ck_sf_payout_layout_maker_is_not_checker CHECK (approved_by <> proposed_by),
	CONSTRAINT ck_sf_payout_layout_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_payout_layout_version_least CHECK (version >= 1),
	CONSTRAINT fk_sf_payout_layout_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_payout_layout_proposal_id FOREIGN KEY(proposal_id) REFERENCES sf_proposal (id),
	CONSTRAINT fk_sf_payout_layout_proposed_by FOREIGN KEY(proposed_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_payout_layout_approved_by FOREIGN KEY(approved_by) REFERENCES sf_actor (id)
);

INSERT INTO sf_payout_layout (id, programme_id, code, version, direction, form, terms, terms_hash, proposal_id, proposed_by, approved_by, approved_on) SELECT id, programme_id, code, version, direction, form, terms, terms_hash, proposal_id, proposed_by, approved_by, approved_on FROM sf_payout_layout_before;

DROP TABLE sf_payout_layout_before;

ALTER TABLE sf_payout_file ADD COLUMN execute_on DATE
