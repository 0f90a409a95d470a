CREATE TABLE sf_exception (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	kind VARCHAR(20) NOT NULL CONSTRAINT ck_sf_exception_kind_known CHECK (kind IN ('waiver', 'override', 'relaxation', 'irregular_fact', 'manual_entry', 'suspense', 'chain_on_one_machine')),
	subject_kind VARCHAR(30) NOT NULL,
	subject_number VARCHAR(60) NOT NULL,
	reason VARCHAR(500) NOT NULL,
	facts TEXT NOT NULL,
	authorised_by UUID NOT NULL,
	occurred_on DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_exception PRIMARY KEY (id),
	CONSTRAINT fk_sf_exception_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_exception_authorised_by FOREIGN KEY(authorised_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_exception_day ON sf_exception (programme_id, occurred_on);

CREATE TABLE sf_proposal (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	kind VARCHAR(30) NOT NULL,
	content TEXT NOT NULL,
	content_hash VARCHAR(64) NOT NULL,
	effective_from DATE NOT NULL,
	proposed_by UUID NOT NULL,
	proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_proposal PRIMARY KEY (id),
	CONSTRAINT uq_sf_proposal_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT uq_sf_proposal_id_proposed_by UNIQUE (id, proposed_by),
	CONSTRAINT fk_sf_proposal_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_proposal_proposed_by FOREIGN KEY(proposed_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_delegation (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(30) NOT NULL,
	proposal_id UUID NOT NULL,
	actor_id UUID,
	role VARCHAR(25) NOT NULL CONSTRAINT ck_sf_delegation_role_known CHECK (role IN ('administrator', 'field_officer', 'coach', 'economic_inclusion_expert', 'reviewer', 'committee_member', 'committee_secretary', 'programme_manager', 'signatory', 'finance_officer', 'finance_approver', 'cashier', 'reconciler', 'director', 'protection_officer', 'auditor')),
	ceiling_minor BIGINT NOT NULL,
	currency VARCHAR(3) NOT NULL,
	from_day DATE NOT NULL,
	until_day DATE NOT NULL,
	proposed_by UUID NOT NULL,
	approved_by UUID NOT NULL,
	CONSTRAINT pk_sf_delegation PRIMARY KEY (id),
	CONSTRAINT uq_sf_delegation_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT uq_sf_delegation_proposal_id UNIQUE (proposal_id),
	CONSTRAINT fk_sf_delegation_proposal_id_proposed_by FOREIGN KEY(proposal_id, proposed_by) REFERENCES sf_proposal (id, proposed_by),
	CONSTRAINT ck_sf_delegation_two_hands CHECK (approved_by <> proposed_by),
	CONSTRAINT ck_sf_delegation_not_own CHECK (actor_id IS NULL OR (actor_id <> approved_by AND actor_id <> proposed_by)),
	CONSTRAINT ck_sf_delegation_days CHECK (until_day >= from_day),
	CONSTRAINT ck_sf_delegation_ceiling_minor_least CHECK (ceiling_minor >= 0),
	CONSTRAINT fk_sf_delegation_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_delegation_actor_id FOREIGN KEY(actor_id) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_delegation_approved_by FOREIGN KEY(approved_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_delegation_programme_id ON sf_delegation (programme_id);

CREATE TABLE sf_policy (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	version BIGINT NOT NULL,
	proposal_id UUID NOT NULL,
	terms TEXT NOT NULL,
	terms_hash VARCHAR(64) NOT NULL,
	effective_from DATE NOT NULL,
	proposed_by UUID NOT NULL,
	approved_by UUID NOT NULL,
	CONSTRAINT pk_sf_policy PRIMARY KEY (id),
	CONSTRAINT uq_sf_policy_programme_id_version UNIQUE (programme_id, version),
	CONSTRAINT uq_sf_policy_proposal_id UNIQUE (proposal_id),
	CONSTRAINT fk_sf_policy_proposal_id_proposed_by FOREIGN KEY(proposal_id, proposed_by) REFERENCES sf_proposal (id, proposed_by),
	CONSTRAINT ck_sf_policy_two_hands CHECK (approved_by <> proposed_by),
	CONSTRAINT ck_sf_policy_version_least CHECK (version >= 1),
	CONSTRAINT fk_sf_policy_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_policy_approved_by FOREIGN KEY(approved_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_proposal_decision (
	proposal_id UUID NOT NULL,
	proposed_by UUID NOT NULL,
	decided_by UUID NOT NULL,
	outcome VARCHAR(8) NOT NULL CONSTRAINT ck_sf_proposal_decision_outcome_known CHECK (outcome IN ('approved', 'rejected')),
	reason VARCHAR(500) NOT NULL,
	content_hash VARCHAR(64) NOT NULL,
	decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_proposal_decision PRIMARY KEY (proposal_id),
	CONSTRAINT fk_sf_proposal_decision_proposal_id_proposed_by FOREIGN KEY(proposal_id, proposed_by) REFERENCES sf_proposal (id, proposed_by),
	CONSTRAINT ck_sf_proposal_decision_two_hands CHECK (decided_by <> proposed_by),
	CONSTRAINT fk_sf_proposal_decision_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_approval_request (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	subject_kind VARCHAR(30) NOT NULL,
	subject_id UUID NOT NULL,
	number VARCHAR(40) NOT NULL,
	content_hash VARCHAR(64) NOT NULL,
	amount_minor BIGINT NOT NULL,
	weighed_minor BIGINT NOT NULL,
	currency VARCHAR(3) NOT NULL,
	steps TEXT NOT NULL,
	assurance_min VARCHAR(11) NOT NULL CONSTRAINT ck_sf_approval_request_assurance_min_known CHECK (assurance_min IN ('claimed', 'pin', 'host', 'signed_file', 'paper')),
	policy_id UUID NOT NULL,
	maker_id UUID NOT NULL,
	state VARCHAR(8) NOT NULL CONSTRAINT ck_sf_approval_request_state_known CHECK (state IN ('open', 'granted', 'rejected', 'void')),
	sent_on DATE NOT NULL,
	sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_approval_request PRIMARY KEY (id),
	CONSTRAINT uq_sf_approval_request_id_maker_id UNIQUE (id, maker_id),
	CONSTRAINT ck_sf_approval_request_amount_minor_least CHECK (amount_minor >= 0),
	CONSTRAINT ck_sf_approval_request_weighed_minor_least CHECK (weighed_minor >= 0),
	CONSTRAINT fk_sf_approval_request_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_approval_request_policy_id FOREIGN KEY(policy_id) REFERENCES sf_policy (id),
	CONSTRAINT fk_sf_approval_request_maker_id FOREIGN KEY(maker_id) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_approval_request_programme_id ON sf_approval_request (programme_id);

CREATE INDEX ix_sf_approval_request_subject_id ON sf_approval_request (subject_id);

CREATE UNIQUE INDEX uq_sf_approval_request_live ON sf_approval_request (subject_id) WHERE state IN ('open', 'granted');

CREATE TABLE sf_approval (
	id UUID NOT NULL,
	request_id UUID NOT NULL,
	stage VARCHAR(20) NOT NULL,
	approver_id UUID NOT NULL,
	maker_id UUID NOT NULL,
	decision VARCHAR(8) NOT NULL CONSTRAINT ck_sf_approval_decision_known CHECK (decision IN ('approved', 'rejected')),
	reason VARCHAR(500) NOT NULL,
	content_hash VARCHAR(64) NOT NULL,
	assurance VARCHAR(11) NOT NULL CONSTRAINT ck_sf_approval_assurance_known CHECK (assurance IN ('claimed', 'pin', 'host', 'signed_file', 'paper')),
	decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_approval PRIMARY KEY (id),
	CONSTRAINT uq_sf_approval_request_id_approver_id UNIQUE (request_id, approver_id),
	CONSTRAINT fk_sf_approval_request_id_maker_id FOREIGN KEY(request_id, maker_id) REFERENCES sf_approval_request (id, maker_id),
	CONSTRAINT ck_sf_approval_two_hands CHECK (approver_id <> maker_id),
	CONSTRAINT fk_sf_approval_approver_id FOREIGN KEY(approver_id) REFERENCES sf_actor (id)
);

CREATE TABLE sf_approval_exposure (
	request_id UUID NOT NULL,
	position BIGINT NOT NULL,
	party VARCHAR(100) NOT NULL,
	on_day DATE NOT NULL,
	amount_minor BIGINT NOT NULL,
	currency VARCHAR(3) NOT NULL,
	CONSTRAINT pk_sf_approval_exposure PRIMARY KEY (request_id, position),
	CONSTRAINT ck_sf_approval_exposure_position_least CHECK (position >= 0),
	CONSTRAINT ck_sf_approval_exposure_amount_minor_least CHECK (amount_minor >= 0),
	CONSTRAINT fk_sf_approval_exposure_request_id FOREIGN KEY(request_id) REFERENCES sf_approval_request (id)
);

CREATE INDEX ix_sf_approval_exposure_party ON sf_approval_exposure (party, on_day)
