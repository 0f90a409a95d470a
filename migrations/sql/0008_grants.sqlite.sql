CREATE TABLE sf_payment_list (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	currency VARCHAR(3) NOT NULL,
	purpose VARCHAR(40) NOT NULL,
	count BIGINT NOT NULL,
	total_minor BIGINT NOT NULL,
	content_hash VARCHAR(64),
	request_id CHAR(32),
	state VARCHAR(11) NOT NULL CONSTRAINT ck_sf_payment_list_state_known CHECK (state IN ('prepared', 'in_approval', 'approved', 'released', 'finished', 'void')),
	prepared_on DATE NOT NULL,
	prepared_by CHAR(32) NOT NULL,
	released_on DATE,
	released_by CHAR(32),
	finished_on DATE,
	CONSTRAINT pk_sf_payment_list PRIMARY KEY (id),
	CONSTRAINT uq_sf_payment_list_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_payment_list_preparer_does_not_pay CHECK (released_by IS NULL OR released_by <> prepared_by),
	CONSTRAINT ck_sf_payment_list_release_is_complete CHECK ((released_by IS NULL) = (released_on IS NULL)),
	CONSTRAINT ck_sf_payment_list_sent_is_hashed CHECK (state NOT IN ('in_approval', 'approved', 'released', 'finished') OR content_hash IS NOT NULL),
	CONSTRAINT ck_sf_payment_list_count_whole CHECK (typeof(count) = 'integer'),
	CONSTRAINT ck_sf_payment_list_count_least CHECK (count >= 0),
	CONSTRAINT ck_sf_payment_list_total_minor_whole CHECK (typeof(total_minor) = 'integer'),
	CONSTRAINT ck_sf_payment_list_total_minor_least CHECK (total_minor >= 0),
	CONSTRAINT fk_sf_payment_list_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_payment_list_prepared_by FOREIGN KEY(prepared_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_payment_list_released_by FOREIGN KEY(released_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_external_transfer (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	household_id CHAR(32) NOT NULL,
	payer VARCHAR(120) NOT NULL,
	benefit VARCHAR(60) NOT NULL,
	purpose VARCHAR(40) NOT NULL,
	amount_minor BIGINT NOT NULL,
	currency VARCHAR(3) NOT NULL,
	months BIGINT NOT NULL,
	from_day DATE NOT NULL,
	until_day DATE,
	source VARCHAR(200) NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_external_transfer PRIMARY KEY (id),
	CONSTRAINT uq_sf_external_transfer_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_external_transfer_until_after_from CHECK (until_day IS NULL OR until_day > from_day),
	CONSTRAINT ck_sf_external_transfer_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_external_transfer_amount_minor_least CHECK (amount_minor >= 0),
	CONSTRAINT ck_sf_external_transfer_months_whole CHECK (typeof(months) = 'integer'),
	CONSTRAINT ck_sf_external_transfer_months_least CHECK (months >= 0),
	CONSTRAINT fk_sf_external_transfer_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_external_transfer_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_external_transfer_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_external_transfer_household_id ON sf_external_transfer (household_id);

CREATE TABLE sf_grant (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	benefit_type_id CHAR(32) NOT NULL,
	benefit VARCHAR(40) NOT NULL,
	purpose VARCHAR(40) NOT NULL,
	owner_kind VARCHAR(12) NOT NULL CONSTRAINT ck_sf_grant_owner_kind_known CHECK (owner_kind IN ('person', 'household', 'group', 'organisation')),
	owner_name VARCHAR(120) NOT NULL,
	participant_id CHAR(32) NOT NULL,
	household_id CHAR(32),
	population_group VARCHAR(40) NOT NULL,
	basis_kind VARCHAR(18) NOT NULL CONSTRAINT ck_sf_grant_basis_kind_known CHECK (basis_kind IN ('committee_decision', 'employment_plan', 'eligibility_list', 'referral')),
	basis_ref VARCHAR(60) NOT NULL,
	basis_id CHAR(32),
	basis_hash VARCHAR(64) NOT NULL,
	plan_version_id CHAR(32),
	currency VARCHAR(3) NOT NULL,
	awarded_minor BIGINT NOT NULL,
	agreed_minor BIGINT NOT NULL,
	awarded_on DATE NOT NULL,
	awarded_by CHAR(32) NOT NULL,
	state VARCHAR(10) NOT NULL CONSTRAINT ck_sf_grant_state_known CHECK (state IN ('awarded', 'in_force', 'suspended', 'terminated', 'declined', 'closed')),
	schedule_version BIGINT NOT NULL,
	end_reason VARCHAR(10) CONSTRAINT ck_sf_grant_end_reason_known CHECK (end_reason IN ('completed', 'declined', 'lapsed', 'withdrawn', 'relocated', 'deceased', 'breach', 'duplicate', 'fraud', 'funds_lost', 'error')),
	ended_on DATE,
	CONSTRAINT pk_sf_grant PRIMARY KEY (id),
	CONSTRAINT uq_sf_grant_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_grant_end_is_complete CHECK ((end_reason IS NULL) = (ended_on IS NULL)),
	CONSTRAINT ck_sf_grant_household_owns CHECK (owner_kind <> 'household' OR household_id IS NOT NULL),
	CONSTRAINT ck_sf_grant_awarded_minor_whole CHECK (typeof(awarded_minor) = 'integer'),
	CONSTRAINT ck_sf_grant_awarded_minor_least CHECK (awarded_minor >= 1),
	CONSTRAINT ck_sf_grant_agreed_minor_whole CHECK (typeof(agreed_minor) = 'integer'),
	CONSTRAINT ck_sf_grant_agreed_minor_least CHECK (agreed_minor >= 0),
	CONSTRAINT ck_sf_grant_schedule_version_whole CHECK (typeof(schedule_version) = 'integer'),
	CONSTRAINT ck_sf_grant_schedule_version_least CHECK (schedule_version >= 0),
	CONSTRAINT fk_sf_grant_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_grant_benefit_type_id FOREIGN KEY(benefit_type_id) REFERENCES sf_benefit_type (id),
	CONSTRAINT fk_sf_grant_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_grant_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_grant_awarded_by FOREIGN KEY(awarded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_grant_benefit_type_id ON sf_grant (benefit_type_id);

CREATE INDEX ix_sf_grant_household_id ON sf_grant (household_id);

CREATE INDEX ix_sf_grant_participant_id ON sf_grant (participant_id);

CREATE INDEX ix_sf_grant_plan_version_id ON sf_grant (plan_version_id);

CREATE UNIQUE INDEX uq_sf_grant_basis_id ON sf_grant (basis_id) WHERE state <> 'declined';

CREATE TABLE sf_close_out (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	outcome VARCHAR(10) NOT NULL CONSTRAINT ck_sf_close_out_outcome_known CHECK (outcome IN ('completed', 'declined', 'lapsed', 'withdrawn', 'relocated', 'deceased', 'breach', 'duplicate', 'fraud', 'funds_lost', 'error')),
	figures TEXT NOT NULL,
	closed_on DATE NOT NULL,
	closed_by CHAR(32) NOT NULL,
	paper_id CHAR(32),
	paper_hash VARCHAR(64),
	CONSTRAINT pk_sf_close_out PRIMARY KEY (id),
	CONSTRAINT uq_sf_close_out_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT uq_sf_close_out_grant_id UNIQUE (grant_id),
	CONSTRAINT fk_sf_close_out_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_close_out_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_close_out_closed_by FOREIGN KEY(closed_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_evidence (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	subject_kind VARCHAR(11) NOT NULL CONSTRAINT ck_sf_evidence_subject_kind_known CHECK (subject_kind IN ('household', 'participant', 'grant')),
	household_id CHAR(32),
	participant_id CHAR(32),
	grant_id CHAR(32),
	kind VARCHAR(16) NOT NULL CONSTRAINT ck_sf_evidence_kind_known CHECK (kind IN ('attendance', 'account_linked', 'visit', 'quote', 'own_contribution', 'licence', 'savings_deposit', 'certificate', 'enrolment', 'other')),
	topic VARCHAR(60) NOT NULL,
	value BIGINT,
	observed_on DATE NOT NULL,
	source VARCHAR(200) NOT NULL,
	file_sha256 VARCHAR(64),
	is_irregular BOOLEAN NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_evidence PRIMARY KEY (id),
	CONSTRAINT uq_sf_evidence_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_evidence_one_subject CHECK ((subject_kind = 'household' AND household_id IS NOT NULL AND participant_id IS NULL AND grant_id IS NULL) OR (subject_kind = 'participant' AND participant_id IS NOT NULL AND household_id IS NULL AND grant_id IS NULL) OR (subject_kind = 'grant' AND grant_id IS NOT NULL AND household_id IS NULL AND participant_id IS NULL)),
	CONSTRAINT ck_sf_evidence_value_whole CHECK (typeof(value) = 'integer' OR value IS NULL),
	CONSTRAINT fk_sf_evidence_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_evidence_household_id FOREIGN KEY(household_id) REFERENCES sf_household (id),
	CONSTRAINT fk_sf_evidence_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_evidence_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_evidence_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_evidence_grant_id ON sf_evidence (grant_id);

CREATE INDEX ix_sf_evidence_household_id ON sf_evidence (household_id);

CREATE INDEX ix_sf_evidence_participant_id ON sf_evidence (participant_id);

CREATE TABLE sf_grant_part (
	id CHAR(32) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	fund_id CHAR(32) NOT NULL,
	line_id CHAR(32) NOT NULL,
	book_id BIGINT NOT NULL,
	awarded_minor BIGINT NOT NULL,
	CONSTRAINT pk_sf_grant_part PRIMARY KEY (id),
	CONSTRAINT uq_sf_grant_part_grant_id_line_id UNIQUE (grant_id, line_id),
	CONSTRAINT uq_sf_grant_part_grant_id_position UNIQUE (grant_id, position),
	CONSTRAINT ck_sf_grant_part_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_grant_part_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_grant_part_book_id_whole CHECK (typeof(book_id) = 'integer'),
	CONSTRAINT ck_sf_grant_part_awarded_minor_whole CHECK (typeof(awarded_minor) = 'integer'),
	CONSTRAINT ck_sf_grant_part_awarded_minor_least CHECK (awarded_minor >= 0),
	CONSTRAINT fk_sf_grant_part_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_grant_part_fund_id FOREIGN KEY(fund_id) REFERENCES sf_fund (id),
	CONSTRAINT fk_sf_grant_part_line_id FOREIGN KEY(line_id) REFERENCES sf_budget_line (id),
	CONSTRAINT fk_sf_grant_part_book_id FOREIGN KEY(book_id) REFERENCES sf_book (id)
);

CREATE INDEX ix_sf_grant_part_fund_id ON sf_grant_part (fund_id);

CREATE INDEX ix_sf_grant_part_line_id ON sf_grant_part (line_id);

CREATE TABLE sf_grant_step (
	grant_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(10) CONSTRAINT ck_sf_grant_step_from_state_known CHECK (from_state IN ('awarded', 'in_force', 'suspended', 'terminated', 'declined', 'closed')),
	to_state VARCHAR(10) NOT NULL CONSTRAINT ck_sf_grant_step_to_state_known CHECK (to_state IN ('awarded', 'in_force', 'suspended', 'terminated', 'declined', 'closed')),
	reason VARCHAR(60) NOT NULL,
	note BLOB,
	occurred_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_grant_step PRIMARY KEY (grant_id, position),
	CONSTRAINT ck_sf_grant_step_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_grant_step_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_grant_step_note_sealed CHECK (note IS NULL OR (typeof(note) = 'blob' AND hex(substr(note, 1, 1)) = '01')),
	CONSTRAINT fk_sf_grant_step_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_grant_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_justification (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	received_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_justification PRIMARY KEY (id),
	CONSTRAINT uq_sf_justification_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT fk_sf_justification_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_justification_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_justification_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_justification_grant_id ON sf_justification (grant_id);

CREATE TABLE sf_life_event (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	kind VARCHAR(17) NOT NULL CONSTRAINT ck_sf_life_event_kind_known CHECK (kind IN ('withdrawal', 'relocation', 'death', 'theft', 'payee_replacement')),
	happened_on DATE NOT NULL,
	note BLOB,
	evidence_sha256 VARCHAR(64),
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_life_event PRIMARY KEY (id),
	CONSTRAINT uq_sf_life_event_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_life_event_note_sealed CHECK (note IS NULL OR (typeof(note) = 'blob' AND hex(substr(note, 1, 1)) = '01')),
	CONSTRAINT fk_sf_life_event_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_life_event_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_life_event_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_life_event_grant_id ON sf_life_event (grant_id);

CREATE TABLE sf_payee (
	id CHAR(32) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	kind VARCHAR(11) NOT NULL CONSTRAINT ck_sf_payee_kind_known CHECK (kind IN ('participant', 'supplier')),
	participant_id CHAR(32),
	supplier VARCHAR(120) NOT NULL,
	supplier_tax_id BLOB,
	payout_account_id CHAR(32),
	account_digest VARCHAR(64),
	method VARCHAR(15) NOT NULL CONSTRAINT ck_sf_payee_method_known CHECK (method IN ('bank', 'mobile_money', 'cash', 'cheque', 'withdrawal_code', 'voucher', 'in_kind')),
	is_owner BOOLEAN NOT NULL,
	document_sha256 VARCHAR(64),
	state VARCHAR(8) NOT NULL CONSTRAINT ck_sf_payee_state_known CHECK (state IN ('proposed', 'approved', 'refused', 'retired')),
	proposed_on DATE NOT NULL,
	proposed_by CHAR(32) NOT NULL,
	approved_on DATE,
	approved_by CHAR(32),
	CONSTRAINT pk_sf_payee PRIMARY KEY (id),
	CONSTRAINT uq_sf_payee_grant_id_position UNIQUE (grant_id, position),
	CONSTRAINT ck_sf_payee_maker_is_not_checker CHECK (approved_by IS NULL OR approved_by <> proposed_by),
	CONSTRAINT ck_sf_payee_approved_is_complete CHECK (state <> 'approved' OR approved_by IS NOT NULL),
	CONSTRAINT ck_sf_payee_other_payee_has_document CHECK (is_owner OR document_sha256 IS NOT NULL),
	CONSTRAINT ck_sf_payee_participant_payee CHECK ((kind = 'participant') = (participant_id IS NOT NULL)),
	CONSTRAINT ck_sf_payee_supplier_payee CHECK (kind <> 'supplier' OR supplier <> ''),
	CONSTRAINT ck_sf_payee_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_payee_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_payee_supplier_tax_id_sealed CHECK (supplier_tax_id IS NULL OR (typeof(supplier_tax_id) = 'blob' AND hex(substr(supplier_tax_id, 1, 1)) = '01')),
	CONSTRAINT fk_sf_payee_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_payee_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_payee_payout_account_id FOREIGN KEY(payout_account_id) REFERENCES sf_payout_account (id),
	CONSTRAINT fk_sf_payee_proposed_by FOREIGN KEY(proposed_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_payee_approved_by FOREIGN KEY(approved_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_payee_participant_id ON sf_payee (participant_id);

CREATE INDEX ix_sf_payee_payout_account_id ON sf_payee (payout_account_id);

CREATE TABLE sf_refund_demand (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	reason VARCHAR(10) NOT NULL CONSTRAINT ck_sf_refund_demand_reason_known CHECK (reason IN ('unspent', 'rejected', 'overdue', 'ineligible', 'overpaid', 'ended')),
	amount_minor BIGINT NOT NULL,
	due_on DATE NOT NULL,
	state VARCHAR(11) NOT NULL CONSTRAINT ck_sf_refund_demand_state_known CHECK (state IN ('open', 'settled', 'lifted', 'written_off')),
	demanded_on DATE NOT NULL,
	demanded_by CHAR(32) NOT NULL,
	resolved_on DATE,
	resolved_by CHAR(32),
	CONSTRAINT pk_sf_refund_demand PRIMARY KEY (id),
	CONSTRAINT uq_sf_refund_demand_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_refund_demand_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_refund_demand_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT fk_sf_refund_demand_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_refund_demand_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_refund_demand_demanded_by FOREIGN KEY(demanded_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_refund_demand_resolved_by FOREIGN KEY(resolved_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_refund_demand_grant_id ON sf_refund_demand (grant_id);

CREATE TABLE sf_refund_received (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	method VARCHAR(15) NOT NULL CONSTRAINT ck_sf_refund_received_method_known CHECK (method IN ('bank', 'mobile_money', 'cash', 'cheque', 'withdrawal_code', 'voucher', 'in_kind')),
	bank_account_id CHAR(32) NOT NULL,
	amount_minor BIGINT NOT NULL,
	excess_minor BIGINT NOT NULL,
	received_on DATE NOT NULL,
	payer BLOB,
	evidence_sha256 VARCHAR(64),
	entry_id CHAR(32) NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	received_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_refund_received PRIMARY KEY (id),
	CONSTRAINT uq_sf_refund_received_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_refund_received_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_refund_received_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT ck_sf_refund_received_excess_minor_whole CHECK (typeof(excess_minor) = 'integer'),
	CONSTRAINT ck_sf_refund_received_excess_minor_least CHECK (excess_minor >= 0),
	CONSTRAINT ck_sf_refund_received_payer_sealed CHECK (payer IS NULL OR (typeof(payer) = 'blob' AND hex(substr(payer, 1, 1)) = '01')),
	CONSTRAINT fk_sf_refund_received_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_refund_received_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_refund_received_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES sf_bank_account (id),
	CONSTRAINT fk_sf_refund_received_received_by FOREIGN KEY(received_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_refund_received_bank_account_id ON sf_refund_received (bank_account_id);

CREATE INDEX ix_sf_refund_received_grant_id ON sf_refund_received (grant_id);

CREATE TABLE sf_tranche_schedule (
	grant_id CHAR(32) NOT NULL,
	version BIGINT NOT NULL,
	content TEXT NOT NULL,
	content_hash VARCHAR(64) NOT NULL,
	amount_minor BIGINT NOT NULL,
	written_at CHAR(27) NOT NULL,
	CONSTRAINT pk_sf_tranche_schedule PRIMARY KEY (grant_id, version),
	CONSTRAINT ck_sf_tranche_schedule_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_tranche_schedule_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_tranche_schedule_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_tranche_schedule_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT fk_sf_tranche_schedule_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id)
);

CREATE TABLE sf_agreement (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	number VARCHAR(30),
	kind VARCHAR(16) NOT NULL CONSTRAINT ck_sf_agreement_kind_known CHECK (kind IN ('convenio', 'carta_compromiso', 'adenda')),
	amends_id CHAR(32),
	language VARCHAR(10) NOT NULL,
	plan_hash VARCHAR(64) NOT NULL,
	schedule_version BIGINT NOT NULL,
	schedule_hash VARCHAR(64) NOT NULL,
	before_minor BIGINT NOT NULL,
	amount_minor BIGINT NOT NULL,
	basis_ref VARCHAR(60) NOT NULL,
	basis_hash VARCHAR(64) NOT NULL,
	state VARCHAR(6) NOT NULL CONSTRAINT ck_sf_agreement_state_known CHECK (state IN ('draft', 'issued', 'signed', 'void')),
	paper_id CHAR(32),
	paper_hash VARCHAR(64),
	drafted_on DATE NOT NULL,
	drafted_by CHAR(32) NOT NULL,
	issued_on DATE,
	issued_by CHAR(32),
	signed_on DATE,
	signed_by CHAR(32),
	voided_on DATE,
	voided_by CHAR(32),
	CONSTRAINT pk_sf_agreement PRIMARY KEY (id),
	CONSTRAINT uq_sf_agreement_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT uq_sf_agreement_id_drafted_by UNIQUE (id, drafted_by),
	CONSTRAINT fk_sf_agreement_grant_id_schedule_version FOREIGN KEY(grant_id, schedule_version) REFERENCES sf_tranche_schedule (grant_id, version),
	CONSTRAINT ck_sf_agreement_paper_has_its_hash CHECK (paper_id IS NULL OR paper_hash IS NOT NULL),
	CONSTRAINT ck_sf_agreement_signed_is_complete CHECK ((state = 'signed') = (signed_on IS NOT NULL) AND (signed_on IS NULL) = (signed_by IS NULL)),
	CONSTRAINT ck_sf_agreement_signed_has_paper CHECK (state <> 'signed' OR paper_hash IS NOT NULL),
	CONSTRAINT ck_sf_agreement_issued_has_number CHECK (state = 'draft' OR state = 'void' OR number IS NOT NULL),
	CONSTRAINT ck_sf_agreement_adenda_amends CHECK ((kind = 'adenda') = (amends_id IS NOT NULL)),
	CONSTRAINT ck_sf_agreement_schedule_version_whole CHECK (typeof(schedule_version) = 'integer'),
	CONSTRAINT ck_sf_agreement_schedule_version_least CHECK (schedule_version >= 1),
	CONSTRAINT ck_sf_agreement_before_minor_whole CHECK (typeof(before_minor) = 'integer'),
	CONSTRAINT ck_sf_agreement_before_minor_least CHECK (before_minor >= 0),
	CONSTRAINT ck_sf_agreement_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_agreement_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT fk_sf_agreement_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_agreement_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_agreement_amends_id FOREIGN KEY(amends_id) REFERENCES sf_agreement (id),
	CONSTRAINT fk_sf_agreement_drafted_by FOREIGN KEY(drafted_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_agreement_issued_by FOREIGN KEY(issued_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_agreement_signed_by FOREIGN KEY(signed_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_agreement_voided_by FOREIGN KEY(voided_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_agreement_amends_id ON sf_agreement (amends_id);

CREATE INDEX ix_sf_agreement_grant_id ON sf_agreement (grant_id);

CREATE UNIQUE INDEX uq_sf_agreement_open ON sf_agreement (grant_id) WHERE state IN ('draft', 'issued');

CREATE TABLE sf_refund_demand_part (
	demand_id CHAR(32) NOT NULL,
	part_id CHAR(32) NOT NULL,
	amount_minor BIGINT NOT NULL,
	entry_id CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_refund_demand_part PRIMARY KEY (demand_id, part_id),
	CONSTRAINT ck_sf_refund_demand_part_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_refund_demand_part_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT fk_sf_refund_demand_part_demand_id FOREIGN KEY(demand_id) REFERENCES sf_refund_demand (id),
	CONSTRAINT fk_sf_refund_demand_part_part_id FOREIGN KEY(part_id) REFERENCES sf_grant_part (id)
);

CREATE TABLE sf_refund_received_part (
	refund_id CHAR(32) NOT NULL,
	part_id CHAR(32) NOT NULL,
	claims_minor BIGINT NOT NULL,
	advances_minor BIGINT NOT NULL,
	write_offs_minor BIGINT NOT NULL,
	CONSTRAINT pk_sf_refund_received_part PRIMARY KEY (refund_id, part_id),
	CONSTRAINT ck_sf_refund_received_part_claims_minor_whole CHECK (typeof(claims_minor) = 'integer'),
	CONSTRAINT ck_sf_refund_received_part_claims_minor_least CHECK (claims_minor >= 0),
	CONSTRAINT ck_sf_refund_received_part_advances_minor_whole CHECK (typeof(advances_minor) = 'integer'),
	CONSTRAINT ck_sf_refund_received_part_advances_minor_least CHECK (advances_minor >= 0),
	CONSTRAINT ck_sf_refund_received_part_write_offs_minor_whole CHECK (typeof(write_offs_minor) = 'integer'),
	CONSTRAINT ck_sf_refund_received_part_write_offs_minor_least CHECK (write_offs_minor >= 0),
	CONSTRAINT fk_sf_refund_received_part_refund_id FOREIGN KEY(refund_id) REFERENCES sf_refund_received (id),
	CONSTRAINT fk_sf_refund_received_part_part_id FOREIGN KEY(part_id) REFERENCES sf_grant_part (id)
);

CREATE TABLE sf_tranche (
	id CHAR(32) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	schedule_version BIGINT NOT NULL,
	position BIGINT NOT NULL,
	amount_minor BIGINT NOT NULL,
	due_on DATE,
	delivery VARCHAR(7) NOT NULL CONSTRAINT ck_sf_tranche_delivery_known CHECK (delivery IN ('money', 'voucher', 'in_kind')),
	CONSTRAINT pk_sf_tranche PRIMARY KEY (id),
	CONSTRAINT uq_sf_tranche_grant_id_schedule_version_position UNIQUE (grant_id, schedule_version, position),
	CONSTRAINT fk_sf_tranche_grant_id_schedule_version FOREIGN KEY(grant_id, schedule_version) REFERENCES sf_tranche_schedule (grant_id, version),
	CONSTRAINT ck_sf_tranche_schedule_version_whole CHECK (typeof(schedule_version) = 'integer'),
	CONSTRAINT ck_sf_tranche_schedule_version_least CHECK (schedule_version >= 1),
	CONSTRAINT ck_sf_tranche_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_tranche_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_tranche_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_tranche_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT fk_sf_tranche_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id)
);

CREATE TABLE sf_write_off (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	part_id CHAR(32) NOT NULL,
	demand_id CHAR(32),
	amount_minor BIGINT NOT NULL,
	reason VARCHAR(400) NOT NULL,
	evidence_sha256 VARCHAR(64) NOT NULL,
	exception_id CHAR(32) NOT NULL,
	entry_id CHAR(32) NOT NULL,
	written_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	requested_by CHAR(32) NOT NULL,
	authorised_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_write_off PRIMARY KEY (id),
	CONSTRAINT uq_sf_write_off_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_write_off_two_hands CHECK (authorised_by <> requested_by),
	CONSTRAINT ck_sf_write_off_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_write_off_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT fk_sf_write_off_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_write_off_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_write_off_part_id FOREIGN KEY(part_id) REFERENCES sf_grant_part (id),
	CONSTRAINT fk_sf_write_off_demand_id FOREIGN KEY(demand_id) REFERENCES sf_refund_demand (id),
	CONSTRAINT fk_sf_write_off_exception_id FOREIGN KEY(exception_id) REFERENCES sf_exception (id),
	CONSTRAINT fk_sf_write_off_requested_by FOREIGN KEY(requested_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_write_off_authorised_by FOREIGN KEY(authorised_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_write_off_demand_id ON sf_write_off (demand_id);

CREATE INDEX ix_sf_write_off_grant_id ON sf_write_off (grant_id);

CREATE TABLE sf_agreement_part (
	agreement_id CHAR(32) NOT NULL,
	part_id CHAR(32) NOT NULL,
	amount_minor BIGINT NOT NULL,
	CONSTRAINT pk_sf_agreement_part PRIMARY KEY (agreement_id, part_id),
	CONSTRAINT ck_sf_agreement_part_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_agreement_part_amount_minor_least CHECK (amount_minor >= 0),
	CONSTRAINT fk_sf_agreement_part_agreement_id FOREIGN KEY(agreement_id) REFERENCES sf_agreement (id),
	CONSTRAINT fk_sf_agreement_part_part_id FOREIGN KEY(part_id) REFERENCES sf_grant_part (id)
);

CREATE TABLE sf_agreement_signature (
	id CHAR(32) NOT NULL,
	agreement_id CHAR(32) NOT NULL,
	drafted_by CHAR(32) NOT NULL,
	party VARCHAR(12) NOT NULL CONSTRAINT ck_sf_agreement_signature_party_known CHECK (party IN ('participant', 'organisation')),
	method VARCHAR(13) NOT NULL CONSTRAINT ck_sf_agreement_signature_method_known CHECK (method IN ('wet', 'thumbprint', 'at_request', 'electronic', 'scanned', 'outside_paper')),
	finger VARCHAR(12) CONSTRAINT ck_sf_agreement_signature_finger_known CHECK (finger IN ('right_thumb', 'left_thumb', 'right_index', 'left_index', 'other_finger')),
	actor_id CHAR(32),
	people BLOB,
	place VARCHAR(120) NOT NULL,
	evidence_sha256 VARCHAR(64),
	signed_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_agreement_signature PRIMARY KEY (id),
	CONSTRAINT uq_sf_agreement_signature_agreement_id_party UNIQUE (agreement_id, party),
	CONSTRAINT fk_sf_agreement_signature_agreement_id_drafted_by FOREIGN KEY(agreement_id, drafted_by) REFERENCES sf_agreement (id, drafted_by),
	CONSTRAINT ck_sf_agreement_signature_drafter_does_not_sign CHECK (actor_id IS NULL OR actor_id <> drafted_by),
	CONSTRAINT ck_sf_agreement_signature_organisation_has_actor CHECK ((party = 'organisation') = (actor_id IS NOT NULL)),
	CONSTRAINT ck_sf_agreement_signature_thumbprint_has_finger CHECK ((method = 'thumbprint') = (finger IS NOT NULL)),
	CONSTRAINT ck_sf_agreement_signature_file_is_there CHECK (method NOT IN ('electronic', 'scanned', 'outside_paper') OR evidence_sha256 IS NOT NULL),
	CONSTRAINT ck_sf_agreement_signature_people_sealed CHECK (people IS NULL OR (typeof(people) = 'blob' AND hex(substr(people, 1, 1)) = '01')),
	CONSTRAINT fk_sf_agreement_signature_agreement_id FOREIGN KEY(agreement_id) REFERENCES sf_agreement (id),
	CONSTRAINT fk_sf_agreement_signature_actor_id FOREIGN KEY(actor_id) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_agreement_signature_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_disbursement (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	list_id CHAR(32) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	tranche_id CHAR(32) NOT NULL,
	tranche_position BIGINT NOT NULL,
	payee_id CHAR(32) NOT NULL,
	method VARCHAR(15) NOT NULL CONSTRAINT ck_sf_disbursement_method_known CHECK (method IN ('bank', 'mobile_money', 'cash', 'cheque', 'withdrawal_code', 'voucher', 'in_kind')),
	bank_account_id CHAR(32) NOT NULL,
	amount_minor BIGINT NOT NULL,
	delivered_minor BIGINT NOT NULL,
	state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_disbursement_state_known CHECK (state IN ('listed', 'released', 'part_open', 'delivered', 'part', 'failed', 'expired', 'bounced', 'void')),
	retry_of CHAR(32),
	details BLOB,
	provider_ref VARCHAR(80) NOT NULL,
	expires_on DATE,
	released_on DATE,
	released_by CHAR(32),
	delivered_on DATE,
	confirmed_by CHAR(32),
	is_irregular BOOLEAN NOT NULL,
	CONSTRAINT pk_sf_disbursement PRIMARY KEY (id),
	CONSTRAINT uq_sf_disbursement_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT uq_sf_disbursement_retry_of UNIQUE (retry_of),
	CONSTRAINT ck_sf_disbursement_payer_does_not_confirm CHECK (confirmed_by IS NULL OR confirmed_by <> released_by),
	CONSTRAINT ck_sf_disbursement_delivered_within_amount CHECK (delivered_minor <= amount_minor),
	CONSTRAINT ck_sf_disbursement_delivered_is_dated CHECK (state NOT IN ('delivered', 'part', 'part_open', 'bounced') OR delivered_on IS NOT NULL),
	CONSTRAINT ck_sf_disbursement_delivered_in_full CHECK (state <> 'delivered' OR delivered_minor = amount_minor),
	CONSTRAINT ck_sf_disbursement_tranche_position_whole CHECK (typeof(tranche_position) = 'integer'),
	CONSTRAINT ck_sf_disbursement_tranche_position_least CHECK (tranche_position >= 1),
	CONSTRAINT ck_sf_disbursement_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_disbursement_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT ck_sf_disbursement_delivered_minor_whole CHECK (typeof(delivered_minor) = 'integer'),
	CONSTRAINT ck_sf_disbursement_delivered_minor_least CHECK (delivered_minor >= 0),
	CONSTRAINT ck_sf_disbursement_details_sealed CHECK (details IS NULL OR (typeof(details) = 'blob' AND hex(substr(details, 1, 1)) = '01')),
	CONSTRAINT fk_sf_disbursement_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_disbursement_list_id FOREIGN KEY(list_id) REFERENCES sf_payment_list (id),
	CONSTRAINT fk_sf_disbursement_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_disbursement_tranche_id FOREIGN KEY(tranche_id) REFERENCES sf_tranche (id),
	CONSTRAINT fk_sf_disbursement_payee_id FOREIGN KEY(payee_id) REFERENCES sf_payee (id),
	CONSTRAINT fk_sf_disbursement_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES sf_bank_account (id),
	CONSTRAINT fk_sf_disbursement_retry_of FOREIGN KEY(retry_of) REFERENCES sf_disbursement (id),
	CONSTRAINT fk_sf_disbursement_released_by FOREIGN KEY(released_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_disbursement_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_disbursement_bank_account_id ON sf_disbursement (bank_account_id);

CREATE INDEX ix_sf_disbursement_grant_id ON sf_disbursement (grant_id);

CREATE INDEX ix_sf_disbursement_list_id ON sf_disbursement (list_id);

CREATE INDEX ix_sf_disbursement_payee_id ON sf_disbursement (payee_id);

CREATE INDEX ix_sf_disbursement_tranche_id ON sf_disbursement (tranche_id);

CREATE TABLE sf_tranche_condition (
	tranche_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	code VARCHAR(35) NOT NULL CONSTRAINT ck_sf_tranche_condition_code_known CHECK (code IN ('agreement_signed', 'attendance_at_least', 'account_linked', 'previous_tranche_justified_at_least', 'visit_done_since', 'quotes_filed', 'date_reached', 'evidence_on_file', 'all_of', 'any_of')),
	params TEXT NOT NULL,
	CONSTRAINT pk_sf_tranche_condition PRIMARY KEY (tranche_id, position),
	CONSTRAINT ck_sf_tranche_condition_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_tranche_condition_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_tranche_condition_tranche_id FOREIGN KEY(tranche_id) REFERENCES sf_tranche (id)
);

CREATE TABLE sf_condition_waiver (
	tranche_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	exception_id CHAR(32) NOT NULL,
	reason VARCHAR(400) NOT NULL,
	waived_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	authorised_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_condition_waiver PRIMARY KEY (tranche_id, position),
	CONSTRAINT fk_sf_condition_waiver_tranche_id_position FOREIGN KEY(tranche_id, position) REFERENCES sf_tranche_condition (tranche_id, position),
	CONSTRAINT ck_sf_condition_waiver_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_condition_waiver_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_condition_waiver_tranche_id FOREIGN KEY(tranche_id) REFERENCES sf_tranche (id),
	CONSTRAINT fk_sf_condition_waiver_exception_id FOREIGN KEY(exception_id) REFERENCES sf_exception (id),
	CONSTRAINT fk_sf_condition_waiver_authorised_by FOREIGN KEY(authorised_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_disbursement_part (
	disbursement_id CHAR(32) NOT NULL,
	part_id CHAR(32) NOT NULL,
	book_id BIGINT NOT NULL,
	amount_minor BIGINT NOT NULL,
	delivered_minor BIGINT NOT NULL,
	hold_seq BIGINT,
	entry_id CHAR(32),
	CONSTRAINT pk_sf_disbursement_part PRIMARY KEY (disbursement_id, part_id),
	CONSTRAINT uq_sf_disbursement_part_book_id_hold_seq UNIQUE (book_id, hold_seq),
	CONSTRAINT ck_sf_disbursement_part_delivered_within_amount CHECK (delivered_minor <= amount_minor),
	CONSTRAINT ck_sf_disbursement_part_book_id_whole CHECK (typeof(book_id) = 'integer'),
	CONSTRAINT ck_sf_disbursement_part_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_disbursement_part_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT ck_sf_disbursement_part_delivered_minor_whole CHECK (typeof(delivered_minor) = 'integer'),
	CONSTRAINT ck_sf_disbursement_part_delivered_minor_least CHECK (delivered_minor >= 0),
	CONSTRAINT ck_sf_disbursement_part_hold_seq_whole CHECK (typeof(hold_seq) = 'integer' OR hold_seq IS NULL),
	CONSTRAINT ck_sf_disbursement_part_hold_seq_least CHECK (hold_seq >= 1),
	CONSTRAINT fk_sf_disbursement_part_disbursement_id FOREIGN KEY(disbursement_id) REFERENCES sf_disbursement (id),
	CONSTRAINT fk_sf_disbursement_part_part_id FOREIGN KEY(part_id) REFERENCES sf_grant_part (id),
	CONSTRAINT fk_sf_disbursement_part_book_id FOREIGN KEY(book_id) REFERENCES sf_book (id)
);

CREATE TABLE sf_disbursement_step (
	disbursement_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	from_state VARCHAR(9) CONSTRAINT ck_sf_disbursement_step_from_state_known CHECK (from_state IN ('listed', 'released', 'part_open', 'delivered', 'part', 'failed', 'expired', 'bounced', 'void')),
	to_state VARCHAR(9) NOT NULL CONSTRAINT ck_sf_disbursement_step_to_state_known CHECK (to_state IN ('listed', 'released', 'part_open', 'delivered', 'part', 'failed', 'expired', 'bounced', 'void')),
	amount_minor BIGINT NOT NULL,
	reason VARCHAR(200) NOT NULL,
	evidence_sha256 VARCHAR(64),
	entry_id CHAR(32),
	occurred_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_disbursement_step PRIMARY KEY (disbursement_id, position),
	CONSTRAINT ck_sf_disbursement_step_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_disbursement_step_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_disbursement_step_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_disbursement_step_amount_minor_least CHECK (amount_minor >= 0),
	CONSTRAINT fk_sf_disbursement_step_disbursement_id FOREIGN KEY(disbursement_id) REFERENCES sf_disbursement (id),
	CONSTRAINT fk_sf_disbursement_step_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_handover_act (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	grant_id CHAR(32) NOT NULL,
	disbursement_id CHAR(32),
	receiver_id CHAR(32) NOT NULL,
	delivered_by CHAR(32) NOT NULL,
	witnessed_by CHAR(32),
	people BLOB,
	place VARCHAR(120) NOT NULL,
	handed_on DATE NOT NULL,
	total_minor BIGINT NOT NULL,
	discrepancy VARCHAR(400) NOT NULL,
	paper_id CHAR(32),
	paper_hash VARCHAR(64),
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_handover_act PRIMARY KEY (id),
	CONSTRAINT uq_sf_handover_act_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT ck_sf_handover_act_deliverer_is_no_witness CHECK (delivered_by <> witnessed_by),
	CONSTRAINT ck_sf_handover_act_people_sealed CHECK (people IS NULL OR (typeof(people) = 'blob' AND hex(substr(people, 1, 1)) = '01')),
	CONSTRAINT ck_sf_handover_act_total_minor_whole CHECK (typeof(total_minor) = 'integer'),
	CONSTRAINT ck_sf_handover_act_total_minor_least CHECK (total_minor >= 0),
	CONSTRAINT fk_sf_handover_act_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_handover_act_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_handover_act_disbursement_id FOREIGN KEY(disbursement_id) REFERENCES sf_disbursement (id),
	CONSTRAINT fk_sf_handover_act_receiver_id FOREIGN KEY(receiver_id) REFERENCES sf_participant (id),
	CONSTRAINT fk_sf_handover_act_delivered_by FOREIGN KEY(delivered_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_handover_act_witnessed_by FOREIGN KEY(witnessed_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_handover_act_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_handover_act_disbursement_id ON sf_handover_act (disbursement_id);

CREATE INDEX ix_sf_handover_act_grant_id ON sf_handover_act (grant_id);

CREATE INDEX ix_sf_handover_act_receiver_id ON sf_handover_act (receiver_id);

CREATE TABLE sf_signature_witness (
	signature_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	actor_id CHAR(32),
	CONSTRAINT pk_sf_signature_witness PRIMARY KEY (signature_id, position),
	CONSTRAINT ck_sf_signature_witness_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_signature_witness_position_least CHECK (position >= 1),
	CONSTRAINT fk_sf_signature_witness_signature_id FOREIGN KEY(signature_id) REFERENCES sf_agreement_signature (id),
	CONSTRAINT fk_sf_signature_witness_actor_id FOREIGN KEY(actor_id) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_signature_witness_actor_id ON sf_signature_witness (actor_id);

CREATE TABLE sf_handover_item (
	act_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	plan_version_id CHAR(32),
	plan_line BIGINT,
	description VARCHAR(200) NOT NULL,
	unit VARCHAR(30) NOT NULL,
	quantity_thousandths BIGINT NOT NULL,
	unit_value_minor BIGINT NOT NULL,
	total_minor BIGINT NOT NULL,
	serial VARCHAR(80) NOT NULL,
	condition VARCHAR(80) NOT NULL,
	CONSTRAINT pk_sf_handover_item PRIMARY KEY (act_id, position),
	CONSTRAINT fk_sf_handover_item_plan_version_id_plan_line FOREIGN KEY(plan_version_id, plan_line) REFERENCES sf_plan_item (version_id, line),
	CONSTRAINT ck_sf_handover_item_plan_line_is_whole CHECK ((plan_version_id IS NULL) = (plan_line IS NULL)),
	CONSTRAINT ck_sf_handover_item_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_handover_item_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_handover_item_plan_line_whole CHECK (typeof(plan_line) = 'integer' OR plan_line IS NULL),
	CONSTRAINT ck_sf_handover_item_plan_line_least CHECK (plan_line >= 1),
	CONSTRAINT ck_sf_handover_item_quantity_thousandths_whole CHECK (typeof(quantity_thousandths) = 'integer'),
	CONSTRAINT ck_sf_handover_item_quantity_thousandths_least CHECK (quantity_thousandths >= 1),
	CONSTRAINT ck_sf_handover_item_unit_value_minor_whole CHECK (typeof(unit_value_minor) = 'integer'),
	CONSTRAINT ck_sf_handover_item_unit_value_minor_least CHECK (unit_value_minor >= 0),
	CONSTRAINT ck_sf_handover_item_total_minor_whole CHECK (typeof(total_minor) = 'integer'),
	CONSTRAINT ck_sf_handover_item_total_minor_least CHECK (total_minor >= 0),
	CONSTRAINT fk_sf_handover_item_act_id FOREIGN KEY(act_id) REFERENCES sf_handover_act (id)
);

CREATE INDEX ix_sf_handover_item_plan_version_id ON sf_handover_item (plan_version_id);

CREATE TABLE sf_justification_line (
	id CHAR(32) NOT NULL,
	justification_id CHAR(32) NOT NULL,
	position BIGINT NOT NULL,
	grant_id CHAR(32) NOT NULL,
	plan_version_id CHAR(32),
	plan_line BIGINT,
	act_id CHAR(32),
	kind VARCHAR(19) NOT NULL CONSTRAINT ck_sf_justification_line_kind_known CHECK (kind IN ('invoice', 'sales_note', 'purchase_settlement', 'receipt', 'declaration', 'handover_act')),
	description VARCHAR(200) NOT NULL,
	details BLOB,
	digest VARCHAR(64),
	duplicate_of CHAR(32),
	document_on DATE NOT NULL,
	amount_minor BIGINT NOT NULL,
	file_sha256 VARCHAR(64),
	state VARCHAR(25) NOT NULL CONSTRAINT ck_sf_justification_line_state_known CHECK (state IN ('pending', 'accepted', 'accepted_with_observation', 'rejected', 'withdrawn')),
	accepted_minor BIGINT NOT NULL,
	own_minor BIGINT NOT NULL,
	observation VARCHAR(400) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	reviewed_on DATE,
	reviewed_at CHAR(27),
	reviewed_by CHAR(32),
	CONSTRAINT pk_sf_justification_line PRIMARY KEY (id),
	CONSTRAINT uq_sf_justification_line_justification_id_position UNIQUE (justification_id, position),
	CONSTRAINT fk_sf_justification_line_plan_version_id_plan_line FOREIGN KEY(plan_version_id, plan_line) REFERENCES sf_plan_item (version_id, line),
	CONSTRAINT ck_sf_justification_line_plan_line_is_whole CHECK ((plan_version_id IS NULL) = (plan_line IS NULL)),
	CONSTRAINT ck_sf_justification_line_maker_is_not_checker CHECK (reviewed_by IS NULL OR reviewed_by <> recorded_by),
	CONSTRAINT ck_sf_justification_line_review_is_complete CHECK ((state = 'pending') = (reviewed_by IS NULL)),
	CONSTRAINT ck_sf_justification_line_accepted_within_amount CHECK (accepted_minor <= amount_minor),
	CONSTRAINT ck_sf_justification_line_accepted_by_decision CHECK (accepted_minor = 0 OR state IN ('accepted', 'accepted_with_observation', 'withdrawn')),
	CONSTRAINT ck_sf_justification_line_position_whole CHECK (typeof(position) = 'integer'),
	CONSTRAINT ck_sf_justification_line_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_justification_line_plan_line_whole CHECK (typeof(plan_line) = 'integer' OR plan_line IS NULL),
	CONSTRAINT ck_sf_justification_line_plan_line_least CHECK (plan_line >= 1),
	CONSTRAINT ck_sf_justification_line_details_sealed CHECK (details IS NULL OR (typeof(details) = 'blob' AND hex(substr(details, 1, 1)) = '01')),
	CONSTRAINT ck_sf_justification_line_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_justification_line_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT ck_sf_justification_line_accepted_minor_whole CHECK (typeof(accepted_minor) = 'integer'),
	CONSTRAINT ck_sf_justification_line_accepted_minor_least CHECK (accepted_minor >= 0),
	CONSTRAINT ck_sf_justification_line_own_minor_whole CHECK (typeof(own_minor) = 'integer'),
	CONSTRAINT ck_sf_justification_line_own_minor_least CHECK (own_minor >= 0),
	CONSTRAINT fk_sf_justification_line_justification_id FOREIGN KEY(justification_id) REFERENCES sf_justification (id),
	CONSTRAINT fk_sf_justification_line_grant_id FOREIGN KEY(grant_id) REFERENCES sf_grant (id),
	CONSTRAINT fk_sf_justification_line_act_id FOREIGN KEY(act_id) REFERENCES sf_handover_act (id),
	CONSTRAINT fk_sf_justification_line_duplicate_of FOREIGN KEY(duplicate_of) REFERENCES sf_justification_line (id),
	CONSTRAINT fk_sf_justification_line_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_justification_line_reviewed_by FOREIGN KEY(reviewed_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_justification_line_act_id ON sf_justification_line (act_id);

CREATE INDEX ix_sf_justification_line_digest ON sf_justification_line (digest);

CREATE INDEX ix_sf_justification_line_duplicate_of ON sf_justification_line (duplicate_of);

CREATE INDEX ix_sf_justification_line_grant_id ON sf_justification_line (grant_id);

CREATE INDEX ix_sf_justification_line_plan_version_id ON sf_justification_line (plan_version_id);

CREATE TABLE sf_evidence_use (
	id CHAR(32) NOT NULL,
	line_id CHAR(32) NOT NULL,
	part_id CHAR(32) NOT NULL,
	amount_minor BIGINT NOT NULL,
	entry_id CHAR(32) NOT NULL,
	occurred_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	CONSTRAINT pk_sf_evidence_use PRIMARY KEY (id),
	CONSTRAINT ck_sf_evidence_use_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT fk_sf_evidence_use_line_id FOREIGN KEY(line_id) REFERENCES sf_justification_line (id),
	CONSTRAINT fk_sf_evidence_use_part_id FOREIGN KEY(part_id) REFERENCES sf_grant_part (id)
);

CREATE INDEX ix_sf_evidence_use_line_id ON sf_evidence_use (line_id);

CREATE INDEX ix_sf_evidence_use_part_id ON sf_evidence_use (part_id)
