CREATE TABLE sf_template_version (
	version VARCHAR(120) NOT NULL,
	paper VARCHAR(30) NOT NULL,
	language VARCHAR(10) NOT NULL,
	source TEXT NOT NULL,
	labels TEXT NOT NULL,
	CONSTRAINT pk_sf_template_version PRIMARY KEY (version, paper, language)
);

CREATE TABLE sf_paper_print (
	paper_id CHAR(32) NOT NULL,
	language VARCHAR(10) NOT NULL,
	pdf_sha256 VARCHAR(64) NOT NULL,
	drawn_with VARCHAR(120) NOT NULL,
	CONSTRAINT pk_sf_paper_print PRIMARY KEY (paper_id),
	CONSTRAINT fk_sf_paper_print_paper_id FOREIGN KEY(paper_id) REFERENCES sf_paper (id)
);

CREATE TABLE sf_paper_terms (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	version BIGINT NOT NULL,
	proposal_id CHAR(32) NOT NULL,
	terms TEXT NOT NULL,
	terms_hash VARCHAR(64) NOT NULL,
	effective_from DATE NOT NULL,
	proposed_by CHAR(32) NOT NULL,
	approved_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_paper_terms PRIMARY KEY (id),
	CONSTRAINT uq_sf_paper_terms_programme_id_version UNIQUE (programme_id, version),
	CONSTRAINT uq_sf_paper_terms_proposal_id UNIQUE (proposal_id),
	CONSTRAINT fk_sf_paper_terms_proposal_id_proposed_by FOREIGN KEY(proposal_id, proposed_by) REFERENCES sf_proposal (id, proposed_by),
	CONSTRAINT ck_sf_paper_terms_two_hands CHECK (approved_by <> proposed_by),
	CONSTRAINT ck_sf_paper_terms_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_paper_terms_version_least CHECK (version >= 1),
	CONSTRAINT fk_sf_paper_terms_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_paper_terms_approved_by FOREIGN KEY(approved_by) REFERENCES sf_actor (id)
)
