CREATE TABLE sf_household_screening (
	household_id CHAR(32) NOT NULL,
	version BIGINT NOT NULL,
	programme_id CHAR(32) NOT NULL,
	score BIGINT,
	score_source VARCHAR(8) CONSTRAINT ck_sf_household_screening_score_source_known CHECK (score_source IN ('registry', 'survey', 'declared')),
	income_minor BIGINT,
	currency VARCHAR(3),
	income_source VARCHAR(8) CONSTRAINT ck_sf_household_screening_income_source_known CHECK (income_source IN ('registry', 'survey', 'declared')),
	screened_on DATE NOT NULL,
	reason VARCHAR(300) NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_household_screening PRIMARY KEY (household_id, version),
	CONSTRAINT ck_sf_household_screening_score_has_source CHECK ((score IS NULL) = (score_source IS NULL)),
	CONSTRAINT ck_sf_household_screening_score_most CHECK (score <= 1000000),
	CONSTRAINT ck_sf_household_screening_income_has_currency CHECK ((income_minor IS NULL) = (currency IS NULL)),
	CONSTRAINT ck_sf_household_screening_income_has_source CHECK ((income_minor IS NULL) = (income_source IS NULL)),
	CONSTRAINT ck_sf_household_screening_something_told CHECK (score IS NOT NULL OR income_minor IS NOT NULL),
	CONSTRAINT ck_sf_household_screening_correction_has_reason CHECK (version = 1 OR reason <> ''),
	CONSTRAINT ck_sf_household_screening_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_household_screening_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_household_screening_score_whole CHECK (typeof(score) = 'integer' OR score IS NULL),
	CONSTRAINT ck_sf_household_screening_score_least CHECK (score >= 0),
	CONSTRAINT ck_sf_household_screening_income_minor_whole CHECK (typeof(income_minor) = 'integer' OR income_minor IS NULL),
	CONSTRAINT ck_sf_household_screening_income_minor_least CHECK (income_minor >= 0),
	CONSTRAINT fk_sf_household_screening_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_household_screening_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_household_screening_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_household_screening_programme_id ON sf_household_screening (programme_id);

CREATE TABLE sf_selection_rules (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	code VARCHAR(40) NOT NULL,
	version BIGINT NOT NULL,
	content TEXT NOT NULL,
	content_hash VARCHAR(64) NOT NULL,
	effective_from DATE NOT NULL,
	proposal_id CHAR(32) NOT NULL,
	proposed_by CHAR(32) NOT NULL,
	approved_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_selection_rules PRIMARY KEY (id),
	CONSTRAINT uq_sf_selection_rules_programme_id_code_version UNIQUE (programme_id, code, version),
	CONSTRAINT ck_sf_selection_rules_two_hands CHECK (approved_by <> proposed_by),
	CONSTRAINT fk_sf_selection_rules_proposal_id_proposed_by FOREIGN KEY(proposal_id, proposed_by) REFERENCES sf_proposal (id, proposed_by),
	CONSTRAINT ck_sf_selection_rules_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_selection_rules_version_least CHECK (version >= 1),
	CONSTRAINT fk_sf_selection_rules_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_selection_rules_proposal_id FOREIGN KEY(proposal_id) REFERENCES sf_proposal (id),
	CONSTRAINT fk_sf_selection_rules_proposed_by FOREIGN KEY(proposed_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_selection_rules_approved_by FOREIGN KEY(approved_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_selection_rules_proposal_id ON sf_selection_rules (proposal_id);

CREATE TABLE sf_selection (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	rules_id CHAR(32) NOT NULL,
	places BIGINT NOT NULL,
	households BIGINT NOT NULL,
	content TEXT NOT NULL,
	content_hash VARCHAR(64) NOT NULL,
	made_on DATE NOT NULL,
	state VARCHAR(6) NOT NULL CONSTRAINT ck_sf_selection_state_known CHECK (state IN ('open', 'closed')),
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_selection PRIMARY KEY (id),
	CONSTRAINT uq_sf_selection_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_selection_places_whole CHECK (typeof(places) = 'integer'),
	CONSTRAINT ck_sf_selection_places_least CHECK (places >= 1),
	CONSTRAINT ck_sf_selection_households_whole CHECK (typeof(households) = 'integer'),
	CONSTRAINT ck_sf_selection_households_least CHECK (households >= 1),
	CONSTRAINT fk_sf_selection_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_selection_rules_id FOREIGN KEY(rules_id) REFERENCES sf_selection_rules (id),
	CONSTRAINT fk_sf_selection_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_selection_rules_id ON sf_selection (rules_id);

CREATE TABLE sf_selection_entry (
	selection_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	household_id CHAR(32) NOT NULL,
	screening_version BIGINT NOT NULL,
	outcome VARCHAR(8) NOT NULL CONSTRAINT ck_sf_selection_entry_outcome_known CHECK (outcome IN ('selected', 'waiting', 'refused')),
	state VARCHAR(8) NOT NULL CONSTRAINT ck_sf_selection_entry_state_known CHECK (state IN ('screened', 'selected', 'waiting', 'refused', 'left')),
	CONSTRAINT pk_sf_selection_entry PRIMARY KEY (selection_id, position),
	CONSTRAINT uq_sf_selection_entry_selection_id_household_id UNIQUE (selection_id, household_id),
	CONSTRAINT fk_sf_selection_entry_household_id_screening_version FOREIGN KEY(household_id, screening_version) REFERENCES sf_household_screening (household_id, version),
	CONSTRAINT ck_sf_selection_entry_refused_stays CHECK ((outcome = 'refused') = (state = 'refused')),
	CONSTRAINT ck_sf_selection_entry_nobody_left_out CHECK (state <> 'screened'),
	CONSTRAINT ck_sf_selection_entry_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_selection_entry_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_selection_entry_screening_version_whole CHECK (typeof(screening_version) = 'integer'),
	CONSTRAINT ck_sf_selection_entry_screening_version_least CHECK (screening_version >= 1),
	CONSTRAINT fk_sf_selection_entry_selection_id FOREIGN KEY(selection_id) REFERENCES sf_selection (id),
	CONSTRAINT fk_sf_selection_entry_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id)
);

CREATE INDEX ix_sf_selection_entry_household_id ON sf_selection_entry (household_id);

CREATE TABLE sf_selection_step (
	selection_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(6) CONSTRAINT ck_sf_selection_step_from_state_known CHECK (from_state IN ('open', 'closed')),
	to_state VARCHAR(6) NOT NULL CONSTRAINT ck_sf_selection_step_to_state_known CHECK (to_state IN ('open', 'closed')),
	reason VARCHAR(300) NOT NULL,
	happened_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_selection_step PRIMARY KEY (selection_id, position),
	CONSTRAINT ck_sf_selection_step_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_selection_step_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_selection_step_selection_id FOREIGN KEY(selection_id) REFERENCES sf_selection (id),
	CONSTRAINT fk_sf_selection_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_verification_sample (
	selection_id CHAR(32) NOT NULL,
	seed VARCHAR(60) NOT NULL,
	drawn_from BIGINT NOT NULL,
	size BIGINT NOT NULL,
	share BIGINT NOT NULL,
	least BIGINT NOT NULL,
	drawn_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_verification_sample PRIMARY KEY (selection_id),
	CONSTRAINT ck_sf_verification_sample_no_more_than_selected CHECK (size <= drawn_from),
	CONSTRAINT ck_sf_verification_sample_seed_kept CHECK (seed <> ''),
	CONSTRAINT ck_sf_verification_sample_drawn_from_whole CHECK (typeof(drawn_from) = 'integer'),
	CONSTRAINT ck_sf_verification_sample_drawn_from_least CHECK (drawn_from >= 1),
	CONSTRAINT ck_sf_verification_sample_size_whole CHECK (typeof(size) = 'integer'),
	CONSTRAINT ck_sf_verification_sample_size_least CHECK (size >= 1),
	CONSTRAINT ck_sf_verification_sample_share_whole CHECK (typeof(share) = 'integer'),
	CONSTRAINT ck_sf_verification_sample_share_least CHECK (share >= 1),
	CONSTRAINT ck_sf_verification_sample_least_whole CHECK (typeof(least) = 'integer'),
	CONSTRAINT ck_sf_verification_sample_least_least CHECK (least >= 1),
	CONSTRAINT fk_sf_verification_sample_selection_id FOREIGN KEY(selection_id) REFERENCES sf_selection (id),
	CONSTRAINT fk_sf_verification_sample_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_sampled_household (
	selection_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	entry BIGINT NOT NULL,
	CONSTRAINT pk_sf_sampled_household PRIMARY KEY (selection_id, position),
	CONSTRAINT uq_sf_sampled_household_selection_id_entry UNIQUE (selection_id, entry),
	CONSTRAINT fk_sf_sampled_household_selection_id_entry FOREIGN KEY(selection_id, entry) REFERENCES sf_selection_entry (selection_id, position),
	CONSTRAINT ck_sf_sampled_household_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_sampled_household_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_sampled_household_entry_whole CHECK (typeof(entry) = 'integer'),
	CONSTRAINT ck_sf_sampled_household_entry_least CHECK (entry >= 1),
	CONSTRAINT fk_sf_sampled_household_selection_id FOREIGN KEY(selection_id) REFERENCES sf_verification_sample (selection_id)
);

CREATE TABLE sf_selection_entry_step (
	selection_id CHAR(32) NOT NULL,
	entry BIGINT NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(8) NOT NULL CONSTRAINT ck_sf_selection_entry_step_from_state_known CHECK (from_state IN ('screened', 'selected', 'waiting', 'refused', 'left')),
	to_state VARCHAR(8) NOT NULL CONSTRAINT ck_sf_selection_entry_step_to_state_known CHECK (to_state IN ('screened', 'selected', 'waiting', 'refused', 'left')),
	why VARCHAR(19) CONSTRAINT ck_sf_selection_entry_step_why_known CHECK (why IN ('declined', 'moved_away', 'not_reached', 'found_not_eligible', 'supported_elsewhere', 'other')),
	reason VARCHAR(300) NOT NULL,
	is_override BOOLEAN NOT NULL,
	happened_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_selection_entry_step PRIMARY KEY (selection_id, entry, position),
	CONSTRAINT fk_sf_selection_entry_step_selection_id_entry FOREIGN KEY(selection_id, entry) REFERENCES sf_selection_entry (selection_id, position),
	CONSTRAINT ck_sf_selection_entry_step_left_has_its_reason CHECK ((to_state = 'left') = (why IS NOT NULL)),
	CONSTRAINT ck_sf_selection_entry_step_override_has_its_reason CHECK (NOT is_override OR reason <> ''),
	CONSTRAINT ck_sf_selection_entry_step_entry_whole CHECK (typeof(entry) = 'integer'),
	CONSTRAINT ck_sf_selection_entry_step_entry_least CHECK (entry >= 1),
	CONSTRAINT ck_sf_selection_entry_step_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_selection_entry_step_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_selection_entry_step_selection_id FOREIGN KEY(selection_id) REFERENCES sf_selection (id),
	CONSTRAINT fk_sf_selection_entry_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_sample_finding (
	selection_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	version BIGINT NOT NULL,
	head_id CHAR(32),
	finding VARCHAR(8) NOT NULL CONSTRAINT ck_sf_sample_finding_finding_known CHECK (finding IN ('verified', 'differs')),
	difference VARCHAR(9) CONSTRAINT ck_sf_sample_finding_difference_known CHECK (difference IN ('income', 'score', 'members', 'place', 'not_found', 'other')),
	note BLOB,
	reason VARCHAR(300) NOT NULL,
	found_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_sample_finding PRIMARY KEY (selection_id, position, version),
	CONSTRAINT fk_sf_sample_finding_selection_id_position FOREIGN KEY(selection_id, position) REFERENCES sf_sampled_household (selection_id, position),
	CONSTRAINT ck_sf_sample_finding_differs_in_something CHECK ((finding = 'differs') = (difference IS NOT NULL)),
	CONSTRAINT ck_sf_sample_finding_correction_has_reason CHECK (version = 1 OR reason <> ''),
	CONSTRAINT ck_sf_sample_finding_note_has_its_key CHECK (note IS NULL OR head_id IS NOT NULL),
	CONSTRAINT ck_sf_sample_finding_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_sample_finding_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_sample_finding_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_sample_finding_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_sample_finding_note_sealed CHECK (note IS NULL OR (typeof(note) = 'blob' AND hex(substr(note, 1, 1)) = '01')),
	CONSTRAINT fk_sf_sample_finding_selection_id FOREIGN KEY(selection_id) REFERENCES sf_selection (id),
	CONSTRAINT fk_sf_sample_finding_head_id FOREIGN KEY(head_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_sample_finding_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_sample_finding_head_id ON sf_sample_finding (head_id)
