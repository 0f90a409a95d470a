CREATE TABLE sf_provider (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	code VARCHAR(30) NOT NULL,
	name VARCHAR(120) NOT NULL,
	kind VARCHAR(40) NOT NULL,
	tax_id VARCHAR(30) NOT NULL,
	place VARCHAR(120) NOT NULL,
	recorded_on DATE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_provider PRIMARY KEY (id),
	CONSTRAINT uq_sf_provider_programme_id_code UNIQUE (programme_id, code),
	CONSTRAINT fk_sf_provider_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_provider_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_course (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	provider_id UUID NOT NULL,
	code VARCHAR(30) NOT NULL,
	name VARCHAR(120) NOT NULL,
	topic VARCHAR(80) NOT NULL,
	minutes BIGINT NOT NULL,
	fee_minor BIGINT NOT NULL,
	currency VARCHAR(3) NOT NULL,
	unit VARCHAR(8) NOT NULL CONSTRAINT ck_sf_course_unit_known CHECK (unit IN ('sessions', 'hours')),
	threshold_bps BIGINT NOT NULL,
	excused VARCHAR(7) NOT NULL CONSTRAINT ck_sf_course_excused_known CHECK (excused IN ('neutral', 'counted')),
	excused_most BIGINT NOT NULL,
	recorded_on DATE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_course PRIMARY KEY (id),
	CONSTRAINT uq_sf_course_programme_id_code UNIQUE (programme_id, code),
	CONSTRAINT ck_sf_course_threshold_is_a_part CHECK (threshold_bps <= 10000),
	CONSTRAINT ck_sf_course_cap_only_where_counted CHECK (excused = 'counted' OR excused_most = 0),
	CONSTRAINT ck_sf_course_minutes_least CHECK (minutes >= 1),
	CONSTRAINT ck_sf_course_fee_minor_least CHECK (fee_minor >= 0),
	CONSTRAINT ck_sf_course_threshold_bps_least CHECK (threshold_bps >= 0),
	CONSTRAINT ck_sf_course_excused_most_least CHECK (excused_most >= 0),
	CONSTRAINT fk_sf_course_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_course_provider_id FOREIGN KEY(provider_id) REFERENCES sf_provider (id),
	CONSTRAINT fk_sf_course_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_course_provider_id ON sf_course (provider_id);

CREATE TABLE sf_cohort (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	course_id UUID NOT NULL,
	place VARCHAR(120) NOT NULL,
	facilitator VARCHAR(120) NOT NULL,
	capacity BIGINT NOT NULL,
	starts_on DATE NOT NULL,
	ends_on DATE NOT NULL,
	state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_cohort_state_known CHECK (state IN ('open', 'finished', 'cancelled')),
	ended_on DATE,
	CONSTRAINT pk_sf_cohort PRIMARY KEY (id),
	CONSTRAINT uq_sf_cohort_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_cohort_ends_after_start CHECK (ends_on >= starts_on),
	CONSTRAINT ck_sf_cohort_capacity_least CHECK (capacity >= 1),
	CONSTRAINT fk_sf_cohort_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_cohort_course_id FOREIGN KEY(course_id) REFERENCES sf_course (id)
);

CREATE INDEX ix_sf_cohort_course_id ON sf_cohort (course_id);

CREATE TABLE sf_enrolment (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	cohort_id UUID NOT NULL,
	participant_id UUID NOT NULL,
	enrolled_on DATE NOT NULL,
	state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_enrolment_state_known CHECK (state IN ('enrolled', 'completed', 'withdrawn')),
	ended_on DATE,
	left_for VARCHAR(14) CONSTRAINT ck_sf_enrolment_left_for_known CHECK (left_for IN ('work', 'care', 'health', 'moved', 'transport', 'safety', 'not_interested', 'other')),
	CONSTRAINT pk_sf_enrolment PRIMARY KEY (id),
	CONSTRAINT uq_sf_enrolment_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_enrolment_end_is_dated CHECK ((state = 'enrolled') = (ended_on IS NULL)),
	CONSTRAINT ck_sf_enrolment_withdrawal_has_its_reason CHECK ((state = 'withdrawn') = (left_for IS NOT NULL)),
	CONSTRAINT ck_sf_enrolment_ended_after_enrolled CHECK (ended_on IS NULL OR ended_on >= enrolled_on),
	CONSTRAINT fk_sf_enrolment_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_enrolment_cohort_id FOREIGN KEY(cohort_id) REFERENCES sf_cohort (id),
	CONSTRAINT fk_sf_enrolment_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id)
);

CREATE INDEX ix_sf_enrolment_participant_id ON sf_enrolment (participant_id);

CREATE UNIQUE INDEX uq_sf_enrolment_current ON sf_enrolment (cohort_id, participant_id) WHERE state <> 'withdrawn';

CREATE TABLE sf_training_session (
	id UUID NOT NULL,
	cohort_id UUID NOT NULL,
	position BIGINT NOT NULL,
	kind VARCHAR(7) NOT NULL CONSTRAINT ck_sf_training_session_kind_known CHECK (kind IN ('regular', 'make_up')),
	on_day DATE NOT NULL,
	begins_at BIGINT NOT NULL,
	minutes BIGINT NOT NULL,
	place VARCHAR(120) NOT NULL,
	facilitator VARCHAR(120) NOT NULL,
	topic VARCHAR(120) NOT NULL,
	state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_training_session_state_known CHECK (state IN ('scheduled', 'held', 'cancelled')),
	held_by UUID,
	reason VARCHAR(300) NOT NULL,
	CONSTRAINT pk_sf_training_session PRIMARY KEY (id),
	CONSTRAINT uq_sf_training_session_cohort_id_position UNIQUE (cohort_id, position),
	CONSTRAINT ck_sf_training_session_begins_within_the_day CHECK (begins_at < 1440),
	CONSTRAINT ck_sf_training_session_held_has_its_hand CHECK ((state = 'held') = (held_by IS NOT NULL)),
	CONSTRAINT ck_sf_training_session_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_training_session_begins_at_least CHECK (begins_at >= 0),
	CONSTRAINT ck_sf_training_session_minutes_least CHECK (minutes >= 1),
	CONSTRAINT fk_sf_training_session_cohort_id FOREIGN KEY(cohort_id) REFERENCES sf_cohort (id),
	CONSTRAINT fk_sf_training_session_held_by FOREIGN KEY(held_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_attendance_history (
	session_id UUID NOT NULL,
	participant_id UUID NOT NULL,
	version BIGINT NOT NULL,
	mark VARCHAR(7) NOT NULL CONSTRAINT ck_sf_attendance_history_mark_known CHECK (mark IN ('present', 'late', 'absent', 'excused', 'made_up')),
	missed BIGINT NOT NULL,
	irregular VARCHAR(17) CONSTRAINT ck_sf_attendance_history_irregular_known CHECK (irregular IN ('not_enrolled', 'before_enrolment', 'after_withdrawal', 'session_cancelled')),
	marked_by UUID NOT NULL,
	marked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	reason VARCHAR(300) NOT NULL,
	changed_by UUID NOT NULL,
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_attendance_history PRIMARY KEY (session_id, participant_id, version),
	CONSTRAINT ck_sf_attendance_history_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_attendance_history_missed_least CHECK (missed >= 0),
	CONSTRAINT fk_sf_attendance_history_session_id FOREIGN KEY(session_id) REFERENCES sf_training_session (id),
	CONSTRAINT fk_sf_attendance_history_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_attendance_history_marked_by FOREIGN KEY(marked_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_attendance_history_changed_by FOREIGN KEY(changed_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_attendance_mark (
	session_id UUID NOT NULL,
	participant_id UUID NOT NULL,
	mark VARCHAR(7) NOT NULL CONSTRAINT ck_sf_attendance_mark_mark_known CHECK (mark IN ('present', 'late', 'absent', 'excused', 'made_up')),
	missed BIGINT NOT NULL,
	make_up_id UUID,
	irregular VARCHAR(17) CONSTRAINT ck_sf_attendance_mark_irregular_known CHECK (irregular IN ('not_enrolled', 'before_enrolment', 'after_withdrawal', 'session_cancelled')),
	decision VARCHAR(14) CONSTRAINT ck_sf_attendance_mark_decision_known CHECK (decision IN ('visitor', 'enrolled_since', 'mistake')),
	decided_by UUID,
	marked_by UUID NOT NULL,
	marked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	version BIGINT NOT NULL,
	CONSTRAINT pk_sf_attendance_mark PRIMARY KEY (session_id, participant_id),
	CONSTRAINT uq_sf_attendance_mark_participant_id_make_up_id UNIQUE (participant_id, make_up_id),
	CONSTRAINT ck_sf_attendance_mark_made_up_names_its_session CHECK ((mark = 'made_up') = (make_up_id IS NOT NULL)),
	CONSTRAINT ck_sf_attendance_mark_late_has_its_minutes CHECK ((mark = 'late') = (missed > 0)),
	CONSTRAINT ck_sf_attendance_mark_marker_does_not_decide CHECK (decision IS NULL OR decided_by <> marked_by),
	CONSTRAINT ck_sf_attendance_mark_decision_has_its_hand CHECK ((decision IS NULL) = (decided_by IS NULL)),
	CONSTRAINT ck_sf_attendance_mark_missed_least CHECK (missed >= 0),
	CONSTRAINT ck_sf_attendance_mark_version_least CHECK (version >= 1),
	CONSTRAINT fk_sf_attendance_mark_session_id FOREIGN KEY(session_id) REFERENCES sf_training_session (id),
	CONSTRAINT fk_sf_attendance_mark_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_attendance_mark_make_up_id FOREIGN KEY(make_up_id) REFERENCES sf_training_session (id),
	CONSTRAINT fk_sf_attendance_mark_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_attendance_mark_marked_by FOREIGN KEY(marked_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_attendance_mark_person ON sf_attendance_mark (participant_id, session_id, mark, missed, irregular);

CREATE TABLE sf_threshold_waiver (
	id UUID NOT NULL,
	enrolment_id UUID NOT NULL,
	exception_id UUID NOT NULL,
	basis_points BIGINT NOT NULL,
	reason VARCHAR(300) NOT NULL,
	waived_on DATE NOT NULL,
	waived_by UUID NOT NULL,
	CONSTRAINT pk_sf_threshold_waiver PRIMARY KEY (id),
	CONSTRAINT uq_sf_threshold_waiver_enrolment_id UNIQUE (enrolment_id),
	CONSTRAINT ck_sf_threshold_waiver_basis_points_least CHECK (basis_points >= 0),
	CONSTRAINT fk_sf_threshold_waiver_enrolment_id FOREIGN KEY(enrolment_id) REFERENCES sf_enrolment (id),
	CONSTRAINT fk_sf_threshold_waiver_exception_id FOREIGN KEY(exception_id) REFERENCES sf_exception (id),
	CONSTRAINT fk_sf_threshold_waiver_waived_by FOREIGN KEY(waived_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_certificate (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	enrolment_id UUID NOT NULL,
	minutes BIGINT NOT NULL,
	attended BIGINT NOT NULL,
	possible BIGINT NOT NULL,
	basis_points BIGINT NOT NULL,
	threshold_bps BIGINT NOT NULL,
	verification_code VARCHAR(30) NOT NULL,
	waiver_id UUID,
	issued_on DATE NOT NULL,
	issued_by UUID NOT NULL,
	CONSTRAINT pk_sf_certificate PRIMARY KEY (id),
	CONSTRAINT uq_sf_certificate_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT uq_sf_certificate_enrolment_id UNIQUE (enrolment_id),
	CONSTRAINT uq_sf_certificate_verification_code UNIQUE (verification_code),
	CONSTRAINT ck_sf_certificate_attended_of_possible CHECK (attended <= possible),
	CONSTRAINT ck_sf_certificate_below_only_if_waived CHECK (basis_points >= threshold_bps OR waiver_id IS NOT NULL),
	CONSTRAINT ck_sf_certificate_minutes_least CHECK (minutes >= 0),
	CONSTRAINT ck_sf_certificate_attended_least CHECK (attended >= 0),
	CONSTRAINT ck_sf_certificate_possible_least CHECK (possible >= 1),
	CONSTRAINT ck_sf_certificate_basis_points_least CHECK (basis_points >= 0),
	CONSTRAINT ck_sf_certificate_threshold_bps_least CHECK (threshold_bps >= 0),
	CONSTRAINT fk_sf_certificate_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_certificate_enrolment_id FOREIGN KEY(enrolment_id) REFERENCES sf_enrolment (id),
	CONSTRAINT fk_sf_certificate_waiver_id FOREIGN KEY(waiver_id) REFERENCES sf_threshold_waiver (id),
	CONSTRAINT fk_sf_certificate_issued_by FOREIGN KEY(issued_by) REFERENCES sf_actor (id)
)
