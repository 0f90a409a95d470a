CREATE TABLE sf_grant_before AS SELECT * FROM sf_grant;

DROP TABLE sf_grant;

CREATE TABLE sf_grant (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	benefit_type_id CHAR(32) NOT NULL,
	benefit VARCHAR(40) NOT NULL,
	purpose VARCHAR(40) NOT NULL,
	owner_kind VARCHAR(12) NOT NULL CONSTRAINT ck_sf_grant_owner_kind_known CHECK (owner_kind IN ('person', 'household', 'group', 'organisation')),
	owner_name VARCHAR(120) NOT NULL,
	participant_id CHAR(32) NOT NULL,
	household_id CHAR(32),
	population_group VARCHAR(40) NOT NULL,
	basis_kind VARCHAR(18) NOT NULL CONSTRAINT ck_sf_grant_basis_kind_known CHECK (basis_kind IN ('committee_decision', 'employment_plan', 'eligibility_list', 'referral', 'earlier_books')),
	basis_ref VARCHAR(60) NOT NULL,
	basis_id CHAR(32),
	basis_hash VARCHAR(64) NOT NULL,
	plan_version_id CHAR(32),
	currency VARCHAR(3) NOT NULL,
	awarded_minor BIGINT NOT NULL,
	agreed_minor BIGINT NOT NULL,
	awarded_on DATE NOT NULL,
	awarded_by CHAR(32) NOT NULL,
	state VARCHAR(10) NOT NULL CONSTRAINT ck_sf_grant_state_known CHECK (state IN ('awarded', 'in_force', 'suspended', 'terminated', 'declined', 'closed')),
	schedule_version BIGINT NOT NULL,
	end_reason VARCHAR(10) CONSTRAINT ck_sf_grant_end_reason_known CHECK (end_reason IN ('completed', 'declined', 'lapsed', 'withdrawn', 'relocated', 'deceased', 'breach', 'duplicate', 'fraud', 'funds_lost', 'error')),
	ended_on DATE,
	CONSTRAINT pk_sf_grant PRIMARY KEY (id),
	CONSTRAINT uq_sf_grant_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_grant_end_is_complete CHECK ((end_reason IS NULL) = (ended_on IS NULL)),
	CONSTRAINT ck_sf_grant_household_owns CHECK (owner_kind <> 'household' OR household_id IS NOT NULL),
	CONSTRAINT ck_sf_grant_awarded_minor_whole CHECK (typeof(awarded_minor) = 'integer'),
	CONSTRAINT ck_sf_grant_awarded_minor_least CHECK (awarded_minor >= 1),
	CONSTRAINT ck_sf_grant_agreed_minor_whole CHECK (typeof(agreed_minor) = 'integer'),
	CONSTRAINT ck_sf_grant_agreed_minor_least CHECK (agreed_minor >= 0),
	CONSTRAINT ck_sf_grant_schedule_version_whole CHECK (typeof(schedule_version) = 'integer'),
	CONSTRAINT ck_sf_grant_schedule_version_least CHECK (schedule_version >= 0),
	CONSTRAINT fk_sf_grant_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_grant_benefit_type_id FOREIGN KEY(benefit_type_id) REFERENCES sf_benefit_type (id),
	CONSTRAINT fk_sf_grant_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_grant_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_grant_awarded_by FOREIGN KEY(awarded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_grant_benefit_type_id ON sf_grant (benefit_type_id);

CREATE INDEX ix_sf_grant_household_id ON sf_grant (household_id);

CREATE INDEX ix_sf_grant_participant_id ON sf_grant (participant_id);

CREATE INDEX ix_sf_grant_plan_version_id ON sf_grant (plan_version_id);

CREATE UNIQUE INDEX uq_sf_grant_basis_id ON sf_grant (basis_id) WHERE state <> 'declined';

INSERT INTO sf_grant (id, programme_id, number, benefit_type_id, benefit, purpose, owner_kind, owner_name, participant_id, household_id, population_group, basis_kind, basis_ref, basis_id, basis_hash, plan_version_id, currency, awarded_minor, agreed_minor, awarded_on, awarded_by, state, schedule_version, end_reason, ended_on) SELECT id, programme_id, number, benefit_type_id, benefit, purpose, owner_kind, owner_name, participant_id, household_id, population_group, basis_kind, basis_ref, basis_id, basis_hash, plan_version_id, currency, awarded_minor, agreed_minor, awarded_on, awarded_by, state, schedule_version, end_reason, ended_on FROM sf_grant_before;

DROP TABLE sf_grant_before;

UPDATE sf_grant SET basis_kind = 'earlier_books' WHERE id IN (SELECT grant_id FROM sf_grant_taken_over)
