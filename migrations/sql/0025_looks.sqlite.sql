CREATE TABLE sf_monitoring_before AS SELECT * FROM sf_monitoring;

DROP TABLE sf_monitoring;

CREATE TABLE sf_monitoring (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	number VARCHAR(30) NOT NULL,
	plan_id CHAR(32) NOT NULL,
	"plan" VARCHAR(30) NOT NULL,
	participant_id CHAR(32) NOT NULL,
	visited_on DATE NOT NULL,
	CONSTRAINT pk_sf_monitoring PRIMARY KEY (id),
	CONSTRAINT uq_sf_monitoring_programme_id_number UNIQUE (programme_id, number),
	CONSTRAINT fk_sf_monitoring_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_monitoring_plan_id FOREIGN KEY(plan_id) REFERENCES sf_plan (id),
	CONSTRAINT fk_sf_monitoring_participant_id FOREIGN KEY(participant_id) REFERENCES sf_participant (id)
);

CREATE INDEX ix_sf_monitoring_participant_id ON sf_monitoring (participant_id);

CREATE INDEX ix_sf_monitoring_plan_id ON sf_monitoring (plan_id);

INSERT INTO sf_monitoring (id, programme_id, number, plan_id, "plan", participant_id, visited_on) SELECT id, programme_id, number, plan_id, "plan", participant_id, visited_on FROM sf_monitoring_before;

DROP TABLE sf_monitoring_before;

CREATE TABLE sf_monitoring_report_before AS SELECT * FROM sf_monitoring_report;

DROP TABLE sf_monitoring_report;

CREATE TABLE sf_monitoring_report (
	monitoring_id CHAR(32) NOT NULL,
	version BIGINT NOT NULL,
	is_operating BOOLEAN NOT NULL,
	stood_still_for VARCHAR(12) CONSTRAINT ck_sf_monitoring_report_stood_still_for_known CHECK (stood_still_for IN ('no_customers', 'costs', 'illness', 'care', 'theft', 'moved_away', 'other_work', 'permit', 'season', 'other')),
	month DATE NOT NULL,
	currency VARCHAR(3) NOT NULL,
	sales_minor BIGINT,
	costs_minor BIGINT,
	stock_minor BIGINT,
	cash_minor BIGINT,
	paid_women BIGINT,
	paid_men BIGINT,
	family_women BIGINT,
	family_men BIGINT,
	family_hands BIGINT,
	irregular TEXT,
	note BLOB,
	correction VARCHAR(300),
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_monitoring_report PRIMARY KEY (monitoring_id, version),
	CONSTRAINT ck_sf_monitoring_report_correction_has_its_reason CHECK ((version = 1) = (correction IS NULL)),
	CONSTRAINT ck_sf_monitoring_report_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_monitoring_report_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_monitoring_report_sales_minor_whole CHECK (typeof(sales_minor) = 'integer' OR sales_minor IS NULL),
	CONSTRAINT ck_sf_monitoring_report_sales_minor_least CHECK (sales_minor >= 0),
	CONSTRAINT ck_sf_monitoring_report_costs_minor_whole CHECK (typeof(costs_minor) = 'integer' OR costs_minor IS NULL),
	CONSTRAINT ck_sf_monitoring_report_costs_minor_least CHECK (costs_minor >= 0),
	CONSTRAINT ck_sf_monitoring_report_stock_minor_whole CHECK (typeof(stock_minor) = 'integer' OR stock_minor IS NULL),
	CONSTRAINT ck_sf_monitoring_report_stock_minor_least CHECK (stock_minor >= 0),
	CONSTRAINT ck_sf_monitoring_report_cash_minor_whole CHECK (typeof(cash_minor) = 'integer' OR cash_minor IS NULL),
	CONSTRAINT ck_sf_monitoring_report_cash_minor_least CHECK (cash_minor >= 0),
	CONSTRAINT ck_sf_monitoring_report_paid_women_whole CHECK (typeof(paid_women) = 'integer' OR paid_women IS NULL),
	CONSTRAINT ck_sf_monitoring_report_paid_women_least CHECK (paid_women >= 0),
	CONSTRAINT ck_sf_monitoring_report_paid_men_whole CHECK (typeof(paid_men) = 'integer' OR paid_men IS NULL),
	CONSTRAINT ck_sf_monitoring_report_paid_men_least CHECK (paid_men >= 0),
	CONSTRAINT ck_sf_monitoring_report_family_women_whole CHECK (typeof(family_women) = 'integer' OR family_women IS NULL),
	CONSTRAINT ck_sf_monitoring_report_family_women_least CHECK (family_women >= 0),
	CONSTRAINT ck_sf_monitoring_report_family_men_whole CHECK (typeof(family_men) = 'integer' OR family_men IS NULL),
	CONSTRAINT ck_sf_monitoring_report_family_men_least CHECK (family_men >= 0),
	CONSTRAINT ck_sf_monitoring_report_family_hands_whole CHECK (typeof(family_hands) = 'integer' OR family_hands IS NULL),
	CONSTRAINT ck_sf_monitoring_report_family_hands_least CHECK (family_hands >= 0),
	CONSTRAINT ck_sf_monitoring_report_note_sealed CHECK (note IS NULL OR (typeof(note) = 'blob' AND hex(substr(note, 1, 1)) = '01')),
	CONSTRAINT fk_sf_monitoring_report_monitoring_id FOREIGN KEY(monitoring_id) REFERENCES sf_monitoring (id),
	CONSTRAINT fk_sf_monitoring_report_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

INSERT INTO sf_monitoring_report (monitoring_id, version, is_operating, stood_still_for, month, currency, sales_minor, costs_minor, stock_minor, cash_minor, paid_women, paid_men, family_hands, note, correction, recorded_at, recorded_by) SELECT monitoring_id, version, is_operating, stood_still_for, month, currency, sales_minor, costs_minor, stock_minor, cash_minor, paid_women, paid_men, family_hands, note, correction, recorded_at, recorded_by FROM sf_monitoring_report_before;

DROP TABLE sf_monitoring_report_before;

CREATE TABLE sf_monitoring_decision (
	monitoring_id CHAR(32) NOT NULL,
	is_accepted BOOLEAN NOT NULL,
	reason VARCHAR(300) NOT NULL,
	decided_on DATE NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	decided_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_monitoring_decision PRIMARY KEY (monitoring_id),
	CONSTRAINT ck_sf_monitoring_decision_two_persons CHECK (decided_by <> recorded_by),
	CONSTRAINT fk_sf_monitoring_decision_monitoring_id FOREIGN KEY(monitoring_id) REFERENCES sf_monitoring (id),
	CONSTRAINT fk_sf_monitoring_decision_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_monitoring_decision_decided_by FOREIGN KEY(decided_by) REFERENCES sf_actor (id)
)
