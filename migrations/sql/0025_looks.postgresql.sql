ALTER TABLE sf_monitoring DROP CONSTRAINT uq_sf_monitoring_plan_id_visited_on;

CREATE INDEX ix_sf_monitoring_plan_id ON sf_monitoring (plan_id);

ALTER TABLE sf_monitoring_report DROP CONSTRAINT ck_sf_monitoring_report_standing_still_has_its_reason;

ALTER TABLE sf_monitoring_report ADD COLUMN family_women BIGINT CONSTRAINT ck_sf_monitoring_report_family_women_least CHECK (family_women >= 0);

ALTER TABLE sf_monitoring_report ADD COLUMN family_men BIGINT CONSTRAINT ck_sf_monitoring_report_family_men_least CHECK (family_men >= 0);

ALTER TABLE sf_monitoring_report ADD COLUMN irregular TEXT;

CREATE TABLE sf_monitoring_decision (
	monitoring_id UUID NOT NULL,
	is_accepted BOOLEAN NOT NULL,
	reason VARCHAR(300) NOT NULL,
	decided_on DATE NOT NULL,
	recorded_by UUID NOT NULL,
	decided_by UUID NOT NULL,
	CONSTRAINT pk_sf_monitoring_decision PRIMARY KEY (monitoring_id),
	CONSTRAINT ck_sf_monitoring_decision_two_persons CHECK (decided_by <> recorded_by),
	CONSTRAINT fk_sf_monitoring_decision_monitoring_id FOREIGN KEY(monitoring_id) REFERENCES sf_monitoring (id),
	CONSTRAINT fk_sf_monitoring_decision_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_monitoring_decision_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
)
