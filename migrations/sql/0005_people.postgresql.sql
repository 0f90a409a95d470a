CREATE TABLE sf_household (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	country VARCHAR(2) NOT NULL,
	community VARCHAR(120) NOT NULL,
	locality VARCHAR(30) NOT NULL,
	phase VARCHAR(60) NOT NULL,
	state VARCHAR(6) NOT NULL CONSTRAINT ck_sf_household_state_known CHECK (state IN ('active', 'left', 'closed')),
	registered_on DATE NOT NULL,
	registered_by UUID NOT NULL,
	CONSTRAINT pk_sf_household PRIMARY KEY (id),
	CONSTRAINT uq_sf_household_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT fk_sf_household_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_household_registered_by FOREIGN KEY(registered_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_household_programme_id ON sf_household (programme_id);

CREATE TABLE sf_participant (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	sex VARCHAR(13) NOT NULL CONSTRAINT ck_sf_participant_sex_known CHECK (sex IN ('female', 'male', 'other', 'not_answered', 'not_collected')),
	age_source VARCHAR(9) CONSTRAINT ck_sf_participant_age_source_known CHECK (age_source IN ('document', 'declared', 'estimated')),
	birth_date DATE,
	birth_year BIGINT,
	birth_age BIGINT,
	birth_asked_on DATE,
	population_group VARCHAR(20) NOT NULL CONSTRAINT ck_sf_participant_population_group_known CHECK (population_group IN ('refugee', 'asylum_seeker', 'migrant', 'returnee', 'stateless', 'internally_displaced', 'host', 'not_collected')),
	nationality VARCHAR(2),
	legal_status VARCHAR(20) CONSTRAINT ck_sf_participant_legal_status_known CHECK (legal_status IN ('national', 'recognised_refugee', 'asylum_applicant', 'recognised_stateless', 'permanent_residence', 'temporary_residence', 'irregular', 'other', 'not_answered', 'not_collected')),
	language VARCHAR(8),
	disability VARCHAR(13) CONSTRAINT ck_sf_participant_disability_known CHECK (disability IN ('yes', 'no', 'not_collected')),
	disability_answers TEXT,
	is_restricted BOOLEAN NOT NULL,
	registered_on DATE NOT NULL,
	registered_by UUID NOT NULL,
	erased_at TIMESTAMP WITH TIME ZONE,
	erasure_ground VARCHAR(18) CONSTRAINT ck_sf_participant_erasure_ground_known CHECK (erasure_ground IN ('retention_ended', 'requested', 'entered_by_mistake')),
	CONSTRAINT pk_sf_participant PRIMARY KEY (id),
	CONSTRAINT uq_sf_participant_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_participant_birth_in_one_way CHECK ((birth_date IS NOT NULL AND birth_year IS NULL AND birth_age IS NULL) OR (birth_date IS NULL AND (birth_year IS NULL OR birth_age IS NULL))),
	CONSTRAINT ck_sf_participant_age_has_its_day CHECK ((birth_age IS NULL) = (birth_asked_on IS NULL)),
	CONSTRAINT ck_sf_participant_birth_age_most CHECK (birth_age <= 120),
	CONSTRAINT ck_sf_participant_birth_has_its_source CHECK ((age_source IS NULL) = (birth_date IS NULL AND birth_year IS NULL AND birth_age IS NULL)),
	CONSTRAINT ck_sf_participant_erasure_has_its_ground CHECK ((erased_at IS NULL) = (erasure_ground IS NULL)),
	CONSTRAINT ck_sf_participant_birth_year_least CHECK (birth_year >= 0),
	CONSTRAINT ck_sf_participant_birth_age_least CHECK (birth_age >= 0),
	CONSTRAINT fk_sf_participant_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_participant_registered_by FOREIGN KEY(registered_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_participant_programme_id ON sf_participant (programme_id);

CREATE TABLE sf_consent (
	id UUID NOT NULL,
	participant_id UUID NOT NULL,
	purpose VARCHAR(12) NOT NULL CONSTRAINT ck_sf_consent_purpose_known CHECK (purpose IN ('registration', 'bank', 'partners', 'contact', 'photos')),
	is_given BOOLEAN NOT NULL,
	language VARCHAR(8) NOT NULL,
	method VARCHAR(10) NOT NULL CONSTRAINT ck_sf_consent_method_known CHECK (method IN ('signature', 'thumbprint', 'verbal', 'electronic')),
	wording VARCHAR(60) NOT NULL,
	by_guardian BOOLEAN NOT NULL,
	happened_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_consent PRIMARY KEY (id),
	CONSTRAINT fk_sf_consent_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_consent_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_consent_participant_id ON sf_consent (participant_id);

CREATE TABLE sf_duplicate_flag (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	kind VARCHAR(8) NOT NULL CONSTRAINT ck_sf_duplicate_flag_kind_known CHECK (kind IN ('document', 'account')),
	digest VARCHAR(64),
	household_a UUID NOT NULL,
	participant_a UUID NOT NULL,
	household_b UUID NOT NULL,
	participant_b UUID NOT NULL,
	state VARCHAR(7) NOT NULL CONSTRAINT ck_sf_duplicate_flag_state_known CHECK (state IN ('open', 'decided')),
	flagged_by UUID NOT NULL,
	flagged_at TIMESTAMP WITH TIME ZONE NOT NULL,
	decision VARCHAR(16) CONSTRAINT ck_sf_duplicate_flag_decision_known CHECK (decision IN ('different_people', 'shared_account', 'entry_mistake', 'same_person')),
	excluded_household UUID,
	reason BYTEA,
	decided_by UUID,
	decided_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_sf_duplicate_flag PRIMARY KEY (id),
	CONSTRAINT uq_sf_duplicate_flag_household_a_household_b_kind_digest UNIQUE (household_a, household_b, kind, digest),
	CONSTRAINT ck_sf_duplicate_flag_ordered_pair CHECK (household_a < household_b),
	CONSTRAINT ck_sf_duplicate_flag_maker_is_not_checker CHECK (decided_by IS NULL OR decided_by <> flagged_by),
	CONSTRAINT ck_sf_duplicate_flag_decided_is_complete CHECK ((state = 'open') = (decided_by IS NULL) AND (decided_by IS NULL) = (decision IS NULL)),
	CONSTRAINT ck_sf_duplicate_flag_excluded_is_of_the_pair CHECK (excluded_household IS NULL OR excluded_household IN (household_a, household_b)),
	CONSTRAINT ck_sf_duplicate_flag_reason_sealed CHECK (reason IS NULL OR get_byte(reason, 0) = 1),
	CONSTRAINT fk_sf_duplicate_flag_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_duplicate_flag_household_a FOREIGN KEY(household_a) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_duplicate_flag_participant_a FOREIGN KEY(participant_a) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_duplicate_flag_household_b FOREIGN KEY(household_b) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_duplicate_flag_participant_b FOREIGN KEY(participant_b) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_duplicate_flag_flagged_by FOREIGN KEY(flagged_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_duplicate_flag_excluded_household FOREIGN KEY(excluded_household) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_duplicate_flag_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_duplicate_flag_household_a ON sf_duplicate_flag (household_a);

CREATE INDEX ix_sf_duplicate_flag_household_b ON sf_duplicate_flag (household_b);

CREATE INDEX ix_sf_duplicate_flag_participant_a ON sf_duplicate_flag (participant_a);

CREATE INDEX ix_sf_duplicate_flag_participant_b ON sf_duplicate_flag (participant_b);

CREATE INDEX ix_sf_duplicate_flag_programme_id ON sf_duplicate_flag (programme_id);

CREATE TABLE sf_household_member (
	id UUID NOT NULL,
	household_id UUID NOT NULL,
	participant_id UUID NOT NULL,
	relationship VARCHAR(17) NOT NULL CONSTRAINT ck_sf_household_member_relationship_known CHECK (relationship IN ('head', 'spouse_or_partner', 'child', 'stepchild', 'foster_child', 'grandchild', 'nephew_or_niece', 'sibling', 'parent', 'grandparent', 'other_relative', 'not_related')),
	is_dependant BOOLEAN NOT NULL,
	from_day DATE NOT NULL,
	until_day DATE,
	CONSTRAINT pk_sf_household_member PRIMARY KEY (id),
	CONSTRAINT ck_sf_household_member_until_after_from CHECK (until_day IS NULL OR until_day >= from_day),
	CONSTRAINT fk_sf_household_member_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_household_member_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id)
);

CREATE INDEX ix_sf_household_member_household_id ON sf_household_member (household_id);

CREATE INDEX ix_sf_household_member_participant_id ON sf_household_member (participant_id);

CREATE UNIQUE INDEX uq_sf_household_member_current ON sf_household_member (participant_id) WHERE until_day IS NULL;

CREATE UNIQUE INDEX uq_sf_household_member_head ON sf_household_member (household_id) WHERE relationship = 'head' AND until_day IS NULL;

CREATE TABLE sf_identity_document (
	id UUID NOT NULL,
	participant_id UUID NOT NULL,
	kind VARCHAR(18) NOT NULL CONSTRAINT ck_sf_identity_document_kind_known CHECK (kind IN ('national_id', 'passport', 'refugee_card', 'asylum_certificate', 'residence_permit', 'humanitarian_visa', 'unhcr_number', 'birth_certificate', 'driving_licence', 'electoral_card', 'tax_id', 'foreign_id', 'other', 'none')),
	country VARCHAR(2) NOT NULL,
	number BYTEA,
	warnings TEXT NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_identity_document PRIMARY KEY (id),
	CONSTRAINT ck_sf_identity_document_number_unless_none CHECK ((kind = 'none') = (number IS NULL)),
	CONSTRAINT ck_sf_identity_document_number_sealed CHECK (number IS NULL OR get_byte(number, 0) = 1),
	CONSTRAINT fk_sf_identity_document_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_identity_document_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_identity_document_participant_id ON sf_identity_document (participant_id);

CREATE TABLE sf_identity_index (
	participant_id UUID NOT NULL,
	kind VARCHAR(10) NOT NULL,
	digest VARCHAR(64) NOT NULL,
	CONSTRAINT pk_sf_identity_index PRIMARY KEY (participant_id, kind, digest),
	CONSTRAINT fk_sf_identity_index_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id)
);

CREATE INDEX ix_sf_identity_index_digest ON sf_identity_index (digest);

CREATE TABLE sf_identity_sheet (
	id UUID NOT NULL,
	participant_id UUID NOT NULL,
	version BIGINT NOT NULL,
	content BYTEA NOT NULL,
	filled TEXT NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_identity_sheet PRIMARY KEY (id),
	CONSTRAINT uq_sf_identity_sheet_participant_id_version UNIQUE (participant_id, version),
	CONSTRAINT ck_sf_identity_sheet_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_identity_sheet_content_sealed CHECK (get_byte(content, 0) = 1),
	CONSTRAINT fk_sf_identity_sheet_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_identity_sheet_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_participation (
	id UUID NOT NULL,
	participant_id UUID NOT NULL,
	state VARCHAR(10) NOT NULL CONSTRAINT ck_sf_participation_state_known CHECK (state IN ('identified', 'enrolled', 'active', 'graduated', 'completed', 'exited')),
	reason VARCHAR(18) CONSTRAINT ck_sf_participation_reason_known CHECK (reason IN ('dropped_out', 'withdrawn', 'relocated', 'returned', 'resettled', 'deceased', 'excluded_duplicate', 'excluded_fraud', 'not_contacted', 'declined')),
	began_on DATE NOT NULL,
	ended_on DATE,
	CONSTRAINT pk_sf_participation PRIMARY KEY (id),
	CONSTRAINT ck_sf_participation_ended_after_began CHECK (ended_on IS NULL OR ended_on >= began_on),
	CONSTRAINT fk_sf_participation_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id)
);

CREATE INDEX ix_sf_participation_participant_id ON sf_participation (participant_id);

CREATE UNIQUE INDEX uq_sf_participation_current ON sf_participation (participant_id) WHERE ended_on IS NULL;

CREATE TABLE sf_payout_account (
	id UUID NOT NULL,
	participant_id UUID NOT NULL,
	method VARCHAR(12) NOT NULL CONSTRAINT ck_sf_payout_account_method_known CHECK (method IN ('bank', 'mobile_money', 'prepaid_card')),
	institution VARCHAR(120) NOT NULL,
	number BYTEA NOT NULL,
	holder BYTEA,
	state VARCHAR(8) NOT NULL CONSTRAINT ck_sf_payout_account_state_known CHECK (state IN ('proposed', 'verified', 'retired')),
	proposed_by UUID NOT NULL,
	proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	verified_by UUID,
	verified_at TIMESTAMP WITH TIME ZONE,
	usable_from TIMESTAMP WITH TIME ZONE,
	retired_by UUID,
	retired_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_sf_payout_account PRIMARY KEY (id),
	CONSTRAINT ck_sf_payout_account_maker_is_not_checker CHECK (verified_by IS NULL OR verified_by <> proposed_by),
	CONSTRAINT ck_sf_payout_account_verified_is_complete CHECK ((verified_by IS NULL) = (usable_from IS NULL) AND (state <> 'verified' OR verified_by IS NOT NULL)),
	CONSTRAINT ck_sf_payout_account_number_sealed CHECK (get_byte(number, 0) = 1),
	CONSTRAINT ck_sf_payout_account_holder_sealed CHECK (holder IS NULL OR get_byte(holder, 0) = 1),
	CONSTRAINT fk_sf_payout_account_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_payout_account_proposed_by FOREIGN KEY(proposed_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_payout_account_verified_by FOREIGN KEY(verified_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_payout_account_retired_by FOREIGN KEY(retired_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_payout_account_participant_id ON sf_payout_account (participant_id);

CREATE TABLE sf_participation_step (
	participation_id UUID NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(10) CONSTRAINT ck_sf_participation_step_from_state_known CHECK (from_state IN ('identified', 'enrolled', 'active', 'graduated', 'completed', 'exited')),
	to_state VARCHAR(10) NOT NULL CONSTRAINT ck_sf_participation_step_to_state_known CHECK (to_state IN ('identified', 'enrolled', 'active', 'graduated', 'completed', 'exited')),
	reason VARCHAR(18) CONSTRAINT ck_sf_participation_step_reason_known CHECK (reason IN ('dropped_out', 'withdrawn', 'relocated', 'returned', 'resettled', 'deceased', 'excluded_duplicate', 'excluded_fraud', 'not_contacted', 'declined')),
	happened_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_participation_step PRIMARY KEY (participation_id, position),
	CONSTRAINT ck_sf_participation_step_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_participation_step_participation_id FOREIGN KEY(participation_id) REFERENCES sf_participation (id),
	CONSTRAINT fk_sf_participation_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
)
