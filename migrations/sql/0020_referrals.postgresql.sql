CREATE TABLE sf_activity (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	kind VARCHAR(18) NOT NULL CONSTRAINT ck_sf_activity_kind_known CHECK (kind IN ('community', 'outreach', 'steering_committee', 'job_fair', 'other')),
	title VARCHAR(120) NOT NULL,
	topic VARCHAR(120) NOT NULL,
	locality VARCHAR(40) NOT NULL,
	planned_on DATE NOT NULL,
	state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_activity_state_known CHECK (state IN ('planned', 'held', 'cancelled')),
	CONSTRAINT pk_sf_activity PRIMARY KEY (id),
	CONSTRAINT uq_sf_activity_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT fk_sf_activity_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id)
);

CREATE TABLE sf_service (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	name VARCHAR(120) NOT NULL,
	provider VARCHAR(120) NOT NULL,
	provider_kind VARCHAR(17) NOT NULL CONSTRAINT ck_sf_service_provider_kind_known CHECK (provider_kind IN ('city', 'state', 'ngo', 'un_agency', 'social_enterprise', 'community', 'company')),
	kind VARCHAR(17) NOT NULL CONSTRAINT ck_sf_service_kind_known CHECK (kind IN ('health', 'education', 'psychosocial', 'legal', 'documentation', 'employment', 'social_protection', 'finance', 'protection', 'shelter', 'food', 'child_care', 'other')),
	locality VARCHAR(40) NOT NULL,
	place VARCHAR(120) NOT NULL,
	open_to VARCHAR(300) NOT NULL,
	state VARCHAR(6) NOT NULL CONSTRAINT ck_sf_service_state_known CHECK (state IN ('open', 'paused', 'closed')),
	CONSTRAINT pk_sf_service PRIMARY KEY (id),
	CONSTRAINT uq_sf_service_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT fk_sf_service_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id)
);

CREATE TABLE sf_activity_report (
	activity_id UUID NOT NULL,
	version BIGINT NOT NULL,
	held_on DATE NOT NULL,
	note BYTEA,
	correction VARCHAR(300),
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_activity_report PRIMARY KEY (activity_id, version),
	CONSTRAINT ck_sf_activity_report_correction_has_its_reason CHECK ((version = 1) = (correction IS NULL)),
	CONSTRAINT ck_sf_activity_report_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_activity_report_note_sealed CHECK (note IS NULL OR get_byte(note, 0) = 1),
	CONSTRAINT fk_sf_activity_report_activity_id FOREIGN KEY(activity_id) REFERENCES sf_activity (id),
	CONSTRAINT fk_sf_activity_report_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_activity_step (
	activity_id UUID NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(9) CONSTRAINT ck_sf_activity_step_from_state_known CHECK (from_state IN ('planned', 'held', 'cancelled')),
	to_state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_activity_step_to_state_known CHECK (to_state IN ('planned', 'held', 'cancelled')),
	reason VARCHAR(9) CONSTRAINT ck_sf_activity_step_reason_known CHECK (reason IN ('not_safe', 'weather', 'no_venue', 'too_few', 'postponed', 'other')),
	happened_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_activity_step PRIMARY KEY (activity_id, position),
	CONSTRAINT ck_sf_activity_step_first_comes_from_nothing CHECK ((position = 1) = (from_state IS NULL)),
	CONSTRAINT ck_sf_activity_step_cancelled_has_its_reason CHECK ((to_state = 'cancelled') = (reason IS NOT NULL)),
	CONSTRAINT ck_sf_activity_step_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_activity_step_activity_id FOREIGN KEY(activity_id) REFERENCES sf_activity (id),
	CONSTRAINT fk_sf_activity_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_service_step (
	service_id UUID NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(6) CONSTRAINT ck_sf_service_step_from_state_known CHECK (from_state IN ('open', 'paused', 'closed')),
	to_state VARCHAR(6) NOT NULL CONSTRAINT ck_sf_service_step_to_state_known CHECK (to_state IN ('open', 'paused', 'closed')),
	reason VARCHAR(300) NOT NULL,
	happened_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_service_step PRIMARY KEY (service_id, position),
	CONSTRAINT ck_sf_service_step_first_comes_from_nothing CHECK ((position = 1) = (from_state IS NULL)),
	CONSTRAINT ck_sf_service_step_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_service_step_service_id FOREIGN KEY(service_id) REFERENCES sf_service (id),
	CONSTRAINT fk_sf_service_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_vacancy (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	employer VARCHAR(120) NOT NULL,
	title VARCHAR(120) NOT NULL,
	posts BIGINT NOT NULL,
	wage_least_minor BIGINT NOT NULL,
	wage_most_minor BIGINT NOT NULL,
	currency VARCHAR(3) NOT NULL,
	wage_per VARCHAR(5) NOT NULL CONSTRAINT ck_sf_vacancy_wage_per_known CHECK (wage_per IN ('hour', 'day', 'week', 'month')),
	locality VARCHAR(40) NOT NULL,
	fair_id UUID,
	open_until DATE NOT NULL,
	state VARCHAR(6) NOT NULL CONSTRAINT ck_sf_vacancy_state_known CHECK (state IN ('open', 'filled', 'closed')),
	CONSTRAINT pk_sf_vacancy PRIMARY KEY (id),
	CONSTRAINT uq_sf_vacancy_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_vacancy_wage_is_a_range CHECK (wage_most_minor >= wage_least_minor),
	CONSTRAINT ck_sf_vacancy_posts_least CHECK (posts >= 1),
	CONSTRAINT ck_sf_vacancy_wage_least_minor_least CHECK (wage_least_minor >= 0),
	CONSTRAINT ck_sf_vacancy_wage_most_minor_least CHECK (wage_most_minor >= 0),
	CONSTRAINT fk_sf_vacancy_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_vacancy_fair_id FOREIGN KEY(fair_id) REFERENCES sf_activity (id)
);

CREATE INDEX ix_sf_vacancy_fair_id ON sf_vacancy (fair_id);

CREATE TABLE sf_activity_attendee (
	activity_id UUID NOT NULL,
	version BIGINT NOT NULL,
	position BIGINT NOT NULL,
	participant_id UUID,
	role VARCHAR(19) NOT NULL CONSTRAINT ck_sf_activity_attendee_role_known CHECK (role IN ('participant', 'community_member', 'official', 'trainer_of_trainers', 'facilitator', 'employer', 'partner_staff', 'other')),
	name BYTEA,
	organisation VARCHAR(120) NOT NULL,
	sex VARCHAR(13) NOT NULL CONSTRAINT ck_sf_activity_attendee_sex_known CHECK (sex IN ('female', 'male', 'other', 'not_answered', 'not_collected')),
	CONSTRAINT pk_sf_activity_attendee PRIMARY KEY (activity_id, version, position),
	CONSTRAINT fk_sf_activity_attendee_activity_id_version FOREIGN KEY(activity_id, version) REFERENCES sf_activity_report (activity_id, version),
	CONSTRAINT ck_sf_activity_attendee_participant_or_name CHECK ((participant_id IS NULL) <> (name IS NULL)),
	CONSTRAINT ck_sf_activity_attendee_role_fits CHECK ((role = 'participant') = (participant_id IS NOT NULL)),
	CONSTRAINT ck_sf_activity_attendee_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_activity_attendee_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_activity_attendee_name_sealed CHECK (name IS NULL OR get_byte(name, 0) = 1),
	CONSTRAINT fk_sf_activity_attendee_activity_id FOREIGN KEY(activity_id) REFERENCES sf_activity (id),
	CONSTRAINT fk_sf_activity_attendee_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id)
);

CREATE INDEX ix_sf_activity_attendee_participant_id ON sf_activity_attendee (participant_id);

CREATE TABLE sf_activity_employer (
	activity_id UUID NOT NULL,
	version BIGINT NOT NULL,
	position BIGINT NOT NULL,
	name VARCHAR(120) NOT NULL,
	posts BIGINT NOT NULL,
	CONSTRAINT pk_sf_activity_employer PRIMARY KEY (activity_id, version, position),
	CONSTRAINT fk_sf_activity_employer_activity_id_version FOREIGN KEY(activity_id, version) REFERENCES sf_activity_report (activity_id, version),
	CONSTRAINT ck_sf_activity_employer_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_activity_employer_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_activity_employer_posts_least CHECK (posts >= 0),
	CONSTRAINT fk_sf_activity_employer_activity_id FOREIGN KEY(activity_id) REFERENCES sf_activity (id)
);

CREATE TABLE sf_activity_headcount (
	activity_id UUID NOT NULL,
	version BIGINT NOT NULL,
	position BIGINT NOT NULL,
	population_group VARCHAR(20) NOT NULL CONSTRAINT ck_sf_activity_headcount_population_group_known CHECK (population_group IN ('refugee', 'asylum_seeker', 'migrant', 'returnee', 'stateless', 'internally_displaced', 'host', 'not_collected')),
	sex VARCHAR(13) NOT NULL CONSTRAINT ck_sf_activity_headcount_sex_known CHECK (sex IN ('female', 'male', 'other', 'not_answered', 'not_collected')),
	heads BIGINT NOT NULL,
	CONSTRAINT pk_sf_activity_headcount PRIMARY KEY (activity_id, version, position),
	CONSTRAINT fk_sf_activity_headcount_activity_id_version FOREIGN KEY(activity_id, version) REFERENCES sf_activity_report (activity_id, version),
	CONSTRAINT ck_sf_activity_headcount_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_activity_headcount_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_activity_headcount_heads_least CHECK (heads >= 1),
	CONSTRAINT fk_sf_activity_headcount_activity_id FOREIGN KEY(activity_id) REFERENCES sf_activity (id)
);

CREATE TABLE sf_interview (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	participant_id UUID NOT NULL,
	vacancy_id UUID,
	fair_id UUID,
	due_on DATE NOT NULL,
	state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_interview_state_known CHECK (state IN ('scheduled', 'held', 'missed', 'cancelled')),
	CONSTRAINT pk_sf_interview PRIMARY KEY (id),
	CONSTRAINT uq_sf_interview_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT fk_sf_interview_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_interview_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_interview_vacancy_id FOREIGN KEY(vacancy_id) REFERENCES sf_vacancy (id),
	CONSTRAINT fk_sf_interview_fair_id FOREIGN KEY(fair_id) REFERENCES sf_activity (id)
);

CREATE INDEX ix_sf_interview_fair_id ON sf_interview (fair_id);

CREATE INDEX ix_sf_interview_participant_id ON sf_interview (participant_id);

CREATE INDEX ix_sf_interview_vacancy_id ON sf_interview (vacancy_id);

CREATE TABLE sf_referral (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	participant_id UUID NOT NULL,
	household_id UUID,
	service_id UUID NOT NULL,
	need BYTEA NOT NULL,
	consent VARCHAR(8) NOT NULL CONSTRAINT ck_sf_referral_consent_known CHECK (consent IN ('consent', 'override')),
	override_id UUID,
	offered_on DATE NOT NULL,
	answer_by DATE NOT NULL,
	state VARCHAR(8) NOT NULL CONSTRAINT ck_sf_referral_state_known CHECK (state IN ('offered', 'accepted', 'done', 'declined', 'revoked')),
	CONSTRAINT pk_sf_referral PRIMARY KEY (id),
	CONSTRAINT uq_sf_referral_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_referral_override_is_recorded CHECK ((consent = 'override') = (override_id IS NOT NULL)),
	CONSTRAINT ck_sf_referral_answer_after_offer CHECK (answer_by >= offered_on),
	CONSTRAINT ck_sf_referral_need_sealed CHECK (get_byte(need, 0) = 1),
	CONSTRAINT fk_sf_referral_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_referral_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_referral_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_referral_service_id FOREIGN KEY(service_id) REFERENCES sf_service (id),
	CONSTRAINT fk_sf_referral_override_id FOREIGN KEY(override_id) REFERENCES sf_exception (id)
);

CREATE INDEX ix_sf_referral_household_id ON sf_referral (household_id);

CREATE INDEX ix_sf_referral_participant_id ON sf_referral (participant_id);

CREATE INDEX ix_sf_referral_service_id ON sf_referral (service_id);

CREATE TABLE sf_vacancy_step (
	vacancy_id UUID NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(6) CONSTRAINT ck_sf_vacancy_step_from_state_known CHECK (from_state IN ('open', 'filled', 'closed')),
	to_state VARCHAR(6) NOT NULL CONSTRAINT ck_sf_vacancy_step_to_state_known CHECK (to_state IN ('open', 'filled', 'closed')),
	happened_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_vacancy_step PRIMARY KEY (vacancy_id, position),
	CONSTRAINT ck_sf_vacancy_step_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_vacancy_step_vacancy_id FOREIGN KEY(vacancy_id) REFERENCES sf_vacancy (id),
	CONSTRAINT fk_sf_vacancy_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_interview_step (
	interview_id UUID NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(9) CONSTRAINT ck_sf_interview_step_from_state_known CHECK (from_state IN ('scheduled', 'held', 'missed', 'cancelled')),
	to_state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_interview_step_to_state_known CHECK (to_state IN ('scheduled', 'held', 'missed', 'cancelled')),
	result VARCHAR(13) CONSTRAINT ck_sf_interview_step_result_known CHECK (result IN ('hired', 'not_hired', 'no_answer_yet')),
	note BYTEA,
	happened_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_interview_step PRIMARY KEY (interview_id, position),
	CONSTRAINT ck_sf_interview_step_held_has_result CHECK ((to_state = 'held') = (result IS NOT NULL)),
	CONSTRAINT ck_sf_interview_step_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_interview_step_note_sealed CHECK (note IS NULL OR get_byte(note, 0) = 1),
	CONSTRAINT fk_sf_interview_step_interview_id FOREIGN KEY(interview_id) REFERENCES sf_interview (id),
	CONSTRAINT fk_sf_interview_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_placement (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	participant_id UUID NOT NULL,
	household_id UUID,
	vacancy_id UUID,
	interview_id UUID,
	kind VARCHAR(13) NOT NULL CONSTRAINT ck_sf_placement_kind_known CHECK (kind IN ('wage', 'self_employed')),
	work BYTEA NOT NULL,
	contract VARCHAR(7) CONSTRAINT ck_sf_placement_contract_known CHECK (contract IN ('written', 'verbal', 'none')),
	weekly_hours BIGINT NOT NULL,
	starts_on DATE NOT NULL,
	state VARCHAR(6) NOT NULL CONSTRAINT ck_sf_placement_state_known CHECK (state IN ('active', 'ended')),
	ended_on DATE,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_placement PRIMARY KEY (id),
	CONSTRAINT uq_sf_placement_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_placement_wage_has_contract CHECK ((kind = 'wage') = (contract IS NOT NULL)),
	CONSTRAINT ck_sf_placement_hours_of_a_week CHECK (weekly_hours <= 168),
	CONSTRAINT ck_sf_placement_ended_has_its_day CHECK ((state = 'ended') = (ended_on IS NOT NULL)),
	CONSTRAINT ck_sf_placement_work_sealed CHECK (get_byte(work, 0) = 1),
	CONSTRAINT ck_sf_placement_weekly_hours_least CHECK (weekly_hours >= 1),
	CONSTRAINT fk_sf_placement_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_placement_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_placement_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_placement_vacancy_id FOREIGN KEY(vacancy_id) REFERENCES sf_vacancy (id),
	CONSTRAINT fk_sf_placement_interview_id FOREIGN KEY(interview_id) REFERENCES sf_interview (id),
	CONSTRAINT fk_sf_placement_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_placement_household_id ON sf_placement (household_id);

CREATE INDEX ix_sf_placement_interview_id ON sf_placement (interview_id);

CREATE INDEX ix_sf_placement_participant_id ON sf_placement (participant_id);

CREATE INDEX ix_sf_placement_vacancy_id ON sf_placement (vacancy_id);

CREATE TABLE sf_referral_step (
	referral_id UUID NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(8) CONSTRAINT ck_sf_referral_step_from_state_known CHECK (from_state IN ('offered', 'accepted', 'done', 'declined', 'revoked')),
	to_state VARCHAR(8) NOT NULL CONSTRAINT ck_sf_referral_step_to_state_known CHECK (to_state IN ('offered', 'accepted', 'done', 'declined', 'revoked')),
	declined_by VARCHAR(11) CONSTRAINT ck_sf_referral_step_declined_by_known CHECK (declined_by IN ('service', 'participant')),
	barrier VARCHAR(11) CONSTRAINT ck_sf_referral_step_barrier_known CHECK (barrier IN ('status', 'document', 'money', 'information', 'distance', 'other')),
	irregularity VARCHAR(23) CONSTRAINT ck_sf_referral_step_irregularity_known CHECK (irregularity IN ('served_after_withdrawal')),
	note BYTEA,
	happened_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_referral_step PRIMARY KEY (referral_id, position),
	CONSTRAINT ck_sf_referral_step_first_comes_from_nothing CHECK ((position = 1) = (from_state IS NULL)),
	CONSTRAINT ck_sf_referral_step_declined_has_barrier CHECK ((to_state = 'declined') = (barrier IS NOT NULL)),
	CONSTRAINT ck_sf_referral_step_barrier_is_of_somebody CHECK ((barrier IS NULL) = (declined_by IS NULL)),
	CONSTRAINT ck_sf_referral_step_other_barrier_is_told CHECK (barrier <> 'other' OR note IS NOT NULL),
	CONSTRAINT ck_sf_referral_step_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_referral_step_note_sealed CHECK (note IS NULL OR get_byte(note, 0) = 1),
	CONSTRAINT fk_sf_referral_step_referral_id FOREIGN KEY(referral_id) REFERENCES sf_referral (id),
	CONSTRAINT fk_sf_referral_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_retention_check (
	placement_id UUID NOT NULL,
	position BIGINT NOT NULL,
	months BIGINT NOT NULL,
	result VARCHAR(11) NOT NULL CONSTRAINT ck_sf_retention_check_result_known CHECK (result IN ('kept', 'lost', 'not_reached')),
	reason VARCHAR(15) CONSTRAINT ck_sf_retention_check_reason_known CHECK (reason IN ('laid_off', 'resigned', 'contract_ended', 'business_closed', 'illness', 'care', 'moved_away', 'unpaid', 'other')),
	note BYTEA,
	checked_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_retention_check PRIMARY KEY (placement_id, position),
	CONSTRAINT ck_sf_retention_check_months_known CHECK (months IN (1, 3, 6)),
	CONSTRAINT ck_sf_retention_check_lost_has_its_reason CHECK ((result = 'lost') = (reason IS NOT NULL)),
	CONSTRAINT ck_sf_retention_check_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_retention_check_months_least CHECK (months >= 1),
	CONSTRAINT ck_sf_retention_check_note_sealed CHECK (note IS NULL OR get_byte(note, 0) = 1),
	CONSTRAINT fk_sf_retention_check_placement_id FOREIGN KEY(placement_id) REFERENCES sf_placement (id),
	CONSTRAINT fk_sf_retention_check_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
)
