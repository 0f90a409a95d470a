ALTER TABLE sf_bank_statement DROP CONSTRAINT ck_sf_bank_statement_state_known;

ALTER TABLE sf_bank_statement ADD CONSTRAINT ck_sf_bank_statement_state_known CHECK (state IN ('recorded', 'foots', 'does_not_foot', 'reconciled', 'replaced', 'set_aside'));

ALTER TABLE sf_bank_statement_step DROP CONSTRAINT ck_sf_bank_statement_step_from_state_known;

ALTER TABLE sf_bank_statement_step ADD CONSTRAINT ck_sf_bank_statement_step_from_state_known CHECK (from_state IN ('recorded', 'foots', 'does_not_foot', 'reconciled', 'replaced', 'set_aside'));

ALTER TABLE sf_bank_statement_step DROP CONSTRAINT ck_sf_bank_statement_step_to_state_known;

ALTER TABLE sf_bank_statement_step ADD CONSTRAINT ck_sf_bank_statement_step_to_state_known CHECK (to_state IN ('recorded', 'foots', 'does_not_foot', 'reconciled', 'replaced', 'set_aside'));

ALTER TABLE sf_bank_statement_step ADD COLUMN reason VARCHAR(300);

ALTER TABLE sf_bank_statement_step ADD CONSTRAINT ck_sf_bank_statement_step_aside_gives_its_reason CHECK (to_state <> 'set_aside' OR reason IS NOT NULL)
