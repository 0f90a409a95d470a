CREATE TABLE sf_import_mapping (
	id CHAR(32) NOT NULL,
	programme_id CHAR(32) NOT NULL,
	kind VARCHAR(40) NOT NULL,
	name VARCHAR(60) NOT NULL,
	version BIGINT NOT NULL,
	mapping TEXT NOT NULL,
	recorded_at CHAR(27) NOT NULL,
	recorded_by CHAR(32) NOT NULL,
	CONSTRAINT pk_sf_import_mapping PRIMARY KEY (id),
	CONSTRAINT uq_sf_import_mapping_programme_id_kind_name_version UNIQUE (programme_id, kind, name, version),
	CONSTRAINT ck_sf_import_mapping_version_whole CHECK (typeof(version) = 'integer'),
	CONSTRAINT ck_sf_import_mapping_version_least CHECK (version >= 1),
	CONSTRAINT fk_sf_import_mapping_programme_id FOREIGN KEY(programme_id) REFERENCES sf_programme (id),
	CONSTRAINT fk_sf_import_mapping_recorded_by FOREIGN KEY(recorded_by) REFERENCES sf_actor (id)
);

CREATE TABLE sf_import_cells (
	batch_id CHAR(32) NOT NULL,
	part VARCHAR(40) NOT NULL,
	row_number BIGINT NOT NULL,
	cells TEXT NOT NULL,
	CONSTRAINT pk_sf_import_cells PRIMARY KEY (batch_id, part, row_number),
	CONSTRAINT ck_sf_import_cells_row_number_whole CHECK (typeof(row_number) = 'integer'),
	CONSTRAINT ck_sf_import_cells_row_number_least CHECK (row_number >= 1),
	CONSTRAINT fk_sf_import_cells_batch_id FOREIGN KEY(batch_id) REFERENCES sf_import_batch (id)
)
