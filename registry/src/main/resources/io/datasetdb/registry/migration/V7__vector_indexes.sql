-- SPDX-License-Identifier: Apache-2.0
-- Conventions as in V1.

-- Columns of datasets by whose vectors rows are found. An index goes when its dataset is dropped as a whole.
CREATE TABLE vector_indexes (
    index_id    ${identity},
    dataset_id  BIGINT NOT NULL REFERENCES datasets,
    column_name TEXT   NOT NULL,
    name_key    TEXT   NOT NULL,              -- the column's name in lower case
    author      TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    UNIQUE (dataset_id, name_key)
);

-- The index of one data file, whichever versions share that. Files with few rows have none.
CREATE TABLE vector_index_files (
    index_id     BIGINT NOT NULL REFERENCES vector_indexes,
    file_id      BIGINT NOT NULL REFERENCES data_files,
    path         TEXT UNIQUE,                 -- relative to the warehouse; NULL: an index of this file would be of no use
    row_count    BIGINT NOT NULL,             -- of the data file
    byte_size    BIGINT NOT NULL,
    checksum     TEXT   NOT NULL,             -- SHA-256, lower-case hexadecimal; empty without a path
    PRIMARY KEY (index_id, file_id)
);
CREATE INDEX vector_index_files_by_file ON vector_index_files (file_id);
