CREATE TABLE sf_call (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	code VARCHAR(30) NOT NULL,
	version VARCHAR(30) NOT NULL,
	content TEXT NOT NULL,
	content_hash VARCHAR(64) NOT NULL,
	proposed_by CHAR(32) NOT NULL,
	proposed_at CHAR(27) NOT NULL,
	approved_by CHAR(32),
	approved_at CHAR(27),
	CONSTRAINT pk_sf_call PRIMARY KEY (id),
	CONSTRAINT uq_sf_call_programme_id_code_version UNIQUE (programme_id, code, version),
	CONSTRAINT ck_sf_call_two_persons CHECK (approved_by <> proposed_by),
	CONSTRAINT fk_sf_call_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_call_proposed_by FOREIGN KEY(proposed_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_call_approved_by FOREIGN KEY(approved_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_call_programme_id ON sf_call (programme_id);

CREATE TABLE sf_committee_session (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	call_id CHAR(32) NOT NULL,
	held_on DATE NOT NULL,
	chair_id CHAR(32) NOT NULL,
	secretary_id CHAR(32) NOT NULL,
	state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_committee_session_state_known CHECK (state IN ('convened', 'open', 'closed', 'cancelled')),
	CONSTRAINT pk_sf_committee_session PRIMARY KEY (id),
	CONSTRAINT uq_sf_committee_session_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT fk_sf_committee_session_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_committee_session_call_id FOREIGN KEY(call_id) REFERENCES sf_call (id),
	CONSTRAINT fk_sf_committee_session_chair_id FOREIGN KEY(chair_id) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_committee_session_secretary_id FOREIGN KEY(secretary_id) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_committee_session_call_id ON sf_committee_session (call_id);

CREATE INDEX ix_sf_committee_session_programme_id ON sf_committee_session (programme_id);

CREATE TABLE sf_plan (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	call_id CHAR(32) NOT NULL,
	owner_kind VARCHAR(12) NOT NULL CONSTRAINT ck_sf_plan_owner_kind_known CHECK (owner_kind IN ('person', 'household', 'group', 'organisation')),
	household_id CHAR(32),
	participant_id CHAR(32) NOT NULL,
	state VARCHAR(12) NOT NULL CONSTRAINT ck_sf_plan_state_known CHECK (state IN ('draft', 'submitted', 'returned', 'verified', 'deferred', 'waiting_list', 'approved', 'rejected', 'withdrawn')),
	current_version BIGINT NOT NULL,
	approved_minor BIGINT,
	CONSTRAINT pk_sf_plan PRIMARY KEY (id),
	CONSTRAINT uq_sf_plan_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_plan_current_version_whole CHECK (typeof(current_version) = 'integer'),
	CONSTRAINT ck_sf_plan_current_version_least CHECK (current_version >= 1),
	CONSTRAINT ck_sf_plan_approved_minor_whole CHECK (typeof(approved_minor) = 'integer' OR approved_minor IS NULL),
	CONSTRAINT ck_sf_plan_approved_minor_least CHECK (approved_minor >= 0),
	CONSTRAINT fk_sf_plan_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_plan_call_id FOREIGN KEY(call_id) REFERENCES sf_call (id),
	CONSTRAINT fk_sf_plan_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_plan_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id)
);

CREATE INDEX ix_sf_plan_call_id ON sf_plan (call_id);

CREATE INDEX ix_sf_plan_household_id ON sf_plan (household_id);

CREATE INDEX ix_sf_plan_participant_id ON sf_plan (participant_id);

CREATE INDEX ix_sf_plan_programme_id ON sf_plan (programme_id);

CREATE TABLE sf_interest (
	session_id CHAR(32) NOT NULL,
	actor_id CHAR(32) NOT NULL,
	plan_id CHAR(32) NOT NULL,
	reason VARCHAR(300) NOT NULL,
	CONSTRAINT pk_sf_interest PRIMARY KEY (session_id, actor_id, plan_id),
	CONSTRAINT fk_sf_interest_session_id FOREIGN KEY(session_id) REFERENCES sf_committee_session (id),
	CONSTRAINT fk_sf_interest_actor_id FOREIGN KEY(actor_id) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_interest_plan_id FOREIGN KEY(plan_id) REFERENCES sf_plan (id)
);

CREATE TABLE sf_plan_version (
	id CHAR(32) NOT NULL,
	plan_id CHAR(32) NOT NULL,
	version BIGINT NOT NULL,
	content BLOB NOT NULL,
	content_hash VARCHAR(64) NOT NULL,
	currency VARCHAR(3) NOT NULL,
	sector VARCHAR(80) NOT NULL,
	is_new_business BOOLEAN NOT NULL,
	grant_minor BIGINT NOT NULL,
	start_up_minor BIGINT NOT NULL,
	author_id CHAR(32) NOT NULL,
	submitted_on DATE NOT NULL,
	CONSTRAINT pk_sf_plan_version PRIMARY KEY (id),
	CONSTRAINT uq_sf_plan_version_plan_id_version UNIQUE (plan_id, version),
	CONSTRAINT ck_sf_plan_version_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_plan_version_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_plan_version_content_sealed CHECK ((typeof(content) = 'blob' AND hex(substr(content, 1, 1)) = '01')),
	CONSTRAINT ck_sf_plan_version_grant_minor_whole CHECK (typeof(grant_minor) = 'integer'),
	CONSTRAINT ck_sf_plan_version_grant_minor_least CHECK (grant_minor >= 0),
	CONSTRAINT ck_sf_plan_version_start_up_minor_whole CHECK (typeof(start_up_minor) = 'integer'),
	CONSTRAINT ck_sf_plan_version_start_up_minor_least CHECK (start_up_minor >= 0),
	CONSTRAINT fk_sf_plan_version_plan_id FOREIGN KEY(plan_id) REFERENCES sf_plan (id),
	CONSTRAINT fk_sf_plan_version_author_id FOREIGN KEY(author_id) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_plan_version_plan_id ON sf_plan_version (plan_id);

CREATE TABLE sf_session_member (
	session_id CHAR(32) NOT NULL,
	actor_id CHAR(32) NOT NULL,
	is_present BOOLEAN NOT NULL,
	CONSTRAINT pk_sf_session_member PRIMARY KEY (session_id, actor_id),
	CONSTRAINT fk_sf_session_member_session_id FOREIGN KEY(session_id) REFERENCES sf_committee_session (id),
	CONSTRAINT fk_sf_session_member_actor_id FOREIGN KEY(actor_id) REFERENCES sf_actor (id)
);

CREATE TABLE sf_committee_decision (
	id CHAR(32) NOT NULL,
	session_id CHAR(32) NOT NULL,
	plan_id CHAR(32) NOT NULL,
	version_id CHAR(32) NOT NULL,
	outcome VARCHAR(26) NOT NULL CONSTRAINT ck_sf_committee_decision_outcome_known CHECK (outcome IN ('approved', 'approved_with_observations', 'lower_amount', 'deferred', 'waiting_list', 'rejected')),
	currency VARCHAR(3) NOT NULL,
	amount_minor BIGINT NOT NULL,
	line_id CHAR(32),
	reasons TEXT NOT NULL,
	basis TEXT NOT NULL,
	basis_hash VARCHAR(64) NOT NULL,
	decided_on DATE NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_committee_decision PRIMARY KEY (id),
	CONSTRAINT uq_sf_committee_decision_session_id_version_id UNIQUE (session_id, version_id),
	CONSTRAINT ck_sf_committee_decision_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_committee_decision_amount_minor_least CHECK (amount_minor >= 0),
	CONSTRAINT fk_sf_committee_decision_session_id FOREIGN KEY(session_id) REFERENCES sf_committee_session (id),
	CONSTRAINT fk_sf_committee_decision_plan_id FOREIGN KEY(plan_id) REFERENCES sf_plan (id),
	CONSTRAINT fk_sf_committee_decision_version_id FOREIGN KEY(version_id) REFERENCES sf_plan_version (id),
	CONSTRAINT fk_sf_committee_decision_line_id FOREIGN KEY(line_id) REFERENCES sf_budget_line (id),
	CONSTRAINT fk_sf_committee_decision_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_committee_decision_line_id ON sf_committee_decision (line_id);

CREATE INDEX ix_sf_committee_decision_plan_id ON sf_committee_decision (plan_id);

CREATE INDEX ix_sf_committee_decision_session_id ON sf_committee_decision (session_id);

CREATE INDEX ix_sf_committee_decision_version_id ON sf_committee_decision (version_id);

CREATE TABLE sf_plan_item (
	version_id CHAR(32) NOT NULL,
	line BIGINT NOT NULL,
	description VARCHAR(200) NOT NULL,
	category VARCHAR(18) NOT NULL CONSTRAINT ck_sf_plan_item_category_known CHECK (category IN ('equipment', 'tools', 'furniture', 'work_vehicle', 'animals', 'premises_works', 'premises', 'rent_in_advance', 'licences', 'marketing', 'staff_training', 'raw_material', 'merchandise', 'working_capital', 'debt_repayment', 'land_and_buildings', 'housing_repair', 'private_vehicle', 'other')),
	quantity_thousandths BIGINT NOT NULL,
	unit VARCHAR(30) NOT NULL,
	unit_price_minor BIGINT NOT NULL,
	total_minor BIGINT NOT NULL,
	funded_by VARCHAR(8) NOT NULL CONSTRAINT ck_sf_plan_item_funded_by_known CHECK (funded_by IN ('grant', 'own_cash', 'own_kind', 'other')),
	month BIGINT NOT NULL,
	has_quote BOOLEAN NOT NULL,
	CONSTRAINT pk_sf_plan_item PRIMARY KEY (version_id, line),
	CONSTRAINT ck_sf_plan_item_line_whole CHECK (typeof(line) = 'integer'),
	CONSTRAINT ck_sf_plan_item_line_least CHECK (line >= 1),
	CONSTRAINT ck_sf_plan_item_quantity_thousandths_whole CHECK (typeof(quantity_thousandths) = 'integer'),
	CONSTRAINT ck_sf_plan_item_quantity_thousandths_least CHECK (quantity_thousandths >= 1),
	CONSTRAINT ck_sf_plan_item_unit_price_minor_whole CHECK (typeof(unit_price_minor) = 'integer'),
	CONSTRAINT ck_sf_plan_item_unit_price_minor_least CHECK (unit_price_minor >= 0),
	CONSTRAINT ck_sf_plan_item_total_minor_whole CHECK (typeof(total_minor) = 'integer'),
	CONSTRAINT ck_sf_plan_item_total_minor_least CHECK (total_minor >= 0),
	CONSTRAINT ck_sf_plan_item_month_whole CHECK (typeof(month) = 'integer'),
	CONSTRAINT ck_sf_plan_item_month_least CHECK (month >= 0),
	CONSTRAINT fk_sf_plan_item_version_id FOREIGN KEY(version_id) REFERENCES sf_plan_version (id)
);

CREATE TABLE sf_plan_score (
	id CHAR(32) NOT NULL,
	version_id CHAR(32) NOT NULL,
	reviewer_id CHAR(32) NOT NULL,
	author_id CHAR(32) NOT NULL,
	content TEXT NOT NULL,
	scored_on DATE NOT NULL,
	CONSTRAINT pk_sf_plan_score PRIMARY KEY (id),
	CONSTRAINT uq_sf_plan_score_version_id_reviewer_id UNIQUE (version_id, reviewer_id),
	CONSTRAINT ck_sf_plan_score_two_persons CHECK (reviewer_id <> author_id),
	CONSTRAINT fk_sf_plan_score_version_id FOREIGN KEY(version_id) REFERENCES sf_plan_version (id),
	CONSTRAINT fk_sf_plan_score_reviewer_id FOREIGN KEY(reviewer_id) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_plan_score_author_id FOREIGN KEY(author_id) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_plan_score_version_id ON sf_plan_score (version_id);

CREATE TABLE sf_plan_verification (
	id CHAR(32) NOT NULL,
	version_id CHAR(32) NOT NULL,
	verifier_id CHAR(32) NOT NULL,
	author_id CHAR(32) NOT NULL,
	visited_on DATE NOT NULL,
	note BLOB,
	CONSTRAINT pk_sf_plan_verification PRIMARY KEY (id),
	CONSTRAINT ck_sf_plan_verification_two_persons CHECK (verifier_id <> author_id),
	CONSTRAINT ck_sf_plan_verification_note_sealed CHECK (note IS NULL OR (typeof(note) = 'blob' AND hex(substr(note, 1, 1)) = '01')),
	CONSTRAINT fk_sf_plan_verification_version_id FOREIGN KEY(version_id) REFERENCES sf_plan_version (id),
	CONSTRAINT fk_sf_plan_verification_verifier_id FOREIGN KEY(verifier_id) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_plan_verification_author_id FOREIGN KEY(author_id) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_plan_verification_version_id ON sf_plan_verification (version_id);

CREATE TABLE sf_vote (
	session_id CHAR(32) NOT NULL,
	version_id CHAR(32) NOT NULL,
	actor_id CHAR(32) NOT NULL,
	choice VARCHAR(7) NOT NULL CONSTRAINT ck_sf_vote_choice_known CHECK (choice IN ('for', 'against', 'abstain')),
	cast_at CHAR(27) NOT NULL,
	CONSTRAINT pk_sf_vote PRIMARY KEY (session_id, version_id, actor_id),
	CONSTRAINT fk_sf_vote_session_id FOREIGN KEY(session_id) REFERENCES sf_committee_session (id),
	CONSTRAINT fk_sf_vote_version_id FOREIGN KEY(version_id) REFERENCES sf_plan_version (id),
	CONSTRAINT fk_sf_vote_actor_id FOREIGN KEY(actor_id) REFERENCES sf_actor (id)
)
