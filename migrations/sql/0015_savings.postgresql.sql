CREATE TABLE sf_savings_group (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	name VARCHAR(120) NOT NULL,
	locality VARCHAR(30) NOT NULL,
	currency VARCHAR(3) NOT NULL,
	formed_on DATE NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_savings_group PRIMARY KEY (id),
	CONSTRAINT uq_sf_savings_group_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT fk_sf_savings_group_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_savings_group_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_savings_group_programme_id ON sf_savings_group (programme_id);

CREATE TABLE sf_savings_cycle (
	id UUID NOT NULL,
	group_id UUID NOT NULL,
	position BIGINT NOT NULL,
	share_minor BIGINT NOT NULL,
	shares_most BIGINT NOT NULL,
	state VARCHAR(10) NOT NULL CONSTRAINT ck_sf_savings_cycle_state_known CHECK (state IN ('open', 'shared_out', 'dissolved')),
	began_on DATE NOT NULL,
	ended_on DATE,
	CONSTRAINT pk_sf_savings_cycle PRIMARY KEY (id),
	CONSTRAINT uq_sf_savings_cycle_group_id_position UNIQUE (group_id, position),
	CONSTRAINT ck_sf_savings_cycle_ended_has_its_day CHECK ((state = 'open') = (ended_on IS NULL)),
	CONSTRAINT ck_sf_savings_cycle_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_savings_cycle_share_minor_least CHECK (share_minor >= 1),
	CONSTRAINT ck_sf_savings_cycle_shares_most_least CHECK (shares_most >= 1),
	CONSTRAINT fk_sf_savings_cycle_group_id FOREIGN KEY(group_id) REFERENCES sf_savings_group (id)
);

CREATE TABLE sf_savings_member (
	group_id UUID NOT NULL,
	position BIGINT NOT NULL,
	participant_id UUID,
	joined_on DATE NOT NULL,
	left_on DATE,
	CONSTRAINT pk_sf_savings_member PRIMARY KEY (group_id, position),
	CONSTRAINT ck_sf_savings_member_left_after_joining CHECK (left_on IS NULL OR left_on >= joined_on),
	CONSTRAINT ck_sf_savings_member_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_savings_member_group_id FOREIGN KEY(group_id) REFERENCES sf_savings_group (id),
	CONSTRAINT fk_sf_savings_member_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id)
);

CREATE INDEX ix_sf_savings_member_participant_id ON sf_savings_member (participant_id);

CREATE UNIQUE INDEX uq_sf_savings_member_current ON sf_savings_member (group_id, participant_id) WHERE left_on IS NULL;

CREATE TABLE sf_savings_link (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	participant_id UUID NOT NULL,
	co_holder_id UUID,
	kind VARCHAR(13) NOT NULL CONSTRAINT ck_sf_savings_link_kind_known CHECK (kind IN ('bank', 'cooperative', 'basic_account', 'mobile_money', 'savings_group')),
	holding VARCHAR(5) NOT NULL CONSTRAINT ck_sf_savings_link_holding_known CHECK (holding IN ('own', 'joint', 'child')),
	institution VARCHAR(120) NOT NULL,
	product VARCHAR(80) NOT NULL,
	currency VARCHAR(3) NOT NULL,
	payout_account_id UUID,
	account_number BYTEA,
	state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_savings_link_state_known CHECK (state IN ('invited', 'documents', 'opened', 'verified', 'active', 'dormant', 'refused', 'closed')),
	invited_on DATE NOT NULL,
	opened_on DATE,
	opened_by UUID,
	verified_by UUID,
	closed_on DATE,
	CONSTRAINT pk_sf_savings_link PRIMARY KEY (id),
	CONSTRAINT uq_sf_savings_link_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_savings_link_shared_has_its_other CHECK ((holding = 'own') = (co_holder_id IS NULL)),
	CONSTRAINT ck_sf_savings_link_two_holders CHECK (co_holder_id <> participant_id),
	CONSTRAINT ck_sf_savings_link_number_once CHECK (account_number IS NULL OR payout_account_id IS NULL),
	CONSTRAINT ck_sf_savings_link_two_persons CHECK (verified_by <> opened_by),
	CONSTRAINT ck_sf_savings_link_verified_is_complete CHECK (state NOT IN ('verified', 'active', 'dormant') OR verified_by IS NOT NULL),
	CONSTRAINT ck_sf_savings_link_opening_has_its_hand CHECK ((opened_on IS NULL) = (opened_by IS NULL)),
	CONSTRAINT ck_sf_savings_link_account_number_sealed CHECK (account_number IS NULL OR get_byte(account_number, 0) = 1),
	CONSTRAINT fk_sf_savings_link_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_savings_link_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_savings_link_co_holder_id FOREIGN KEY(co_holder_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_savings_link_payout_account_id FOREIGN KEY(payout_account_id) REFERENCES sf_payout_account (id),
	CONSTRAINT fk_sf_savings_link_opened_by FOREIGN KEY(opened_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_savings_link_verified_by FOREIGN KEY(verified_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_savings_link_co_holder_id ON sf_savings_link (co_holder_id);

CREATE INDEX ix_sf_savings_link_participant_id ON sf_savings_link (participant_id);

CREATE INDEX ix_sf_savings_link_payout_account_id ON sf_savings_link (payout_account_id);

CREATE INDEX ix_sf_savings_link_programme_id ON sf_savings_link (programme_id);

CREATE TABLE sf_savings_meeting (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	cycle_id UUID NOT NULL,
	held_on DATE NOT NULL,
	lent_minor BIGINT NOT NULL,
	repaid_minor BIGINT NOT NULL,
	fines_minor BIGINT NOT NULL,
	social_paid_minor BIGINT NOT NULL,
	fund_counted_minor BIGINT NOT NULL,
	social_counted_minor BIGINT NOT NULL,
	irregular VARCHAR(19) CONSTRAINT ck_sf_savings_meeting_irregular_known CHECK (irregular IN ('before_opening', 'after_closing', 'not_opened', 'other_currency', 'does_not_add_up', 'member_not_in_group', 'shares_above_most', 'outside_cycle', 'cash_differs')),
	recorded_by UUID NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_savings_meeting PRIMARY KEY (id),
	CONSTRAINT uq_sf_savings_meeting_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_savings_meeting_lent_minor_least CHECK (lent_minor >= 0),
	CONSTRAINT ck_sf_savings_meeting_repaid_minor_least CHECK (repaid_minor >= 0),
	CONSTRAINT ck_sf_savings_meeting_fines_minor_least CHECK (fines_minor >= 0),
	CONSTRAINT ck_sf_savings_meeting_social_paid_minor_least CHECK (social_paid_minor >= 0),
	CONSTRAINT ck_sf_savings_meeting_fund_counted_minor_least CHECK (fund_counted_minor >= 0),
	CONSTRAINT ck_sf_savings_meeting_social_counted_minor_least CHECK (social_counted_minor >= 0),
	CONSTRAINT fk_sf_savings_meeting_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_savings_meeting_cycle_id FOREIGN KEY(cycle_id) REFERENCES sf_savings_cycle (id),
	CONSTRAINT fk_sf_savings_meeting_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_savings_meeting_cycle_id ON sf_savings_meeting (cycle_id);

CREATE TABLE sf_share_out (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	cycle_id UUID NOT NULL,
	shared_on DATE NOT NULL,
	fund_minor BIGINT NOT NULL,
	shares BIGINT NOT NULL,
	loans_lost_minor BIGINT NOT NULL,
	social_left_minor BIGINT NOT NULL,
	recorded_by UUID NOT NULL,
	CONSTRAINT pk_sf_share_out PRIMARY KEY (id),
	CONSTRAINT uq_sf_share_out_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT uq_sf_share_out_cycle_id UNIQUE (cycle_id),
	CONSTRAINT ck_sf_share_out_fund_minor_least CHECK (fund_minor >= 1),
	CONSTRAINT ck_sf_share_out_shares_least CHECK (shares >= 1),
	CONSTRAINT ck_sf_share_out_loans_lost_minor_least CHECK (loans_lost_minor >= 0),
	CONSTRAINT ck_sf_share_out_social_left_minor_least CHECK (social_left_minor >= 0),
	CONSTRAINT fk_sf_share_out_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_share_out_cycle_id FOREIGN KEY(cycle_id) REFERENCES sf_savings_cycle (id),
	CONSTRAINT fk_sf_share_out_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_savings_observation (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	link_id UUID NOT NULL,
	observed_on DATE NOT NULL,
	currency VARCHAR(3) NOT NULL,
	balance_minor BIGINT NOT NULL,
	deposited_minor BIGINT,
	withdrawn_minor BIGINT,
	source VARCHAR(12) NOT NULL CONSTRAINT ck_sf_savings_observation_source_known CHECK (source IN ('statement', 'passbook', 'self_report', 'group_record')),
	observer_id UUID NOT NULL,
	recorded_by UUID NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	irregular VARCHAR(19) CONSTRAINT ck_sf_savings_observation_irregular_known CHECK (irregular IN ('before_opening', 'after_closing', 'not_opened', 'other_currency', 'does_not_add_up', 'member_not_in_group', 'shares_above_most', 'outside_cycle', 'cash_differs')),
	corrects_id UUID,
	reason VARCHAR(300),
	CONSTRAINT pk_sf_savings_observation PRIMARY KEY (id),
	CONSTRAINT uq_sf_savings_observation_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT uq_sf_savings_observation_corrects_id UNIQUE (corrects_id),
	CONSTRAINT ck_sf_savings_observation_correction_has_its_reason CHECK ((corrects_id IS NULL) = (reason IS NULL)),
	CONSTRAINT ck_sf_savings_observation_deposited_minor_least CHECK (deposited_minor >= 0),
	CONSTRAINT ck_sf_savings_observation_withdrawn_minor_least CHECK (withdrawn_minor >= 0),
	CONSTRAINT fk_sf_savings_observation_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_savings_observation_link_id FOREIGN KEY(link_id) REFERENCES sf_savings_link (id),
	CONSTRAINT fk_sf_savings_observation_observer_id FOREIGN KEY(observer_id) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_savings_observation_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_savings_observation_corrects_id FOREIGN KEY(corrects_id) REFERENCES sf_savings_observation (id)
);

CREATE INDEX ix_sf_savings_observation_link_id ON sf_savings_observation (link_id);

CREATE TABLE sf_savings_plan (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	link_id UUID NOT NULL,
	purpose VARCHAR(9) NOT NULL CONSTRAINT ck_sf_savings_plan_purpose_known CHECK (purpose IN ('business', 'education', 'housing', 'health', 'documents', 'emergency')),
	currency VARCHAR(3) NOT NULL,
	target_minor BIGINT NOT NULL,
	monthly_minor BIGINT NOT NULL,
	starts_on DATE NOT NULL,
	months BIGINT NOT NULL,
	match_basis_points BIGINT NOT NULL,
	match_most_minor BIGINT,
	state VARCHAR(7) NOT NULL CONSTRAINT ck_sf_savings_plan_state_known CHECK (state IN ('agreed', 'reached', 'ended')),
	agreed_by UUID NOT NULL,
	reached_on DATE,
	ended_on DATE,
	CONSTRAINT pk_sf_savings_plan PRIMARY KEY (id),
	CONSTRAINT uq_sf_savings_plan_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_savings_plan_match_has_its_most CHECK (match_basis_points = 0 OR match_most_minor > 0),
	CONSTRAINT ck_sf_savings_plan_target_minor_least CHECK (target_minor >= 1),
	CONSTRAINT ck_sf_savings_plan_monthly_minor_least CHECK (monthly_minor >= 1),
	CONSTRAINT ck_sf_savings_plan_months_least CHECK (months >= 1),
	CONSTRAINT ck_sf_savings_plan_match_basis_points_least CHECK (match_basis_points >= 0),
	CONSTRAINT ck_sf_savings_plan_match_most_minor_least CHECK (match_most_minor >= 0),
	CONSTRAINT fk_sf_savings_plan_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_savings_plan_link_id FOREIGN KEY(link_id) REFERENCES sf_savings_link (id),
	CONSTRAINT fk_sf_savings_plan_agreed_by FOREIGN KEY(agreed_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_savings_plan_link_id ON sf_savings_plan (link_id);

CREATE UNIQUE INDEX uq_sf_savings_plan_under_way ON sf_savings_plan (link_id) WHERE state <> 'ended';

CREATE TABLE sf_savings_share (
	meeting_id UUID NOT NULL,
	member BIGINT NOT NULL,
	shares BIGINT NOT NULL,
	social_minor BIGINT NOT NULL,
	CONSTRAINT pk_sf_savings_share PRIMARY KEY (meeting_id, member),
	CONSTRAINT ck_sf_savings_share_member_least CHECK (member >= 1),
	CONSTRAINT ck_sf_savings_share_shares_least CHECK (shares >= 0),
	CONSTRAINT ck_sf_savings_share_social_minor_least CHECK (social_minor >= 0),
	CONSTRAINT fk_sf_savings_share_meeting_id FOREIGN KEY(meeting_id) REFERENCES sf_savings_meeting (id)
);

CREATE TABLE sf_savings_step (
	link_id UUID NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(9) CONSTRAINT ck_sf_savings_step_from_state_known CHECK (from_state IN ('invited', 'documents', 'opened', 'verified', 'active', 'dormant', 'refused', 'closed')),
	to_state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_savings_step_to_state_known CHECK (to_state IN ('invited', 'documents', 'opened', 'verified', 'active', 'dormant', 'refused', 'closed')),
	happened_on DATE NOT NULL,
	refused_for VARCHAR(22) CONSTRAINT ck_sf_savings_step_refused_for_known CHECK (refused_for IN ('document_not_accepted', 'document_expired', 'address_not_proven', 'status_not_accepted', 'first_deposit_too_high', 'fees_too_high', 'staff_not_informed', 'papers_not_explained', 'no_branch_in_reach')),
	barrier VARCHAR(11) CONSTRAINT ck_sf_savings_step_barrier_known CHECK (barrier IN ('status', 'document', 'money', 'information', 'distance')),
	proof VARCHAR(14) CONSTRAINT ck_sf_savings_step_proof_known CHECK (proof IN ('certificate', 'passbook_photo', 'provider_list', 'group_record')),
	proof_sha256 VARCHAR(64),
	recorded_by UUID NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_savings_step PRIMARY KEY (link_id, position),
	CONSTRAINT ck_sf_savings_step_refusal_has_its_reason CHECK ((to_state = 'refused') = (refused_for IS NOT NULL) AND (refused_for IS NULL) = (barrier IS NULL)),
	CONSTRAINT ck_sf_savings_step_verification_has_its_proof CHECK ((to_state = 'verified') = (proof IS NOT NULL)),
	CONSTRAINT ck_sf_savings_step_first_comes_from_nowhere CHECK ((position = 1) = (from_state IS NULL)),
	CONSTRAINT ck_sf_savings_step_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_savings_step_link_id FOREIGN KEY(link_id) REFERENCES sf_savings_link (id),
	CONSTRAINT fk_sf_savings_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_share_out_line (
	share_out_id UUID NOT NULL,
	member BIGINT NOT NULL,
	shares BIGINT NOT NULL,
	amount_minor BIGINT NOT NULL,
	CONSTRAINT pk_sf_share_out_line PRIMARY KEY (share_out_id, member),
	CONSTRAINT ck_sf_share_out_line_member_least CHECK (member >= 1),
	CONSTRAINT ck_sf_share_out_line_shares_least CHECK (shares >= 1),
	CONSTRAINT ck_sf_share_out_line_amount_minor_least CHECK (amount_minor >= 0),
	CONSTRAINT fk_sf_share_out_line_share_out_id FOREIGN KEY(share_out_id) REFERENCES sf_share_out (id)
);

CREATE TABLE sf_savings_decision (
	id UUID NOT NULL,
	observation_id UUID,
	meeting_id UUID,
	counts BOOLEAN NOT NULL,
	reason VARCHAR(300) NOT NULL,
	recorded_by UUID NOT NULL,
	decided_by UUID NOT NULL,
	decided_on DATE NOT NULL,
	decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_savings_decision PRIMARY KEY (id),
	CONSTRAINT uq_sf_savings_decision_observation_id UNIQUE (observation_id),
	CONSTRAINT uq_sf_savings_decision_meeting_id UNIQUE (meeting_id),
	CONSTRAINT ck_sf_savings_decision_of_one_thing CHECK ((observation_id IS NULL) <> (meeting_id IS NULL)),
	CONSTRAINT ck_sf_savings_decision_two_persons CHECK (decided_by <> recorded_by),
	CONSTRAINT fk_sf_savings_decision_observation_id FOREIGN KEY(observation_id) REFERENCES sf_savings_observation (id),
	CONSTRAINT fk_sf_savings_decision_meeting_id FOREIGN KEY(meeting_id) REFERENCES sf_savings_meeting (id),
	CONSTRAINT fk_sf_savings_decision_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_savings_decision_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
)
