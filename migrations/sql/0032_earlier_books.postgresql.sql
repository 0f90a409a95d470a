ALTER TABLE sf_grant DROP CONSTRAINT ck_sf_grant_basis_kind_known;

ALTER TABLE sf_grant ADD CONSTRAINT ck_sf_grant_basis_kind_known CHECK (basis_kind IN ('committee_decision', 'employment_plan', 'eligibility_list', 'referral', 'earlier_books'));

UPDATE sf_grant SET basis_kind = 'earlier_books' WHERE id IN (SELECT grant_id FROM sf_grant_taken_over)
