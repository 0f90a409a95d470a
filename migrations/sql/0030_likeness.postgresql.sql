CREATE TABLE sf_likely_pair (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	participant_a UUID NOT NULL,
	participant_b UUID NOT NULL,
	score BIGINT NOT NULL,
	reasons TEXT NOT NULL,
	method VARCHAR(20) NOT NULL,
	state VARCHAR(16) NOT NULL CONSTRAINT ck_sf_likely_pair_state_known CHECK (state IN ('waiting', 'put_off', 'different_people', 'same_person', 'erased')),
	proposed_by UUID NOT NULL,
	proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_likely_pair PRIMARY KEY (id),
	CONSTRAINT uq_sf_likely_pair_participant_a_participant_b UNIQUE (participant_a, participant_b),
	CONSTRAINT ck_sf_likely_pair_ordered_pair CHECK (participant_a < participant_b),
	CONSTRAINT ck_sf_likely_pair_score_most CHECK (score <= 10000),
	CONSTRAINT ck_sf_likely_pair_score_least CHECK (score >= 0),
	CONSTRAINT fk_sf_likely_pair_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_likely_pair_participant_a FOREIGN KEY(participant_a) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_likely_pair_participant_b FOREIGN KEY(participant_b) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_likely_pair_proposed_by FOREIGN KEY(proposed_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_likely_pair_participant_b ON sf_likely_pair (participant_b);

CREATE INDEX ix_sf_likely_pair_programme_id ON sf_likely_pair (programme_id);

CREATE TABLE sf_likely_pair_decision (
	pair_id UUID NOT NULL,
	position BIGINT NOT NULL,
	decision VARCHAR(16) NOT NULL CONSTRAINT ck_sf_likely_pair_decision_decision_known CHECK (decision IN ('put_off', 'different_people', 'same_person')),
	leading_id UUID,
	reason BYTEA NOT NULL,
	entered_by UUID NOT NULL,
	decided_by UUID NOT NULL,
	decided_on DATE NOT NULL,
	decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_likely_pair_decision PRIMARY KEY (pair_id, position),
	CONSTRAINT ck_sf_likely_pair_decision_maker_is_not_checker CHECK (decided_by <> entered_by),
	CONSTRAINT ck_sf_likely_pair_decision_one_leads CHECK ((decision = 'same_person') = (leading_id IS NOT NULL)),
	CONSTRAINT ck_sf_likely_pair_decision_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_likely_pair_decision_reason_sealed CHECK (get_byte(reason, 0) = 1),
	CONSTRAINT fk_sf_likely_pair_decision_pair_id FOREIGN KEY(pair_id) REFERENCES sf_likely_pair (id),
	CONSTRAINT fk_sf_likely_pair_decision_leading_id FOREIGN KEY(leading_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_likely_pair_decision_entered_by FOREIGN KEY(entered_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_likely_pair_decision_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_merged_household (
	id UUID NOT NULL,
	pair_id UUID NOT NULL,
	household_id UUID NOT NULL,
	leading_id UUID NOT NULL,
	from_day DATE NOT NULL,
	until_day DATE,
	CONSTRAINT pk_sf_merged_household PRIMARY KEY (id),
	CONSTRAINT ck_sf_merged_household_two_households CHECK (household_id <> leading_id),
	CONSTRAINT ck_sf_merged_household_until_after_from CHECK (until_day IS NULL OR until_day >= from_day),
	CONSTRAINT fk_sf_merged_household_pair_id FOREIGN KEY(pair_id) REFERENCES sf_likely_pair (id),
	CONSTRAINT fk_sf_merged_household_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_merged_household_leading_id FOREIGN KEY(leading_id) REFERENCES sf_household (id)
);

CREATE INDEX ix_sf_merged_household_leading_id ON sf_merged_household (leading_id);

CREATE INDEX ix_sf_merged_household_pair_id ON sf_merged_household (pair_id);

CREATE UNIQUE INDEX uq_sf_merged_household_current ON sf_merged_household (household_id) WHERE until_day IS NULL;

CREATE TABLE sf_merged_participant (
	id UUID NOT NULL,
	pair_id UUID NOT NULL,
	participant_id UUID NOT NULL,
	leading_id UUID NOT NULL,
	from_day DATE NOT NULL,
	until_day DATE,
	CONSTRAINT pk_sf_merged_participant PRIMARY KEY (id),
	CONSTRAINT ck_sf_merged_participant_two_records CHECK (participant_id <> leading_id),
	CONSTRAINT ck_sf_merged_participant_until_after_from CHECK (until_day IS NULL OR until_day >= from_day),
	CONSTRAINT fk_sf_merged_participant_pair_id FOREIGN KEY(pair_id) REFERENCES sf_likely_pair (id),
	CONSTRAINT fk_sf_merged_participant_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_merged_participant_leading_id FOREIGN KEY(leading_id) REFERENCES sf_participant (id)
);

CREATE INDEX ix_sf_merged_participant_leading_id ON sf_merged_participant (leading_id);

CREATE INDEX ix_sf_merged_participant_pair_id ON sf_merged_participant (pair_id);

CREATE UNIQUE INDEX uq_sf_merged_participant_current ON sf_merged_participant (participant_id) WHERE until_day IS NULL
