CREATE TABLE sf_recipe (
	code VARCHAR(40) NOT NULL,
	number BIGINT NOT NULL,
	debit_kind VARCHAR(13) CONSTRAINT ck_sf_recipe_debit_kind_known CHECK (debit_kind IN ('cash', 'advances', 'claims', 'expense', 'write_offs', 'losses', 'due_from', 'donor_returns', 'contributions', 'income', 'credit', 'withheld', 'due_to', 'shortfall', 'fx', 'opening', 'available', 'awarded', 'committed', 'spent', 'allotted', 'over')),
	credit_kind VARCHAR(13) CONSTRAINT ck_sf_recipe_credit_kind_known CHECK (credit_kind IN ('cash', 'advances', 'claims', 'expense', 'write_offs', 'losses', 'due_from', 'donor_returns', 'contributions', 'income', 'credit', 'withheld', 'due_to', 'shortfall', 'fx', 'opening', 'available', 'awarded', 'committed', 'spent', 'allotted', 'over')),
	memo_debit_kind VARCHAR(13) CONSTRAINT ck_sf_recipe_memo_debit_kind_known CHECK (memo_debit_kind IN ('cash', 'advances', 'claims', 'expense', 'write_offs', 'losses', 'due_from', 'donor_returns', 'contributions', 'income', 'credit', 'withheld', 'due_to', 'shortfall', 'fx', 'opening', 'available', 'awarded', 'committed', 'spent', 'allotted', 'over')),
	memo_credit_kind VARCHAR(13) CONSTRAINT ck_sf_recipe_memo_credit_kind_known CHECK (memo_credit_kind IN ('cash', 'advances', 'claims', 'expense', 'write_offs', 'losses', 'due_from', 'donor_returns', 'contributions', 'income', 'credit', 'withheld', 'due_to', 'shortfall', 'fx', 'opening', 'available', 'awarded', 'committed', 'spent', 'allotted', 'over')),
	phase VARCHAR(6) NOT NULL CONSTRAINT ck_sf_recipe_phase_known CHECK (phase IN ('post', 'hold', 'settle', 'void')),
	nature VARCHAR(8) NOT NULL CONSTRAINT ck_sf_recipe_nature_known CHECK (nature IN ('decision', 'fact')),
	CONSTRAINT pk_sf_recipe PRIMARY KEY (code),
	CONSTRAINT ck_sf_recipe_number_whole CHECK (typeof(number) = 'integer'),
	CONSTRAINT ck_sf_recipe_number_least CHECK (number >= 1)
);

CREATE TABLE sf_book (
	id INTEGER NOT NULL,
	programme_id CHAR(32) NOT NULL,
	fund_id CHAR(32) NOT NULL,
	code VARCHAR(20) NOT NULL,
	currency VARCHAR(3) NOT NULL,
	opened_at CHAR(27) NOT NULL,
	CONSTRAINT pk_sf_book PRIMARY KEY (id),
	CONSTRAINT uq_sf_book_programme_id_code UNIQUE (programme_id, code),
	CONSTRAINT fk_sf_book_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id)
);

CREATE INDEX ix_sf_book_fund_id ON sf_book (fund_id);

CREATE TABLE sf_account (
	id INTEGER NOT NULL,
	book_id BIGINT NOT NULL,
	code VARCHAR(200) NOT NULL,
	kind VARCHAR(13) NOT NULL,
	floor VARCHAR(1) NOT NULL,
	grant_id CHAR(32),
	line_id CHAR(32),
	bank_account_id CHAR(32),
	holder VARCHAR(60) NOT NULL,
	debits_posted BIGINT NOT NULL,
	credits_posted BIGINT NOT NULL,
	debits_pending BIGINT NOT NULL,
	credits_pending BIGINT NOT NULL,
	moved_by BIGINT NOT NULL,
	CONSTRAINT pk_sf_account PRIMARY KEY (id),
	CONSTRAINT uq_sf_account_book_id_code UNIQUE (book_id, code),
	CONSTRAINT ck_sf_account_counters_least CHECK (debits_posted >= 0 AND credits_posted >= 0 AND debits_pending >= 0 AND credits_pending >= 0),
	CONSTRAINT ck_sf_account_floor_debit CHECK (floor <> 'D' OR debits_posted - credits_posted - credits_pending >= 0),
	CONSTRAINT ck_sf_account_floor_credit CHECK (floor <> 'C' OR credits_posted - debits_posted - debits_pending >= 0),
	CONSTRAINT ck_sf_account_book_id_whole CHECK (typeof(book_id) = 'integer'),
	CONSTRAINT ck_sf_account_debits_posted_whole CHECK (typeof(debits_posted) = 'integer'),
	CONSTRAINT ck_sf_account_credits_posted_whole CHECK (typeof(credits_posted) = 'integer'),
	CONSTRAINT ck_sf_account_debits_pending_whole CHECK (typeof(debits_pending) = 'integer'),
	CONSTRAINT ck_sf_account_credits_pending_whole CHECK (typeof(credits_pending) = 'integer'),
	CONSTRAINT ck_sf_account_moved_by_whole CHECK (typeof(moved_by) = 'integer'),
	CONSTRAINT fk_sf_account_book_id FOREIGN KEY(book_id) REFERENCES sf_book (id)
);

CREATE INDEX ix_sf_account_bank_account_id ON sf_account (bank_account_id);

CREATE INDEX ix_sf_account_grant_id ON sf_account (grant_id);

CREATE INDEX ix_sf_account_line_id ON sf_account (line_id);

CREATE TABLE sf_book_head (
	book_id BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_sf_book_head PRIMARY KEY (book_id),
	CONSTRAINT ck_sf_book_head_book_id_whole CHECK (typeof(book_id) = 'integer'),
	CONSTRAINT ck_sf_book_head_seq_whole CHECK (typeof(seq) = 'integer'),
	CONSTRAINT ck_sf_book_head_seq_least CHECK (seq >= 0),
	CONSTRAINT fk_sf_book_head_book_id FOREIGN KEY(book_id) REFERENCES sf_book (id)
);

CREATE TABLE sf_entry (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(60) NOT NULL,
	event VARCHAR(40) NOT NULL,
	subject VARCHAR(60) NOT NULL,
	booking_date DATE NOT NULL,
	value_date DATE NOT NULL,
	document_date DATE,
	recorded_at CHAR(27) NOT NULL,
	actor_id CHAR(32) NOT NULL,
	command_key VARCHAR(200) NOT NULL,
	reverses CHAR(32),
	corrects_period VARCHAR(7),
	reason VARCHAR(400) NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_sf_entry PRIMARY KEY (id),
	CONSTRAINT uq_sf_entry_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT fk_sf_entry_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_entry_actor_id FOREIGN KEY(actor_id) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_entry_reverses FOREIGN KEY(reverses) REFERENCES sf_entry (id)
);

CREATE INDEX ix_sf_entry_subject ON sf_entry (programme_id, subject);

CREATE UNIQUE INDEX uq_sf_entry_reverses ON sf_entry (reverses) WHERE reverses IS NOT NULL;

CREATE TABLE sf_period (
	programme_id CHAR(32) NOT NULL,
	month VARCHAR(7) NOT NULL,
	state VARCHAR(7) NOT NULL CONSTRAINT ck_sf_period_state_known CHECK (state IN ('open', 'closing', 'closed')),
	closing_at CHAR(27) NOT NULL,
	closing_by CHAR(32) NOT NULL,
	closed_at CHAR(27),
	closed_by CHAR(32),
	CONSTRAINT pk_sf_period PRIMARY KEY (programme_id, month),
	CONSTRAINT fk_sf_period_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_period_closing_by FOREIGN KEY(closing_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_period_closed_by FOREIGN KEY(closed_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_period_book (
	programme_id CHAR(32) NOT NULL,
	month VARCHAR(7) NOT NULL,
	book_id BIGINT NOT NULL,
	head_seq BIGINT NOT NULL,
	head_hash VARCHAR(64) NOT NULL,
	next_seq BIGINT NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_sf_period_book PRIMARY KEY (programme_id, month, book_id),
	CONSTRAINT ck_sf_period_book_book_id_whole CHECK (typeof(book_id) = 'integer'),
	CONSTRAINT ck_sf_period_book_head_seq_whole CHECK (typeof(head_seq) = 'integer'),
	CONSTRAINT ck_sf_period_book_head_seq_least CHECK (head_seq >= 0),
	CONSTRAINT ck_sf_period_book_next_seq_whole CHECK (typeof(next_seq) = 'integer'),
	CONSTRAINT ck_sf_period_book_next_seq_least CHECK (next_seq >= 1),
	CONSTRAINT fk_sf_period_book_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_period_book_book_id FOREIGN KEY(book_id) REFERENCES sf_book (id)
);

CREATE TABLE sf_period_balance (
	programme_id CHAR(32) NOT NULL,
	month VARCHAR(7) NOT NULL,
	account_id BIGINT NOT NULL,
	debits_posted BIGINT NOT NULL,
	credits_posted BIGINT NOT NULL,
	debits_pending BIGINT NOT NULL,
	credits_pending BIGINT NOT NULL,
	CONSTRAINT pk_sf_period_balance PRIMARY KEY (programme_id, month, account_id),
	CONSTRAINT ck_sf_period_balance_account_id_whole CHECK (typeof(account_id) = 'integer'),
	CONSTRAINT ck_sf_period_balance_debits_posted_whole CHECK (typeof(debits_posted) = 'integer'),
	CONSTRAINT ck_sf_period_balance_debits_posted_least CHECK (debits_posted >= 0),
	CONSTRAINT ck_sf_period_balance_credits_posted_whole CHECK (typeof(credits_posted) = 'integer'),
	CONSTRAINT ck_sf_period_balance_credits_posted_least CHECK (credits_posted >= 0),
	CONSTRAINT ck_sf_period_balance_debits_pending_whole CHECK (typeof(debits_pending) = 'integer'),
	CONSTRAINT ck_sf_period_balance_debits_pending_least CHECK (debits_pending >= 0),
	CONSTRAINT ck_sf_period_balance_credits_pending_whole CHECK (typeof(credits_pending) = 'integer'),
	CONSTRAINT ck_sf_period_balance_credits_pending_least CHECK (credits_pending >= 0),
	CONSTRAINT fk_sf_period_balance_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_period_balance_account_id FOREIGN KEY(account_id) REFERENCES sf_account (id)
);

CREATE TABLE sf_transfer (
	book_id BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	entry_id CHAR(32) NOT NULL,
	"row" BIGINT NOT NULL,
	recipe VARCHAR(40) NOT NULL,
	phase VARCHAR(6) NOT NULL CONSTRAINT ck_sf_transfer_phase_known CHECK (phase IN ('post', 'hold', 'settle', 'void')),
	amount BIGINT NOT NULL,
	debit_id BIGINT,
	credit_id BIGINT,
	memo_debit_id BIGINT,
	memo_credit_id BIGINT,
	resolves_seq BIGINT,
	held BIGINT,
	reverses_seq BIGINT,
	booking_date DATE NOT NULL,
	prev_hash VARCHAR(64) NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_sf_transfer PRIMARY KEY (book_id, seq),
	CONSTRAINT ck_sf_transfer_money_pair CHECK ((debit_id IS NULL) = (credit_id IS NULL)),
	CONSTRAINT ck_sf_transfer_memo_pair CHECK ((memo_debit_id IS NULL) = (memo_credit_id IS NULL)),
	CONSTRAINT ck_sf_transfer_some_pair CHECK (debit_id IS NOT NULL OR memo_debit_id IS NOT NULL),
	CONSTRAINT ck_sf_transfer_money_two CHECK (debit_id <> credit_id),
	CONSTRAINT ck_sf_transfer_memo_two CHECK (memo_debit_id <> memo_credit_id),
	CONSTRAINT ck_sf_transfer_resolution_resolves CHECK ((phase IN ('settle', 'void')) = (resolves_seq IS NOT NULL)),
	CONSTRAINT ck_sf_transfer_resolution_holds CHECK ((resolves_seq IS NULL) = (held IS NULL)),
	CONSTRAINT ck_sf_transfer_settle_within_held CHECK (phase <> 'settle' OR amount <= held),
	CONSTRAINT ck_sf_transfer_void_carries_held CHECK (phase <> 'void' OR amount = held),
	CONSTRAINT ck_sf_transfer_reversal_posts CHECK (reverses_seq IS NULL OR phase = 'post'),
	CONSTRAINT ck_sf_transfer_book_id_whole CHECK (typeof(book_id) = 'integer'),
	CONSTRAINT ck_sf_transfer_seq_whole CHECK (typeof(seq) = 'integer'),
	CONSTRAINT ck_sf_transfer_seq_least CHECK (seq >= 1),
	CONSTRAINT ck_sf_transfer_row_whole CHECK (typeof(row) = 'integer'),
	CONSTRAINT ck_sf_transfer_row_least CHECK (row >= 1),
	CONSTRAINT ck_sf_transfer_amount_whole CHECK (typeof(amount) = 'integer'),
	CONSTRAINT ck_sf_transfer_amount_least CHECK (amount >= 1),
	CONSTRAINT ck_sf_transfer_debit_id_whole CHECK (typeof(debit_id) = 'integer' OR debit_id IS NULL),
	CONSTRAINT ck_sf_transfer_credit_id_whole CHECK (typeof(credit_id) = 'integer' OR credit_id IS NULL),
	CONSTRAINT ck_sf_transfer_memo_debit_id_whole CHECK (typeof(memo_debit_id) = 'integer' OR memo_debit_id IS NULL),
	CONSTRAINT ck_sf_transfer_memo_credit_id_whole CHECK (typeof(memo_credit_id) = 'integer' OR memo_credit_id IS NULL),
	CONSTRAINT ck_sf_transfer_resolves_seq_whole CHECK (typeof(resolves_seq) = 'integer' OR resolves_seq IS NULL),
	CONSTRAINT ck_sf_transfer_resolves_seq_least CHECK (resolves_seq >= 1),
	CONSTRAINT ck_sf_transfer_held_whole CHECK (typeof(held) = 'integer' OR held IS NULL),
	CONSTRAINT ck_sf_transfer_held_least CHECK (held >= 1),
	CONSTRAINT ck_sf_transfer_reverses_seq_whole CHECK (typeof(reverses_seq) = 'integer' OR reverses_seq IS NULL),
	CONSTRAINT ck_sf_transfer_reverses_seq_least CHECK (reverses_seq >= 1),
	CONSTRAINT fk_sf_transfer_book_id FOREIGN KEY(book_id) REFERENCES sf_book (id),
	CONSTRAINT fk_sf_transfer_entry_id FOREIGN KEY(entry_id) REFERENCES sf_entry (id),
	CONSTRAINT fk_sf_transfer_recipe FOREIGN KEY(recipe) REFERENCES sf_recipe (code),
	CONSTRAINT fk_sf_transfer_debit_id FOREIGN KEY(debit_id) REFERENCES sf_account (id),
	CONSTRAINT fk_sf_transfer_credit_id FOREIGN KEY(credit_id) REFERENCES sf_account (id),
	CONSTRAINT fk_sf_transfer_memo_debit_id FOREIGN KEY(memo_debit_id) REFERENCES sf_account (id),
	CONSTRAINT fk_sf_transfer_memo_credit_id FOREIGN KEY(memo_credit_id) REFERENCES sf_account (id)
)
 WITHOUT ROWID;

CREATE INDEX ix_sf_transfer_credit_id ON sf_transfer (credit_id) WHERE credit_id IS NOT NULL;

CREATE INDEX ix_sf_transfer_debit_id ON sf_transfer (debit_id) WHERE debit_id IS NOT NULL;

CREATE INDEX ix_sf_transfer_entry_id ON sf_transfer (entry_id);

CREATE INDEX ix_sf_transfer_memo_credit_id ON sf_transfer (memo_credit_id) WHERE memo_credit_id IS NOT NULL;

CREATE INDEX ix_sf_transfer_memo_debit_id ON sf_transfer (memo_debit_id) WHERE memo_debit_id IS NOT NULL;

CREATE UNIQUE INDEX uq_sf_transfer_book_id_resolves_seq ON sf_transfer (book_id, resolves_seq) WHERE resolves_seq IS NOT NULL;

CREATE UNIQUE INDEX uq_sf_transfer_book_id_reverses_seq ON sf_transfer (book_id, reverses_seq) WHERE reverses_seq IS NOT NULL
