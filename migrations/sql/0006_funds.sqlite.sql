CREATE TABLE sf_bank_account (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	code VARCHAR(60) NOT NULL,
	name VARCHAR(200) NOT NULL,
	kind VARCHAR(13) NOT NULL CONSTRAINT ck_sf_bank_account_kind_known CHECK (kind IN ('bank', 'petty_cash', 'envelope', 'code_float', 'wallet_float', 'voucher_float', 'transit')),
	currency VARCHAR(3) NOT NULL,
	opened_at CHAR(27) NOT NULL,
	opened_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_bank_account PRIMARY KEY (id),
	CONSTRAINT uq_sf_bank_account_programme_id_code UNIQUE (programme_id, code),
	CONSTRAINT fk_sf_bank_account_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_bank_account_opened_by FOREIGN KEY(opened_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_donor (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	code VARCHAR(60) NOT NULL,
	name VARCHAR(200) NOT NULL,
	registered_at CHAR(27) NOT NULL,
	registered_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_donor PRIMARY KEY (id),
	CONSTRAINT uq_sf_donor_programme_id_code UNIQUE (programme_id, code),
	CONSTRAINT fk_sf_donor_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_donor_registered_by FOREIGN KEY(registered_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_benefit_type (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	code VARCHAR(40) NOT NULL,
	version BIGINT NOT NULL,
	series VARCHAR(10) NOT NULL,
	unit VARCHAR(12) NOT NULL CONSTRAINT ck_sf_benefit_type_unit_known CHECK (unit IN ('person', 'household', 'group', 'organisation')),
	justification_required BOOLEAN NOT NULL,
	terms TEXT NOT NULL,
	terms_hash VARCHAR(64) NOT NULL,
	effective_from DATE NOT NULL,
	proposal_id CHAR(32) NOT NULL,
	proposed_by CHAR(32) NOT NULL,
	approved_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_benefit_type PRIMARY KEY (id),
	CONSTRAINT uq_sf_benefit_type_programme_id_code_version UNIQUE (programme_id, code, version),
	CONSTRAINT uq_sf_benefit_type_proposal_id UNIQUE (proposal_id),
	CONSTRAINT ck_sf_benefit_type_two_hands CHECK (approved_by <> proposed_by),
	CONSTRAINT fk_sf_benefit_type_proposal_id_proposed_by FOREIGN KEY(proposal_id, proposed_by) REFERENCES sf_proposal (id, proposed_by),
	CONSTRAINT ck_sf_benefit_type_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_benefit_type_version_least CHECK (version >= 1),
	CONSTRAINT fk_sf_benefit_type_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_benefit_type_proposal_id FOREIGN KEY(proposal_id) REFERENCES sf_proposal (id),
	CONSTRAINT fk_sf_benefit_type_proposed_by FOREIGN KEY(proposed_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_benefit_type_approved_by FOREIGN KEY(approved_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_fund (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	code VARCHAR(20) NOT NULL,
	donor_id CHAR(32) NOT NULL,
	name VARCHAR(200) NOT NULL,
	currency VARCHAR(3) NOT NULL,
	starts DATE NOT NULL,
	ends DATE NOT NULL,
	basis VARCHAR(18) NOT NULL CONSTRAINT ck_sf_fund_basis_known CHECK (basis IN ('expense_on_payment', 'when_justified')),
	refunds_return_to VARCHAR(9) NOT NULL CONSTRAINT ck_sf_fund_refunds_return_to_known CHECK (refunds_return_to IN ('committed', 'available')),
	book_id BIGINT NOT NULL,
	opened_at CHAR(27) NOT NULL,
	opened_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_fund PRIMARY KEY (id),
	CONSTRAINT uq_sf_fund_programme_id_code UNIQUE (programme_id, code),
	CONSTRAINT uq_sf_fund_book_id UNIQUE (book_id),
	CONSTRAINT ck_sf_fund_period CHECK (ends > starts),
	CONSTRAINT ck_sf_fund_book_id_whole CHECK (typeof(book_id) = 'integer'),
	CONSTRAINT fk_sf_fund_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_fund_donor_id FOREIGN KEY(donor_id) REFERENCES sf_donor (id),
	CONSTRAINT fk_sf_fund_book_id FOREIGN KEY(book_id) REFERENCES sf_book (id),
	CONSTRAINT fk_sf_fund_opened_by FOREIGN KEY(opened_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_fund_donor_id ON sf_fund (donor_id);

CREATE TABLE sf_budget_line (
	id CHAR(32) NOT NULL,
	fund_id CHAR(32) NOT NULL,
	code VARCHAR(60) NOT NULL,
	name VARCHAR(200) NOT NULL,
	kind VARCHAR(10) NOT NULL CONSTRAINT ck_sf_budget_line_kind_known CHECK (kind IN ('grants', 'operations', 'charges')),
	added_at CHAR(27) NOT NULL,
	added_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_budget_line PRIMARY KEY (id),
	CONSTRAINT uq_sf_budget_line_fund_id_code UNIQUE (fund_id, code),
	CONSTRAINT fk_sf_budget_line_fund_id FOREIGN KEY(fund_id) REFERENCES sf_fund (id),
	CONSTRAINT fk_sf_budget_line_added_by FOREIGN KEY(added_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_eligibility_rule (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	benefit_code VARCHAR(40) NOT NULL,
	population_group VARCHAR(20) NOT NULL CONSTRAINT ck_sf_eligibility_rule_population_group_known CHECK (population_group IN ('refugee', 'asylum_seeker', 'migrant', 'returnee', 'stateless', 'internally_displaced', 'host')),
	fund_id CHAR(32),
	payer VARCHAR(120),
	from_day DATE NOT NULL,
	until_day DATE,
	proposal_id CHAR(32) NOT NULL,
	proposed_by CHAR(32) NOT NULL,
	approved_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_eligibility_rule PRIMARY KEY (id),
	CONSTRAINT ck_sf_eligibility_rule_one_payer CHECK ((fund_id IS NULL) <> (payer IS NULL)),
	CONSTRAINT ck_sf_eligibility_rule_days CHECK (until_day IS NULL OR until_day >= from_day),
	CONSTRAINT ck_sf_eligibility_rule_two_hands CHECK (approved_by <> proposed_by),
	CONSTRAINT fk_sf_eligibility_rule_proposal_id_proposed_by FOREIGN KEY(proposal_id, proposed_by) REFERENCES sf_proposal (id, proposed_by),
	CONSTRAINT fk_sf_eligibility_rule_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_eligibility_rule_fund_id FOREIGN KEY(fund_id) REFERENCES sf_fund (id),
	CONSTRAINT fk_sf_eligibility_rule_proposal_id FOREIGN KEY(proposal_id) REFERENCES sf_proposal (id),
	CONSTRAINT fk_sf_eligibility_rule_proposed_by FOREIGN KEY(proposed_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_eligibility_rule_approved_by FOREIGN KEY(approved_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_eligibility_rule_benefit ON sf_eligibility_rule (programme_id, benefit_code, population_group);

CREATE INDEX ix_sf_eligibility_rule_fund_id ON sf_eligibility_rule (fund_id);

CREATE INDEX ix_sf_eligibility_rule_proposal_id ON sf_eligibility_rule (proposal_id);

CREATE TABLE sf_instalment (
	id CHAR(32) NOT NULL,
	fund_id CHAR(32) NOT NULL,
	number BIGINT NOT NULL,
	amount_minor BIGINT NOT NULL,
	bank_account_id CHAR(32) NOT NULL,
	received_on DATE NOT NULL,
	donor_minor BIGINT,
	donor_currency VARCHAR(3),
	rate VARCHAR(40),
	rate_source VARCHAR(120),
	evidence_sha256 VARCHAR(64),
	is_irregular BOOLEAN NOT NULL,
	entry_id CHAR(32) NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_instalment PRIMARY KEY (id),
	CONSTRAINT uq_sf_instalment_fund_id_number UNIQUE (fund_id, number),
	CONSTRAINT ck_sf_instalment_donor_amount_whole CHECK ((donor_minor IS NULL) = (donor_currency IS NULL) AND (donor_minor IS NULL) = (rate IS NULL) AND (rate IS NULL) = (rate_source IS NULL)),
	CONSTRAINT ck_sf_instalment_number_whole CHECK (typeof(number) = 'integer'),
	CONSTRAINT ck_sf_instalment_number_least CHECK (number >= 1),
	CONSTRAINT ck_sf_instalment_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_instalment_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT ck_sf_instalment_donor_minor_whole CHECK (typeof(donor_minor) = 'integer' OR donor_minor IS NULL),
	CONSTRAINT ck_sf_instalment_donor_minor_least CHECK (donor_minor >= 1),
	CONSTRAINT fk_sf_instalment_fund_id FOREIGN KEY(fund_id) REFERENCES sf_fund (id),
	CONSTRAINT fk_sf_instalment_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES sf_bank_account (id),
	CONSTRAINT fk_sf_instalment_entry_id FOREIGN KEY(entry_id) REFERENCES sf_entry (id),
	CONSTRAINT fk_sf_instalment_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_budget_change (
	id CHAR(32) NOT NULL,
	line_id CHAR(32) NOT NULL,
	to_line_id CHAR(32),
	move VARCHAR(8) NOT NULL CONSTRAINT ck_sf_budget_change_move_known CHECK (move IN ('allotted', 'revised', 'cut')),
	amount_minor BIGINT NOT NULL,
	reason VARCHAR(400) NOT NULL,
	evidence_sha256 VARCHAR(64),
	entry_id CHAR(32) NOT NULL,
	occurred_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_budget_change PRIMARY KEY (id),
	CONSTRAINT ck_sf_budget_change_revision_has_two CHECK ((move = 'revised') = (to_line_id IS NOT NULL)),
	CONSTRAINT ck_sf_budget_change_two_lines CHECK (to_line_id <> line_id),
	CONSTRAINT ck_sf_budget_change_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_budget_change_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT fk_sf_budget_change_line_id FOREIGN KEY(line_id) REFERENCES sf_budget_line (id),
	CONSTRAINT fk_sf_budget_change_to_line_id FOREIGN KEY(to_line_id) REFERENCES sf_budget_line (id),
	CONSTRAINT fk_sf_budget_change_entry_id FOREIGN KEY(entry_id) REFERENCES sf_entry (id),
	CONSTRAINT fk_sf_budget_change_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_budget_change_line_id ON sf_budget_change (line_id);

CREATE INDEX ix_sf_budget_change_to_line_id ON sf_budget_change (to_line_id);

CREATE TABLE sf_instalment_recall (
	id CHAR(32) NOT NULL,
	instalment_id CHAR(32) NOT NULL,
	amount_minor BIGINT NOT NULL,
	kind VARCHAR(13) NOT NULL CONSTRAINT ck_sf_instalment_recall_kind_known CHECK (kind IN ('recalled', 'entered_twice')),
	reason VARCHAR(400) NOT NULL,
	evidence_sha256 VARCHAR(64),
	is_irregular BOOLEAN NOT NULL,
	entry_id CHAR(32) NOT NULL,
	occurred_on DATE NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_instalment_recall PRIMARY KEY (id),
	CONSTRAINT ck_sf_instalment_recall_amount_minor_whole CHECK (typeof(amount_minor) = 'integer'),
	CONSTRAINT ck_sf_instalment_recall_amount_minor_least CHECK (amount_minor >= 1),
	CONSTRAINT fk_sf_instalment_recall_instalment_id FOREIGN KEY(instalment_id) REFERENCES sf_instalment (id),
	CONSTRAINT fk_sf_instalment_recall_entry_id FOREIGN KEY(entry_id) REFERENCES sf_entry (id),
	CONSTRAINT fk_sf_instalment_recall_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE INDEX ix_sf_instalment_recall_instalment_id ON sf_instalment_recall (instalment_id)
