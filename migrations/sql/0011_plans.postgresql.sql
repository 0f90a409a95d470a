CREATE TABLE sf_decision_award (
	decision_id UUID NOT NULL,
	awarded_on DATE NOT NULL,
	awarded_by UUID NOT NULL,
	CONSTRAINT pk_sf_decision_award PRIMARY KEY (decision_id),
	CONSTRAINT fk_sf_decision_award_decision_id FOREIGN KEY(decision_id) REFERENCES sf_committee_decision (id),
	CONSTRAINT fk_sf_decision_award_awarded_by FOREIGN KEY(awarded_by) REFERENCES sf_actor (id)
);

INSERT INTO sf_decision_award (decision_id, awarded_on, awarded_by)
SELECT basis_id, awarded_on, awarded_by FROM sf_grant WHERE basis_kind = 'committee_decision' AND basis_id IS NOT NULL
