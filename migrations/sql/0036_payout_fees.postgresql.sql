ALTER TABLE sf_payout_decision ADD COLUMN disbursement_id UUID CONSTRAINT fk_sf_payout_decision_disbursement_id REFERENCES sf_disbursement (id);

ALTER TABLE sf_payout_decision ADD COLUMN told VARCHAR(15) CONSTRAINT ck_sf_payout_decision_told_known CHECK (told IN ('delivered', 'partial', 'failed', 'not_distributed', 'reversed', 'pending'));

ALTER TABLE sf_payout_decision ADD COLUMN fee_minor BIGINT;

ALTER TABLE sf_payout_decision ADD CONSTRAINT ck_sf_payout_decision_fee_has_payment CHECK (fee_minor IS NULL OR disbursement_id IS NOT NULL);

ALTER TABLE sf_payout_decision ADD CONSTRAINT ck_sf_payout_decision_fee_minor_least CHECK (fee_minor >= 0);

CREATE INDEX ix_sf_payout_decision_disbursement_id ON sf_payout_decision (disbursement_id)
