CREATE TABLE sf_schooling (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	participant_id CHAR(32) NOT NULL,
	household_id CHAR(32),
	kind VARCHAR(14) NOT NULL CONSTRAINT ck_sf_schooling_kind_known CHECK (kind IN ('school', 'informal_class')),
	school BLOB NOT NULL,
	term VARCHAR(40) NOT NULL,
	starts_on DATE NOT NULL,
	ends_on DATE NOT NULL,
	state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_schooling_state_known CHECK (state IN ('enrolled', 'attending', 'left')),
	irregularity VARCHAR(17) CONSTRAINT ck_sf_schooling_irregularity_known CHECK (irregularity IN ('not_a_child', 'without_household', 'twice_in_term', 'after_term')),
	CONSTRAINT pk_sf_schooling PRIMARY KEY (id),
	CONSTRAINT uq_sf_schooling_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_schooling_ends_after_start CHECK (ends_on >= starts_on),
	CONSTRAINT ck_sf_schooling_school_sealed CHECK ((typeof(school) = 'blob' AND hex(substr(school, 1, 1)) = '01')),
	CONSTRAINT fk_sf_schooling_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_schooling_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_schooling_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id)
);

CREATE INDEX ix_sf_schooling_household_id ON sf_schooling (household_id);

CREATE INDEX ix_sf_schooling_participant_id ON sf_schooling (participant_id);

CREATE TABLE sf_schooling_decision (
	schooling_id CHAR(32) NOT NULL,
	is_accepted BOOLEAN NOT NULL,
	reason VARCHAR(300) NOT NULL,
	decided_on DATE NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	decided_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_schooling_decision PRIMARY KEY (schooling_id),
	CONSTRAINT ck_sf_schooling_decision_two_persons CHECK (decided_by <> recorded_by),
	CONSTRAINT fk_sf_schooling_decision_schooling_id FOREIGN KEY(schooling_id) REFERENCES sf_schooling (id),
	CONSTRAINT fk_sf_schooling_decision_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_schooling_decision_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_schooling_step (
	schooling_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(9) CONSTRAINT ck_sf_schooling_step_from_state_known CHECK (from_state IN ('enrolled', 'attending', 'left')),
	to_state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_schooling_step_to_state_known CHECK (to_state IN ('enrolled', 'attending', 'left')),
	reason VARCHAR(14) CONSTRAINT ck_sf_schooling_step_reason_known CHECK (reason IN ('term_ended', 'moved_away', 'costs', 'work', 'care', 'illness', 'discrimination', 'not_admitted', 'other')),
	proof VARCHAR(21) NOT NULL CONSTRAINT ck_sf_schooling_step_proof_known CHECK (proof IN ('enrolment_certificate', 'school_list', 'school_report', 'teacher_letter', 'attendance_register', 'declared')),
	proof_ref BLOB,
	happened_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_schooling_step PRIMARY KEY (schooling_id, position),
	CONSTRAINT ck_sf_schooling_step_left_has_its_reason CHECK ((to_state = 'left') = (reason IS NOT NULL)),
	CONSTRAINT ck_sf_schooling_step_first_comes_from_nothing CHECK ((position = 1) = (from_state IS NULL)),
	CONSTRAINT ck_sf_schooling_step_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_schooling_step_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_schooling_step_proof_ref_sealed CHECK (proof_ref IS NULL OR (typeof(proof_ref) = 'blob' AND hex(substr(proof_ref, 1, 1)) = '01')),
	CONSTRAINT fk_sf_schooling_step_schooling_id FOREIGN KEY(schooling_id) REFERENCES sf_schooling (id),
	CONSTRAINT fk_sf_schooling_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_tranche_condition_before AS SELECT * FROM sf_tranche_condition;

DROP TABLE sf_tranche_condition;

CREATE TABLE sf_tranche_condition (
	tranche_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	code VARCHAR(35) NOT NULL CONSTRAINT ck_sf_tranche_condition_code_known CHECK (code IN ('agreement_signed', 'attendance_at_least', 'account_linked', 'previous_tranche_justified_at_least', 'visit_done_since', 'quotes_filed', 'date_reached', 'evidence_on_file', 'children_enrolled', 'all_of', 'any_of')),
	params TEXT NOT NULL,
	CONSTRAINT pk_sf_tranche_condition PRIMARY KEY (tranche_id, position),
	CONSTRAINT ck_sf_tranche_condition_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_tranche_condition_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_tranche_condition_tranche_id FOREIGN KEY(tranche_id) REFERENCES sf_tranche (id)
);

INSERT INTO sf_tranche_condition (tranche_id, position, code, params) SELECT tranche_id, position, code, params FROM sf_tranche_condition_before;

DROP TABLE sf_tranche_condition_before
