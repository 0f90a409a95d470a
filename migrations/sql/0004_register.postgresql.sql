CREATE TABLE sf_evidence_file (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	kind VARCHAR(15) NOT NULL CONSTRAINT ck_sf_evidence_file_kind_known CHECK (kind IN ('agreement', 'authority', 'bank_advice', 'donor_letter', 'delivery_act', 'incident_report', 'minutes', 'photo', 'quotation', 'receipt', 'signed_list', 'signed_paper', 'statement', 'other')),
	description VARCHAR(200) NOT NULL,
	received_on DATE NOT NULL,
	recorded_by UUID NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_evidence_file PRIMARY KEY (id),
	CONSTRAINT uq_sf_evidence_file_programme_id_sha256 UNIQUE (programme_id, sha256),
	CONSTRAINT fk_sf_evidence_file_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_evidence_file_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_paper (
	id UUID NOT NULL,
	programme_id UUID NOT NULL,
	number VARCHAR(40) NOT NULL,
	version BIGINT NOT NULL,
	kind VARCHAR(30) NOT NULL,
	languages VARCHAR(60) NOT NULL,
	subject_id UUID,
	content_sealed BYTEA,
	content_plain TEXT,
	content_hash VARCHAR(64) NOT NULL,
	template_version VARCHAR(120) NOT NULL,
	chain_head VARCHAR(400) NOT NULL,
	issued_on DATE NOT NULL,
	issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
	issued_by UUID NOT NULL,
	supersedes UUID,
	CONSTRAINT pk_sf_paper PRIMARY KEY (id),
	CONSTRAINT uq_sf_paper_programme_id_number_version UNIQUE (programme_id, number, version),
	CONSTRAINT uq_sf_paper_supersedes UNIQUE (supersedes),
	CONSTRAINT ck_sf_paper_one_content CHECK ((content_sealed IS NULL) <> (content_plain IS NULL)),
	CONSTRAINT ck_sf_paper_sealed_for_subject CHECK ((content_sealed IS NULL) OR (subject_id IS NOT NULL)),
	CONSTRAINT ck_sf_paper_version_supersedes CHECK ((version = 1) = (supersedes IS NULL)),
	CONSTRAINT ck_sf_paper_version_least CHECK (version >= 1),
	CONSTRAINT ck_sf_paper_content_sealed_sealed CHECK (content_sealed IS NULL OR get_byte(content_sealed, 0) = 1),
	CONSTRAINT fk_sf_paper_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_paper_issued_by FOREIGN KEY(issued_by) REFERENCES sf_actor (id),
	CONSTRAINT fk_sf_paper_supersedes FOREIGN KEY(supersedes) REFERENCES sf_paper (id)
);

CREATE INDEX ix_sf_paper_subject_id ON sf_paper (subject_id);

CREATE TABLE sf_paper_scan (
	paper_id UUID NOT NULL,
	evidence_id UUID NOT NULL,
	recorded_by UUID NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sf_paper_scan PRIMARY KEY (paper_id, evidence_id),
	CONSTRAINT fk_sf_paper_scan_paper_id FOREIGN KEY(paper_id) REFERENCES sf_paper (id),
	CONSTRAINT fk_sf_paper_scan_evidence_id FOREIGN KEY(evidence_id) REFERENCES sf_evidence_file (id),
	CONSTRAINT fk_sf_paper_scan_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
)
