ALTER TABLE sf_payout_layout ALTER COLUMN form TYPE VARCHAR(8);

ALTER TABLE sf_payout_layout DROP CONSTRAINT ck_sf_payout_layout_form_known;

ALTER TABLE sf_payout_layout ADD CONSTRAINT ck_sf_payout_layout_form_known CHECK (form IN ('csv', 'xlsx', 'fixed', 'iso20022'));

ALTER TABLE sf_payout_file ADD COLUMN execute_on DATE
