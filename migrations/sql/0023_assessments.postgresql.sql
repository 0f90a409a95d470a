CREATE TABLE sf_household_plan (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	household_id UUID NOT NULL,
	participant_id UUID NOT NULL,
	state VARCHAR(6) NOT NULL CONSTRAINT ck_sf_household_plan_state_known CHECK (state IN ('open', 'closed')),
	opened_on DATE NOT NULL,
	closed_on DATE,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_household_plan PRIMARY KEY (id),
	CONSTRAINT uq_sf_household_plan_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT fk_sf_household_plan_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_household_plan_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_household_plan_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_household_plan_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_household_plan_household_id ON sf_household_plan (household_id);

CREATE INDEX ix_sf_household_plan_participant_id ON sf_household_plan (participant_id);

CREATE UNIQUE INDEX uq_sf_household_plan_open ON sf_household_plan (household_id) WHERE state = 'open';

CREATE TABLE sf_yardstick (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	kind VARCHAR(10) NOT NULL CONSTRAINT ck_sf_yardstick_kind_known CHECK (kind IN ('instrument', 'graduation')),
	code VARCHAR(40) NOT NULL,
	version BIGINT NOT NULL,
	content TEXT NOT NULL,
	content_hash VARCHAR(64) NOT NULL,
	effective_from DATE NOT NULL,
	proposal_id UUID NOT NULL,
	proposed_by UUID NOT NULL,
	approved_by UUID NOT NULL,
	CONSTRAINT pk_sf_yardstick PRIMARY KEY (id),
	CONSTRAINT uq_sf_yardstick_programme_id_kind_code_version UNIQUE (programme_id, kind, code, version),
	CONSTRAINT uq_sf_yardstick_proposal_id UNIQUE (proposal_id),
	CONSTRAINT ck_sf_yardstick_two_hands CHECK (approved_by <> proposed_by),
	CONSTRAINT fk_sf_yardstick_proposal_id_proposed_by FOREIGN KEY(proposal_id, proposed_by) REFERENCES sf_proposal (id, proposed_by),
	CONSTRAINT ck_sf_yardstick_version_least CHECK (version >= 1),
	CONSTRAINT fk_sf_yardstick_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_yardstick_proposal_id FOREIGN KEY(proposal_id) REFERENCES sf_proposal (id),
	CONSTRAINT fk_sf_yardstick_proposed_by FOREIGN KEY(proposed_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_yardstick_approved_by FOREIGN KEY(approved_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_assessment (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	version BIGINT NOT NULL,
	household_id UUID NOT NULL,
	participant_id UUID NOT NULL,
	yardstick_id UUID NOT NULL,
	taken_on DATE NOT NULL,
	answers BYTEA NOT NULL,
	note BYTEA,
	basis_points BIGINT,
	unanswered BIGINT NOT NULL,
	correction VARCHAR(300),
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_assessment PRIMARY KEY (id),
	CONSTRAINT uq_sf_assessment_programme_id_number_version UNIQUE (programme_id, number, version),
	CONSTRAINT ck_sf_assessment_correction_has_its_reason CHECK ((version = 1) = (correction IS NULL)),
	CONSTRAINT ck_sf_assessment_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_assessment_answers_sealed CHECK (get_byte(answers, 0) = 1),
	CONSTRAINT ck_sf_assessment_note_sealed CHECK (note IS NULL OR get_byte(note, 0) = 1),
	CONSTRAINT ck_sf_assessment_basis_points_least CHECK (basis_points >= 0),
	CONSTRAINT ck_sf_assessment_unanswered_least CHECK (unanswered >= 0),
	CONSTRAINT fk_sf_assessment_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_assessment_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_assessment_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_assessment_yardstick_id FOREIGN KEY(yardstick_id) REFERENCES sf_yardstick (id),
	CONSTRAINT fk_sf_assessment_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_assessment_household_id ON sf_assessment (household_id);

CREATE INDEX ix_sf_assessment_participant_id ON sf_assessment (participant_id);

CREATE INDEX ix_sf_assessment_yardstick_id ON sf_assessment (yardstick_id);

CREATE TABLE sf_household_goal (
	id UUID NOT NULL,
	plan_id UUID NOT NULL,
	position BIGINT NOT NULL,
	dimension VARCHAR(26) NOT NULL CONSTRAINT ck_sf_household_goal_dimension_known CHECK (dimension IN ('identification', 'education_and_child_labour', 'health', 'economic_inclusion', 'family_dynamics')),
	words BYTEA NOT NULL,
	due_on DATE NOT NULL,
	state VARCHAR(12) NOT NULL CONSTRAINT ck_sf_household_goal_state_known CHECK (state IN ('open', 'achieved', 'not_achieved', 'dropped')),
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_household_goal PRIMARY KEY (id),
	CONSTRAINT uq_sf_household_goal_plan_id_position UNIQUE (plan_id, position),
	CONSTRAINT ck_sf_household_goal_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_household_goal_words_sealed CHECK (get_byte(words, 0) = 1),
	CONSTRAINT fk_sf_household_goal_plan_id FOREIGN KEY(plan_id) REFERENCES sf_household_plan (id),
	CONSTRAINT fk_sf_household_goal_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_graduation (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	household_id UUID NOT NULL,
	participant_id UUID NOT NULL,
	yardstick_id UUID NOT NULL,
	assessment_id UUID NOT NULL,
	found TEXT NOT NULL,
	state VARCHAR(8) NOT NULL CONSTRAINT ck_sf_graduation_state_known CHECK (state IN ('proposed', 'approved', 'declined')),
	proposed_on DATE NOT NULL,
	proposed_by UUID NOT NULL,
	decided_on DATE,
	decided_by UUID,
	reason VARCHAR(300),
	CONSTRAINT pk_sf_graduation PRIMARY KEY (id),
	CONSTRAINT uq_sf_graduation_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_graduation_two_persons CHECK (decided_by <> proposed_by),
	CONSTRAINT ck_sf_graduation_decided_by_somebody CHECK ((state = 'proposed') = (decided_by IS NULL)),
	CONSTRAINT fk_sf_graduation_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_graduation_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_graduation_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_graduation_yardstick_id FOREIGN KEY(yardstick_id) REFERENCES sf_yardstick (id),
	CONSTRAINT fk_sf_graduation_assessment_id FOREIGN KEY(assessment_id) REFERENCES sf_assessment (id),
	CONSTRAINT fk_sf_graduation_proposed_by FOREIGN KEY(proposed_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_graduation_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_graduation_household_id ON sf_graduation (household_id);

CREATE INDEX ix_sf_graduation_participant_id ON sf_graduation (participant_id);

CREATE UNIQUE INDEX uq_sf_graduation_standing ON sf_graduation (household_id) WHERE state <> 'declined';

CREATE TABLE sf_household_goal_step (
	goal_id UUID NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(12) NOT NULL CONSTRAINT ck_sf_household_goal_step_from_state_known CHECK (from_state IN ('open', 'achieved', 'not_achieved', 'dropped')),
	to_state VARCHAR(12) NOT NULL CONSTRAINT ck_sf_household_goal_step_to_state_known CHECK (to_state IN ('open', 'achieved', 'not_achieved', 'dropped')),
	note BYTEA,
	happened_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_household_goal_step PRIMARY KEY (goal_id, position),
	CONSTRAINT ck_sf_household_goal_step_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_household_goal_step_note_sealed CHECK (note IS NULL OR get_byte(note, 0) = 1),
	CONSTRAINT fk_sf_household_goal_step_goal_id FOREIGN KEY(goal_id) REFERENCES sf_household_goal (id),
	CONSTRAINT fk_sf_household_goal_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_graduation_follow_up (
	graduation_id UUID NOT NULL,
	months BIGINT NOT NULL,
	version BIGINT NOT NULL,
	held_on DATE NOT NULL,
	standing VARCHAR(12) NOT NULL CONSTRAINT ck_sf_graduation_follow_up_standing_known CHECK (standing IN ('sustained', 'slipped_back', 'not_found')),
	note BYTEA,
	correction VARCHAR(300),
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_graduation_follow_up PRIMARY KEY (graduation_id, months, version),
	CONSTRAINT ck_sf_graduation_follow_up_correction_has_its_reason CHECK ((version = 1) = (correction IS NULL)),
	CONSTRAINT ck_sf_graduation_follow_up_months_least CHECK (months >= 1),
	CONSTRAINT ck_sf_graduation_follow_up_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_graduation_follow_up_note_sealed CHECK (note IS NULL OR get_byte(note, 0) = 1),
	CONSTRAINT fk_sf_graduation_follow_up_graduation_id FOREIGN KEY(graduation_id) REFERENCES sf_graduation (id),
	CONSTRAINT fk_sf_graduation_follow_up_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
)
