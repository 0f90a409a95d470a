CREATE TABLE sf_provider_bill (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	provider_id CHAR(32) NOT NULL,
	their_number VARCHAR(60) NOT NULL,
	currency VARCHAR(3) NOT NULL,
	total_minor BIGINT NOT NULL,
	file_sha256 VARCHAR(64) NOT NULL,
	billed_on DATE NOT NULL,
	state VARCHAR(8) NOT NULL CONSTRAINT ck_sf_provider_bill_state_known CHECK (state IN ('received', 'accepted', 'rejected')),
	recorded_on DATE NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	decided_on DATE,
	decided_by CHAR(32),
	reason VARCHAR(300) NOT NULL,
	CONSTRAINT pk_sf_provider_bill PRIMARY KEY (id),
	CONSTRAINT uq_sf_provider_bill_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_provider_bill_two_persons CHECK (decided_by IS NULL OR decided_by <> recorded_by),
	CONSTRAINT ck_sf_provider_bill_decision_has_its_hand CHECK ((state = 'received') = (decided_by IS NULL)),
	CONSTRAINT ck_sf_provider_bill_decision_is_dated CHECK ((decided_by IS NULL) = (decided_on IS NULL)),
	CONSTRAINT ck_sf_provider_bill_total_minor_whole CHECK (typeof(total_minor) = 'integer'),
	CONSTRAINT ck_sf_provider_bill_total_minor_least CHECK (total_minor >= 0),
	CONSTRAINT fk_sf_provider_bill_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_provider_bill_provider_id FOREIGN KEY(provider_id) REFERENCES sf_provider (id),
	CONSTRAINT fk_sf_provider_bill_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_provider_bill_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_provider_bill_provider_id ON sf_provider_bill (provider_id);

CREATE TABLE sf_scholarship_application (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	participant_id CHAR(32) NOT NULL,
	course_id CHAR(32) NOT NULL,
	occupation VARCHAR(120) NOT NULL,
	guardian_sha256 VARCHAR(64),
	state VARCHAR(11) NOT NULL CONSTRAINT ck_sf_scholarship_application_state_known CHECK (state IN ('received', 'interviewed', 'planned', 'awarded', 'closed')),
	applied_on DATE NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	closed_for VARCHAR(13) CONSTRAINT ck_sf_scholarship_application_closed_for_known CHECK (closed_for IN ('withdrawn', 'not_eligible', 'no_place', 'other_service', 'not_reached')),
	closed_on DATE,
	CONSTRAINT pk_sf_scholarship_application PRIMARY KEY (id),
	CONSTRAINT uq_sf_scholarship_application_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_scholarship_application_closed_has_its_reason CHECK ((state = 'closed') = (closed_for IS NOT NULL)),
	CONSTRAINT ck_sf_scholarship_application_closed_is_dated CHECK ((closed_for IS NULL) = (closed_on IS NULL)),
	CONSTRAINT fk_sf_scholarship_application_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_scholarship_application_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_scholarship_application_course_id FOREIGN KEY(course_id) REFERENCES sf_course (id),
	CONSTRAINT fk_sf_scholarship_application_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_scholarship_application_course_id ON sf_scholarship_application (course_id);

CREATE INDEX ix_sf_scholarship_application_participant_id ON sf_scholarship_application (participant_id);

CREATE UNIQUE INDEX uq_sf_scholarship_application_open ON sf_scholarship_application (participant_id) WHERE state IN ('received', 'interviewed', 'planned');

CREATE TABLE sf_employment_plan (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	application_id CHAR(32) NOT NULL,
	version BIGINT NOT NULL,
	terms TEXT NOT NULL,
	terms_hash VARCHAR(64) NOT NULL,
	cost_minor BIGINT NOT NULL,
	currency VARCHAR(3) NOT NULL,
	state VARCHAR(8) NOT NULL CONSTRAINT ck_sf_employment_plan_state_known CHECK (state IN ('prepared', 'approved', 'awarded', 'replaced')),
	prepared_on DATE NOT NULL,
	prepared_by CHAR(32) NOT NULL,
	approved_on DATE,
	approved_by CHAR(32),
	CONSTRAINT pk_sf_employment_plan PRIMARY KEY (id),
	CONSTRAINT uq_sf_employment_plan_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT uq_sf_employment_plan_application_id_version UNIQUE (application_id, version),
	CONSTRAINT ck_sf_employment_plan_two_persons CHECK (approved_by IS NULL OR approved_by <> prepared_by),
	CONSTRAINT ck_sf_employment_plan_approved_has_its_hand CHECK (state NOT IN ('approved', 'awarded') OR approved_by IS NOT NULL),
	CONSTRAINT ck_sf_employment_plan_approval_is_dated CHECK ((approved_by IS NULL) = (approved_on IS NULL)),
	CONSTRAINT ck_sf_employment_plan_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_employment_plan_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_employment_plan_cost_minor_whole CHECK (typeof(cost_minor) = 'integer'),
	CONSTRAINT ck_sf_employment_plan_cost_minor_least CHECK (cost_minor >= 1),
	CONSTRAINT fk_sf_employment_plan_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_employment_plan_application_id FOREIGN KEY(application_id) REFERENCES sf_scholarship_application (id),
	CONSTRAINT fk_sf_employment_plan_prepared_by FOREIGN KEY(prepared_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_employment_plan_approved_by FOREIGN KEY(approved_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_scholarship_interview (
	application_id CHAR(32) NOT NULL,
	version BIGINT NOT NULL,
	is_recommended BOOLEAN NOT NULL,
	is_within_income BOOLEAN NOT NULL,
	note BLOB,
	held_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	held_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_scholarship_interview PRIMARY KEY (application_id, version),
	CONSTRAINT ck_sf_scholarship_interview_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_scholarship_interview_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_scholarship_interview_note_sealed CHECK (note IS NULL OR (typeof(note) = 'blob' AND hex(substr(note, 1, 1)) = '01')),
	CONSTRAINT fk_sf_scholarship_interview_application_id FOREIGN KEY(application_id) REFERENCES sf_scholarship_application (id),
	CONSTRAINT fk_sf_scholarship_interview_held_by FOREIGN KEY(held_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_scholarship (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	application_id CHAR(32) NOT NULL,
	plan_id CHAR(32) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	participant_id CHAR(32) NOT NULL,
	provider_id CHAR(32) NOT NULL,
	state VARCHAR(11) NOT NULL CONSTRAINT ck_sf_scholarship_state_known CHECK (state IN ('awarded', 'enrolled', 'completed', 'dropped_out', 'cancelled')),
	enrolment_id CHAR(32),
	proof_sha256 VARCHAR(64),
	proven_on DATE,
	proven_by CHAR(32),
	ended_on DATE,
	ended_by CHAR(32),
	end_reason VARCHAR(200),
	CONSTRAINT pk_sf_scholarship PRIMARY KEY (id),
	CONSTRAINT uq_sf_scholarship_grant_id UNIQUE (grant_id),
	CONSTRAINT uq_sf_scholarship_plan_id UNIQUE (plan_id),
	CONSTRAINT uq_sf_scholarship_enrolment_id UNIQUE (enrolment_id),
	CONSTRAINT ck_sf_scholarship_proof_is_complete CHECK ((enrolment_id IS NULL) = (proof_sha256 IS NULL) AND (enrolment_id IS NULL) = (proven_on IS NULL)),
	CONSTRAINT ck_sf_scholarship_enrolled_has_proof CHECK (state NOT IN ('enrolled', 'completed') OR enrolment_id IS NOT NULL),
	CONSTRAINT ck_sf_scholarship_end_is_dated CHECK ((state IN ('awarded', 'enrolled')) = (ended_on IS NULL)),
	CONSTRAINT fk_sf_scholarship_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_scholarship_application_id FOREIGN KEY(application_id) REFERENCES sf_scholarship_application (id),
	CONSTRAINT fk_sf_scholarship_plan_id FOREIGN KEY(plan_id) REFERENCES sf_employment_plan (id),
	CONSTRAINT fk_sf_scholarship_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_scholarship_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_scholarship_provider_id FOREIGN KEY(provider_id) REFERENCES sf_provider (id),
	CONSTRAINT fk_sf_scholarship_enrolment_id FOREIGN KEY(enrolment_id) REFERENCES sf_enrolment (id),
	CONSTRAINT fk_sf_scholarship_proven_by FOREIGN KEY(proven_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_scholarship_ended_by FOREIGN KEY(ended_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_scholarship_application_id ON sf_scholarship (application_id);

CREATE INDEX ix_sf_scholarship_participant_id ON sf_scholarship (participant_id);

CREATE INDEX ix_sf_scholarship_programme_id ON sf_scholarship (programme_id);

CREATE INDEX ix_sf_scholarship_provider_id ON sf_scholarship (provider_id);

CREATE TABLE sf_placement_check (
	scholarship_id CHAR(32) NOT NULL,
	month BIGINT NOT NULL,
	version BIGINT NOT NULL,
	work VARCHAR(13) NOT NULL CONSTRAINT ck_sf_placement_check_work_known CHECK (work IN ('employed', 'self_employed', 'studying', 'not_working', 'unreachable')),
	is_relevant BOOLEAN NOT NULL,
	witness VARCHAR(8) NOT NULL CONSTRAINT ck_sf_placement_check_witness_known CHECK (witness IN ('trainee', 'employer', 'contract', 'visit', 'family')),
	evidence_sha256 VARCHAR(64),
	correction VARCHAR(300),
	checked_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	checked_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_placement_check PRIMARY KEY (scholarship_id, month, version),
	CONSTRAINT ck_sf_placement_check_correction_has_its_reason CHECK ((version = 1) = (correction IS NULL)),
	CONSTRAINT ck_sf_placement_check_relevant_is_work CHECK (NOT is_relevant OR work IN ('employed', 'self_employed')),
	CONSTRAINT ck_sf_placement_check_month_whole CHECK (typeof(month) = 'integer'),
	CONSTRAINT ck_sf_placement_check_month_least CHECK (month >= 1),
	CONSTRAINT ck_sf_placement_check_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_placement_check_version_least CHECK (version >= 1),
	CONSTRAINT fk_sf_placement_check_scholarship_id FOREIGN KEY(scholarship_id) REFERENCES sf_scholarship (id),
	CONSTRAINT fk_sf_placement_check_checked_by FOREIGN KEY(checked_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_provider_bill_line (
	bill_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	scholarship_id CHAR(32) NOT NULL,
	tranche_position BIGINT NOT NULL,
	amount_minor BIGINT NOT NULL,
	currency VARCHAR(3) NOT NULL,
	CONSTRAINT pk_sf_provider_bill_line PRIMARY KEY (bill_id, position),
	CONSTRAINT ck_sf_provider_bill_line_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_provider_bill_line_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_provider_bill_line_tranche_position_whole CHECK (typeof(tranche_position) = 'integer'),
	CONSTRAINT ck_sf_provider_bill_line_tranche_position_least CHECK (tranche_position >= 1),
	CONSTRAINT ck_sf_provider_bill_line_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_provider_bill_line_amount_minor_least CHECK (amount_minor >= 0),
	CONSTRAINT fk_sf_provider_bill_line_bill_id FOREIGN KEY(bill_id) REFERENCES sf_provider_bill (id),
	CONSTRAINT fk_sf_provider_bill_line_scholarship_id FOREIGN KEY(scholarship_id) REFERENCES sf_scholarship (id)
);

CREATE INDEX ix_sf_provider_bill_line_scholarship_id ON sf_provider_bill_line (scholarship_id);

CREATE TABLE sf_provider_complaint (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	provider_id CHAR(32) NOT NULL,
	kind VARCHAR(17) NOT NULL CONSTRAINT ck_sf_provider_complaint_kind_known CHECK (kind IN ('classes_not_held', 'names_not_trained', 'charged_trainees', 'mistreatment', 'quality', 'other')),
	scholarship_id CHAR(32),
	note BLOB,
	state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_provider_complaint_state_known CHECK (state IN ('open', 'upheld', 'dismissed')),
	opened_on DATE NOT NULL,
	opened_by CHAR(32) NOT NULL,
	closed_on DATE,
	closed_by CHAR(32),
	finding VARCHAR(300) NOT NULL,
	CONSTRAINT pk_sf_provider_complaint PRIMARY KEY (id),
	CONSTRAINT uq_sf_provider_complaint_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_provider_complaint_two_persons CHECK (closed_by IS NULL OR closed_by <> opened_by),
	CONSTRAINT ck_sf_provider_complaint_closed_has_its_hand CHECK ((state = 'open') = (closed_by IS NULL)),
	CONSTRAINT ck_sf_provider_complaint_closing_is_dated CHECK ((closed_by IS NULL) = (closed_on IS NULL)),
	CONSTRAINT ck_sf_provider_complaint_note_is_of_a_trainee CHECK (note IS NULL OR scholarship_id IS NOT NULL),
	CONSTRAINT ck_sf_provider_complaint_note_sealed CHECK (note IS NULL OR (typeof(note) = 'blob' AND hex(substr(note, 1, 1)) = '01')),
	CONSTRAINT fk_sf_provider_complaint_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_provider_complaint_provider_id FOREIGN KEY(provider_id) REFERENCES sf_provider (id),
	CONSTRAINT fk_sf_provider_complaint_scholarship_id FOREIGN KEY(scholarship_id) REFERENCES sf_scholarship (id),
	CONSTRAINT fk_sf_provider_complaint_opened_by FOREIGN KEY(opened_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_provider_complaint_closed_by FOREIGN KEY(closed_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_provider_complaint_provider_id ON sf_provider_complaint (provider_id);

CREATE TABLE sf_scholarship_tranche (
	scholarship_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	purpose VARCHAR(7) NOT NULL CONSTRAINT ck_sf_scholarship_tranche_purpose_known CHECK (purpose IN ('tuition', 'stipend')),
	milestone VARCHAR(13) NOT NULL CONSTRAINT ck_sf_scholarship_tranche_milestone_known CHECK (milestone IN ('enrolment', 'progress', 'certification', 'placement', 'retention', 'period')),
	threshold_bps BIGINT NOT NULL,
	amount_minor BIGINT NOT NULL,
	due_on DATE NOT NULL,
	since DATE,
	until DATE,
	CONSTRAINT pk_sf_scholarship_tranche PRIMARY KEY (scholarship_id, position),
	CONSTRAINT ck_sf_scholarship_tranche_stipend_has_its_period CHECK ((purpose = 'stipend') = (since IS NOT NULL)),
	CONSTRAINT ck_sf_scholarship_tranche_period_is_complete CHECK ((since IS NULL) = (until IS NULL)),
	CONSTRAINT ck_sf_scholarship_tranche_period_ends_after_start CHECK (until IS NULL OR until >= since),
	CONSTRAINT ck_sf_scholarship_tranche_threshold_is_a_part CHECK (threshold_bps <= 10000),
	CONSTRAINT ck_sf_scholarship_tranche_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_scholarship_tranche_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_scholarship_tranche_threshold_bps_whole CHECK (typeof(threshold_bps) = 'integer'),
	CONSTRAINT ck_sf_scholarship_tranche_threshold_bps_least CHECK (threshold_bps >= 0),
	CONSTRAINT ck_sf_scholarship_tranche_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_scholarship_tranche_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT fk_sf_scholarship_tranche_scholarship_id FOREIGN KEY(scholarship_id) REFERENCES sf_scholarship (id)
);

CREATE TABLE sf_tranche_confirmation (
	scholarship_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	version BIGINT NOT NULL,
	outcome VARCHAR(9) NOT NULL CONSTRAINT ck_sf_tranche_confirmation_outcome_known CHECK (outcome IN ('confirmed', 'refused')),
	due_minor BIGINT NOT NULL,
	overpaid_minor BIGINT NOT NULL,
	days_attended BIGINT,
	days_excused BIGINT,
	days_paid BIGINT,
	reason VARCHAR(300) NOT NULL,
	decided_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	decided_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_tranche_confirmation PRIMARY KEY (scholarship_id, position, version),
	CONSTRAINT fk_sf_tranche_confirmation_scholarship_id_position FOREIGN KEY(scholarship_id, position) REFERENCES sf_scholarship_tranche (scholarship_id, position),
	CONSTRAINT ck_sf_tranche_confirmation_refused_pays_nothing CHECK (outcome = 'confirmed' OR due_minor = 0),
	CONSTRAINT ck_sf_tranche_confirmation_correction_has_its_reason CHECK (version = 1 OR reason <> ''),
	CONSTRAINT ck_sf_tranche_confirmation_refusal_has_its_reason CHECK (outcome = 'confirmed' OR reason <> ''),
	CONSTRAINT ck_sf_tranche_confirmation_days_are_complete CHECK ((days_attended IS NULL) = (days_paid IS NULL)),
	CONSTRAINT ck_sf_tranche_confirmation_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_tranche_confirmation_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_tranche_confirmation_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_tranche_confirmation_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_tranche_confirmation_due_minor_whole CHECK (typeof(due_minor) = 'integer'),
	CONSTRAINT ck_sf_tranche_confirmation_due_minor_least CHECK (due_minor >= 0),
	CONSTRAINT ck_sf_tranche_confirmation_overpaid_minor_whole CHECK (typeof(overpaid_minor) = 'integer'),
	CONSTRAINT ck_sf_tranche_confirmation_overpaid_minor_least CHECK (overpaid_minor >= 0),
	CONSTRAINT ck_sf_tranche_confirmation_days_attended_whole CHECK (typeof(days_attended) = 'integer' OR days_attended IS NULL),
	CONSTRAINT ck_sf_tranche_confirmation_days_attended_least CHECK (days_attended >= 0),
	CONSTRAINT ck_sf_tranche_confirmation_days_excused_whole CHECK (typeof(days_excused) = 'integer' OR days_excused IS NULL),
	CONSTRAINT ck_sf_tranche_confirmation_days_excused_least CHECK (days_excused >= 0),
	CONSTRAINT ck_sf_tranche_confirmation_days_paid_whole CHECK (typeof(days_paid) = 'integer' OR days_paid IS NULL),
	CONSTRAINT ck_sf_tranche_confirmation_days_paid_least CHECK (days_paid >= 0),
	CONSTRAINT fk_sf_tranche_confirmation_scholarship_id FOREIGN KEY(scholarship_id) REFERENCES sf_scholarship (id),
	CONSTRAINT fk_sf_tranche_confirmation_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_tranche_lapse (
	id CHAR(32) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	tranche_position BIGINT NOT NULL,
	amount_minor BIGINT NOT NULL,
	reason VARCHAR(200) NOT NULL,
	entry_id CHAR(32) NOT NULL,
	entry_number VARCHAR(30) NOT NULL,
	decided_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	decided_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_tranche_lapse PRIMARY KEY (id),
	CONSTRAINT ck_sf_tranche_lapse_tranche_position_whole CHECK (typeof(tranche_position) = 'integer'),
	CONSTRAINT ck_sf_tranche_lapse_tranche_position_least CHECK (tranche_position >= 1),
	CONSTRAINT ck_sf_tranche_lapse_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_tranche_lapse_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT fk_sf_tranche_lapse_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_tranche_lapse_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_tranche_lapse_grant_id ON sf_tranche_lapse (grant_id)
