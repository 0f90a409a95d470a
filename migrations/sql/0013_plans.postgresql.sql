CREATE TABLE sf_vote_before AS SELECT * FROM sf_vote;

DROP TABLE sf_vote;

CREATE TABLE sf_motion (
	session_id UUID NOT NULL,
	version_id UUID NOT NULL,
	position BIGINT NOT NULL,
	outcome VARCHAR(26) NOT NULL CONSTRAINT ck_sf_motion_outcome_known CHECK (outcome IN ('approved', 'approved_with_observations', 'lower_amount', 'deferred', 'waiting_list', 'rejected')),
	currency VARCHAR(3) NOT NULL,
	amount_minor BIGINT NOT NULL,
	put_by UUID NOT NULL,
	put_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_motion PRIMARY KEY (session_id, version_id, position),
	CONSTRAINT ck_sf_motion_position_least CHECK (position >= 1),
	CONSTRAINT ck_sf_motion_amount_minor_least CHECK (amount_minor >= 0),
	CONSTRAINT fk_sf_motion_session_id FOREIGN KEY(session_id) REFERENCES sf_committee_session (id),
	CONSTRAINT fk_sf_motion_version_id FOREIGN KEY(version_id) REFERENCES sf_plan_version (id),
	CONSTRAINT fk_sf_motion_put_by FOREIGN KEY(put_by) REFERENCES sf_actor (id)
);

INSERT INTO sf_motion (session_id, version_id, position, outcome, currency, amount_minor, put_by, put_at)
SELECT b.session_id, b.version_id, 1, COALESCE(d.outcome, 'approved'), COALESCE(d.currency, v.currency),
	COALESCE(d.amount_minor, v.grant_minor), s.secretary_id, b.put_at
FROM (SELECT session_id, version_id, MIN(cast_at) AS put_at FROM sf_vote_before GROUP BY session_id, version_id) b
JOIN sf_committee_session s ON s.id = b.session_id
JOIN sf_plan_version v ON v.id = b.version_id
LEFT JOIN sf_committee_decision d ON d.session_id = b.session_id AND d.version_id = b.version_id;

CREATE TABLE sf_vote (
	session_id UUID NOT NULL,
	version_id UUID NOT NULL,
	motion BIGINT NOT NULL,
	actor_id UUID NOT NULL,
	choice VARCHAR(7) NOT NULL CONSTRAINT ck_sf_vote_choice_known CHECK (choice IN ('for', 'against', 'abstain')),
	cast_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_vote PRIMARY KEY (session_id, version_id, motion, actor_id),
	CONSTRAINT fk_sf_vote_session_id_version_id_motion FOREIGN KEY(session_id, version_id, motion) REFERENCES sf_motion (session_id, version_id, position),
	CONSTRAINT ck_sf_vote_motion_least CHECK (motion >= 1),
	CONSTRAINT fk_sf_vote_session_id FOREIGN KEY(session_id) REFERENCES sf_committee_session (id),
	CONSTRAINT fk_sf_vote_version_id FOREIGN KEY(version_id) REFERENCES sf_plan_version (id),
	CONSTRAINT fk_sf_vote_actor_id FOREIGN KEY(actor_id) REFERENCES sf_actor (id)
);

INSERT INTO sf_vote (session_id, version_id, motion, actor_id, choice, cast_at)
SELECT session_id, version_id, 1, actor_id, choice, cast_at FROM sf_vote_before;

DROP TABLE sf_vote_before;

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
