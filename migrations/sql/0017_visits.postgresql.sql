CREATE TABLE sf_visit_plan (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	participant_id UUID NOT NULL,
	household_id UUID,
	role VARCHAR(25) NOT NULL CONSTRAINT ck_sf_visit_plan_role_known CHECK (role IN ('coach', 'economic_inclusion_expert')),
	frequency VARCHAR(11) NOT NULL CONSTRAINT ck_sf_visit_plan_frequency_known CHECK (frequency IN ('weekly', 'fortnightly', 'monthly', 'quarterly')),
	rule VARCHAR(200) NOT NULL,
	starts_on DATE NOT NULL,
	until_day DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_visit_plan PRIMARY KEY (id),
	CONSTRAINT uq_sf_visit_plan_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_visit_plan_until_after_start CHECK (until_day > starts_on),
	CONSTRAINT fk_sf_visit_plan_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_visit_plan_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_visit_plan_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_visit_plan_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_visit_plan_household_id ON sf_visit_plan (household_id);

CREATE INDEX ix_sf_visit_plan_participant_id ON sf_visit_plan (participant_id);

CREATE INDEX ix_sf_visit_plan_programme_id ON sf_visit_plan (programme_id);

CREATE TABLE sf_visit (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	plan_id UUID,
	follows_id UUID,
	participant_id UUID NOT NULL,
	household_id UUID,
	role VARCHAR(25) NOT NULL CONSTRAINT ck_sf_visit_role_known CHECK (role IN ('coach', 'economic_inclusion_expert')),
	due_on DATE,
	state VARCHAR(11) NOT NULL CONSTRAINT ck_sf_visit_state_known CHECK (state IN ('planned', 'missed', 'held', 'rescheduled', 'cancelled')),
	CONSTRAINT pk_sf_visit PRIMARY KEY (id),
	CONSTRAINT uq_sf_visit_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_visit_planned_has_its_day CHECK (plan_id IS NULL OR due_on IS NOT NULL),
	CONSTRAINT ck_sf_visit_owed_has_its_day CHECK (state = 'held' OR due_on IS NOT NULL),
	CONSTRAINT fk_sf_visit_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_visit_plan_id FOREIGN KEY(plan_id) REFERENCES sf_visit_plan (id),
	CONSTRAINT fk_sf_visit_follows_id FOREIGN KEY(follows_id) REFERENCES sf_visit (id),
	CONSTRAINT fk_sf_visit_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_visit_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id)
);

CREATE INDEX ix_sf_visit_due ON sf_visit (programme_id, state, due_on);

CREATE INDEX ix_sf_visit_follows_id ON sf_visit (follows_id);

CREATE INDEX ix_sf_visit_household_id ON sf_visit (household_id);

CREATE INDEX ix_sf_visit_participant_id ON sf_visit (participant_id);

CREATE INDEX ix_sf_visit_plan_id ON sf_visit (plan_id);

CREATE TABLE sf_visit_decision (
	visit_id UUID NOT NULL,
	is_accepted BOOLEAN NOT NULL,
	reason VARCHAR(300) NOT NULL,
	decided_on DATE NOT NULL,
	recorded_by UUID NOT NULL,
	decided_by UUID NOT NULL,
	CONSTRAINT pk_sf_visit_decision PRIMARY KEY (visit_id),
	CONSTRAINT ck_sf_visit_decision_two_persons CHECK (decided_by <> recorded_by),
	CONSTRAINT fk_sf_visit_decision_visit_id FOREIGN KEY(visit_id) REFERENCES sf_visit (id),
	CONSTRAINT fk_sf_visit_decision_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_visit_decision_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_visit_report (
	visit_id UUID NOT NULL,
	version BIGINT NOT NULL,
	held_on DATE NOT NULL,
	mode VARCHAR(6) NOT NULL CONSTRAINT ck_sf_visit_report_mode_known CHECK (mode IN ('home', 'office', 'phone')),
	dimensions TEXT NOT NULL,
	findings BYTEA NOT NULL,
	actions BYTEA,
	next_on DATE,
	is_operating BOOLEAN,
	irregularity VARCHAR(14) CONSTRAINT ck_sf_visit_report_irregularity_known CHECK (irregularity IN ('already_closed', 'other_role', 'twice_on_a_day')),
	correction VARCHAR(300),
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_visit_report PRIMARY KEY (visit_id, version),
	CONSTRAINT ck_sf_visit_report_correction_has_its_reason CHECK ((version = 1) = (correction IS NULL)),
	CONSTRAINT ck_sf_visit_report_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_visit_report_findings_sealed CHECK (get_byte(findings, 0) = 1),
	CONSTRAINT ck_sf_visit_report_actions_sealed CHECK (actions IS NULL OR get_byte(actions, 0) = 1),
	CONSTRAINT fk_sf_visit_report_visit_id FOREIGN KEY(visit_id) REFERENCES sf_visit (id),
	CONSTRAINT fk_sf_visit_report_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_visit_step (
	visit_id UUID NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(11) NOT NULL CONSTRAINT ck_sf_visit_step_from_state_known CHECK (from_state IN ('planned', 'missed', 'held', 'rescheduled', 'cancelled')),
	to_state VARCHAR(11) NOT NULL CONSTRAINT ck_sf_visit_step_to_state_known CHECK (to_state IN ('planned', 'missed', 'held', 'rescheduled', 'cancelled')),
	reason VARCHAR(15) CONSTRAINT ck_sf_visit_step_reason_known CHECK (reason IN ('nobody_there', 'household_asked', 'staff_absent', 'not_safe', 'moved_away', 'other')),
	happened_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_visit_step PRIMARY KEY (visit_id, position),
	CONSTRAINT ck_sf_visit_step_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_visit_step_visit_id FOREIGN KEY(visit_id) REFERENCES sf_visit (id),
	CONSTRAINT fk_sf_visit_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
)
