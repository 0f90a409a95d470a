ALTER TABLE sf_payout_exception ADD COLUMN sha256 VARCHAR(64);

UPDATE sf_payout_exception SET sha256 = (SELECT i.sha256 FROM sf_payout_intake i WHERE i.id = sf_payout_exception.intake_id);

ALTER TABLE sf_payout_exception ALTER COLUMN sha256 SET NOT NULL;

ALTER TABLE sf_payout_exception DROP CONSTRAINT uq_sf_payout_exception_programme_id_fingerprint_occurrence;

ALTER TABLE sf_payout_exception ADD CONSTRAINT uq_sf_payout_exception_row_of_file UNIQUE (programme_id, fingerprint, occurrence, sha256)
