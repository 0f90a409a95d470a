CREATE TABLE sf_receipt_mark (
	line_id CHAR(32) NOT NULL,
	digest VARCHAR(64) NOT NULL,
	CONSTRAINT pk_sf_receipt_mark PRIMARY KEY (line_id, digest),
	CONSTRAINT fk_sf_receipt_mark_line_id FOREIGN KEY(line_id) REFERENCES sf_justification_line (id)
);

CREATE INDEX ix_sf_receipt_mark_digest ON sf_receipt_mark (digest);

INSERT INTO sf_receipt_mark (line_id, digest) SELECT id, digest FROM sf_justification_line WHERE digest IS NOT NULL;

DROP INDEX ix_sf_justification_line_digest;

ALTER TABLE sf_justification_line DROP COLUMN digest;

CREATE INDEX ix_sf_justification_line_file ON sf_justification_line (file_sha256)
