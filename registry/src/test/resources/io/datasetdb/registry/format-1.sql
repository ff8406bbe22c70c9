-- The registry of format 1 as a release wrote it: opened by a test, never edited.
BEGIN TRANSACTION;
CREATE TABLE column_comments (
    dataset_id BIGINT NOT NULL REFERENCES datasets,
    name_key   TEXT   NOT NULL,               -- the column's name in lower case
    comment    TEXT   NOT NULL,
    PRIMARY KEY (dataset_id, name_key)
);
INSERT INTO "column_comments" VALUES(1,'path','where it is');
CREATE TABLE column_lineage (
    version_id        BIGINT  NOT NULL REFERENCES versions,
    ordinal           INTEGER NOT NULL,       -- from 1
    column_name       TEXT    NOT NULL,
    column_key        TEXT    NOT NULL,
    parent_version_id BIGINT REFERENCES versions,  -- NULL: a column of something that is no dataset
    parent_column     TEXT    NOT NULL,
    derivation        TEXT    NOT NULL,       -- IDENTITY, TRANSFORMED or AGGREGATED
    PRIMARY KEY (version_id, ordinal)
);
INSERT INTO "column_lineage" VALUES(2,1,'id','id',1,'id','TRANSFORMED');
INSERT INTO "column_lineage" VALUES(2,2,'path','path',1,'path','IDENTITY');
INSERT INTO "column_lineage" VALUES(2,3,'score','score',1,'score','IDENTITY');
INSERT INTO "column_lineage" VALUES(2,4,'pair','pair',1,'pair','IDENTITY');
INSERT INTO "column_lineage" VALUES(3,1,'id','id',2,'id','IDENTITY');
INSERT INTO "column_lineage" VALUES(3,2,'path','path',2,'path','IDENTITY');
INSERT INTO "column_lineage" VALUES(5,1,'id','id',1,'id','IDENTITY');
INSERT INTO "column_lineage" VALUES(5,2,'path','path',1,'path','IDENTITY');
INSERT INTO "column_lineage" VALUES(5,3,'score','score',1,'score','IDENTITY');
INSERT INTO "column_lineage" VALUES(5,4,'pair','pair',1,'pair','IDENTITY');
CREATE TABLE data_files (
    file_id    INTEGER PRIMARY KEY,
    path       TEXT   NOT NULL UNIQUE,        -- relative to the warehouse, with forward slashes
    row_count  BIGINT NOT NULL,
    byte_size  BIGINT NOT NULL,
    checksum   TEXT   NOT NULL,               -- SHA-256, lower-case hexadecimal
    statistics TEXT   NOT NULL                -- text list of null count, distinct estimate (-1: not known), min, max (empty: not
                                              -- known, else = and the value as in version_columns), then the leaf's path
);
INSERT INTO "data_files" VALUES(1,'data/01a20318-7766-735b-b2ec-df2997cd3618/part-00000.parquet',1,980,'05d7dee08318f4d3ca831638ae6406ed1acd5c09d98aea5ba0eb743c30c56bd1','0	1	=1	=1	id
0	1	=a.jpg	=a.jpg	path
0	1	=1.5	=1.5	score
0	1	=1	=1	pair	EXPR$0
0	1	=x	=x	pair	EXPR$1
');
INSERT INTO "data_files" VALUES(2,'data/01a20318-89e5-7829-b5c5-1bfcd3aaf035/part-00000.parquet',1,984,'fea8281aa524321a1dd071b427235895eb5f4781f9eac5aa2d289e85928aa219','0	1	=2	=2	id
0	1	=a.jpg	=a.jpg	path
0	1	=1.5	=1.5	score
0	1	=1	=1	pair	EXPR$0
0	1	=x	=x	pair	EXPR$1
');
INSERT INTO "data_files" VALUES(3,'data/01a20318-8f0b-7f3a-a270-80594104ff8c/part-00000.parquet',1,409,'70e546a2d763c11211b86b8148a9e51fea8add6941a918f7c03d03b5e1f221f5','0	1	=2	=2	id
0	1	=a.jpg	=a.jpg	path
');
INSERT INTO "data_files" VALUES(4,'data/01a20318-92d8-7ae6-9491-0a9127874984/part-00000.parquet',1,264,'8988a4174b1a4c2d074e534bfe09288b135323dcfa4603f7e23a6059d1cac531','0	1	=1	=1	n
');
INSERT INTO "data_files" VALUES(5,'data/01a20318-96d8-7b61-94f9-7ad9dd93ab32/part-00000.parquet',1,984,'e8c10dcc90389f33c65ed137686d5e6cb9a4863dc8442c6a5632c0859bd3d6f0','0	1	=1	=1	id
0	1	=a.jpg	=a.jpg	path
0	1	=1.5	=1.5	score
0	1	=1	=1	pair	EXPR$0
0	1	=x	=x	pair	EXPR$1
');
CREATE TABLE datasets (
    dataset_id        INTEGER PRIMARY KEY,
    project_id        BIGINT NOT NULL REFERENCES projects,
    name              TEXT   NOT NULL,
    name_key          TEXT   NOT NULL,
    kind              TEXT   NOT NULL,        -- DATASET, or LISTING: the files of a folder or bucket
    comment           TEXT,
    labels            TEXT   NOT NULL,        -- text list of key, value
    highest_number    BIGINT NOT NULL,        -- highest number ever used, also by versions that are dropped; -1 before the first
    latest_version_id BIGINT,                 -- the COMPLETE version with the highest number; NULL hides the dataset
    created_at        BIGINT NOT NULL,
    updated_at        BIGINT NOT NULL,        -- last deposit, drop, rename or change of metadata
    UNIQUE (project_id, name_key)
);
INSERT INTO "datasets" VALUES(1,1,'photos','photos','DATASET','what was found','team	vision
stage	raw
',1000001000000,2,1795348267479797,1795348270600512);
INSERT INTO "datasets" VALUES(2,1,'thumbs','thumbs','DATASET',NULL,'',1000000000000,3,1795348270981763,1795348270981763);
INSERT INTO "datasets" VALUES(3,1,'gone','gone','DATASET',NULL,'',1000000000000,NULL,1795348272063719,1795348272190903);
INSERT INTO "datasets" VALUES(4,3,'Grown','grown','DATASET',NULL,'',1000000000000,5,1795348273038292,1795348273038292);
CREATE TABLE dependencies (
    version_id        BIGINT  NOT NULL REFERENCES versions,
    ordinal           INTEGER NOT NULL,       -- from 1
    kind              TEXT    NOT NULL,       -- DATASET, STORAGE or EXTERNAL
    parent_version_id BIGINT REFERENCES versions,  -- DATASET: the parent; STORAGE: the listing it was read through, if any
    uri               TEXT,                   -- STORAGE and EXTERNAL: where
    PRIMARY KEY (version_id, ordinal)
);
INSERT INTO "dependencies" VALUES(2,1,'DATASET',1,NULL);
INSERT INTO "dependencies" VALUES(3,1,'DATASET',2,NULL);
INSERT INTO "dependencies" VALUES(4,1,'DATASET',3,NULL);
INSERT INTO "dependencies" VALUES(5,1,'DATASET',1,NULL);
CREATE TABLE drafts (
    uuid        TEXT   NOT NULL PRIMARY KEY,
    dataset     TEXT   NOT NULL,              -- namespace.project.name
    process     TEXT   NOT NULL,              -- process id, for people
    started_at  BIGINT NOT NULL,
    lease_until BIGINT NOT NULL               -- renewed while the process lives
);
CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
INSERT INTO "flyway_schema_history" VALUES(1,'1','registry','SQL','V1__registry.sql',1230375257,'','2026-11-22 11:50:46.761',87,1);
CREATE TABLE function_uses (
    version_id    BIGINT NOT NULL REFERENCES versions,
    function_name TEXT   NOT NULL,
    function_hash TEXT   NOT NULL,            -- of the jar or of the source
    PRIMARY KEY (version_id, function_name, function_hash)
);
CREATE TABLE functions (
    function_id   INTEGER PRIMARY KEY,
    function_name TEXT   NOT NULL,
    name_key      TEXT   NOT NULL,
    signature     TEXT   NOT NULL,            -- parameter types and result type
    kind          TEXT   NOT NULL,            -- SCALAR, AGGREGATE or TABLE
    class_name    TEXT,
    jar_path      TEXT,                       -- where the jar was when the function was created
    jar_sha256    TEXT,
    source        TEXT,                       -- Java source of functions that were given as text
    author        TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    UNIQUE (name_key, signature)
);
CREATE TABLE jobs (
    job_id        TEXT   NOT NULL PRIMARY KEY, -- UUIDv7
    statement     TEXT,
    author        TEXT   NOT NULL,
    client        TEXT,
    state         TEXT   NOT NULL,            -- RUNNING, COMPLETE, FAILED or CANCELLED
    rows_done     BIGINT NOT NULL,
    rows_total    BIGINT,                     -- NULL: not known
    error_code    TEXT,                       -- SQLSTATE
    error_message TEXT,
    started_at    BIGINT NOT NULL,
    finished_at   BIGINT,
    lease_until   BIGINT NOT NULL             -- renewed while the process lives; a RUNNING job beyond it has failed
);
INSERT INTO "jobs" VALUES('01a20318-7682-7a67-be38-5b6d5a47ff2f','CREATE DATASET photos COMMENT ''what was found'' LABELS (''team=vision'', ''stage=raw'') AS SELECT 1 AS id, ''a.jpg'' AS path, 1.5 AS score, ROW(1, ''x'') AS pair','me','java','COMPLETE',1,NULL,NULL,NULL,1795348264658316,1795348267886640,1795348864657786);
INSERT INTO "jobs" VALUES('01a20318-89b8-7353-9f8d-af16e97d83ed','CREATE OR REPLACE DATASET photos BUMP MINOR AS SELECT id + 1 AS id, path, score, pair FROM photos','me','java','COMPLETE',1,NULL,NULL,NULL,1795348269496815,1795348270666878,1795348869496804);
INSERT INTO "jobs" VALUES('01a20318-8efe-7a40-ba4a-da0aa5bac676','CREATE DATASET thumbs AS SELECT id, path FROM photos WHERE id > 0','me','java','COMPLETE',1,NULL,NULL,NULL,1795348270846612,1795348270988945,1795348870846602);
INSERT INTO "jobs" VALUES('01a20318-929c-7556-9dce-7790a3fa0fc4','CREATE DATASET gone AS SELECT count(*) AS n FROM thumbs','me','java','COMPLETE',1,NULL,NULL,NULL,1795348271772743,1795348272127807,1795348871772734);
INSERT INTO "jobs" VALUES('01a20318-96a3-797f-952c-e8bc0ea8832a','CREATE DATASET lab.bench.Grown AS SELECT * FROM "photos@1.0.0"','me','java','COMPLETE',1,NULL,NULL,NULL,1795348272803728,1795348273071998,1795348872803716);
CREATE TABLE listings (
    dataset_id  BIGINT NOT NULL PRIMARY KEY REFERENCES datasets,
    location    TEXT   NOT NULL UNIQUE,       -- normalised absolute glob
    fingerprint TEXT   NOT NULL,              -- of the files in the latest version
    listed_at   BIGINT NOT NULL               -- when the files were last found to be these
);
CREATE TABLE metrics (
    version_id   BIGINT           NOT NULL REFERENCES versions,
    metric       TEXT             NOT NULL,
    metric_value DOUBLE PRECISION NOT NULL,
    author       TEXT             NOT NULL,
    recorded_at  BIGINT           NOT NULL,
    PRIMARY KEY (version_id, metric)
);
CREATE TABLE namespaces (
    namespace_id INTEGER PRIMARY KEY,
    name         TEXT   NOT NULL,             -- as written by whoever created it
    name_key     TEXT   NOT NULL UNIQUE,
    created_at   BIGINT NOT NULL,
    dropped_at   BIGINT                       -- set while dropped; creating it again clears it
);
INSERT INTO "namespaces" VALUES(1,'main','main',1795348241755802,NULL);
INSERT INTO "namespaces" VALUES(2,'system','system',1795348241755802,NULL);
INSERT INTO "namespaces" VALUES(3,'lab','lab',1795348272213872,NULL);
CREATE TABLE params (
    version_id  BIGINT  NOT NULL REFERENCES versions,
    ordinal     INTEGER NOT NULL,             -- from 1
    param       TEXT    NOT NULL,
    param_value TEXT,
    origin      TEXT    NOT NULL,             -- SET, DEFAULT or BOUND
    PRIMARY KEY (version_id, ordinal)
);
CREATE TABLE projects (
    project_id   INTEGER PRIMARY KEY,
    namespace_id BIGINT NOT NULL REFERENCES namespaces,
    name         TEXT   NOT NULL,
    name_key     TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    dropped_at   BIGINT,                      -- set while dropped; creating it again clears it
    UNIQUE (namespace_id, name_key)
);
INSERT INTO "projects" VALUES(1,1,'public','public',1795348241755802,NULL);
INSERT INTO "projects" VALUES(2,2,'listing','listing',1795348241755802,NULL);
INSERT INTO "projects" VALUES(3,3,'bench','bench',1795348272227143,NULL);
CREATE TABLE queries (
    query_id      TEXT   NOT NULL PRIMARY KEY, -- UUIDv7
    statement     TEXT   NOT NULL,
    author        TEXT   NOT NULL,
    started_at    BIGINT NOT NULL,
    duration_ms   BIGINT NOT NULL,
    row_count     BIGINT NOT NULL,
    inputs        TEXT   NOT NULL,            -- text list of namespace.project.name@version and URIs
    state         TEXT   NOT NULL,            -- COMPLETE, FAILED or CANCELLED
    error_message TEXT
);
INSERT INTO "queries" VALUES('01a20318-986c-7b4a-8e3e-2844cd618c19','SELECT 1/0','me',1795348273249116,11,0,'','FAILED','Cannot compute 1 / 0: division by zero (at line 1, column 8)');
CREATE TABLE removals (
    path         TEXT   NOT NULL PRIMARY KEY, -- relative to the warehouse; a folder or a file
    requested_at BIGINT NOT NULL
);
CREATE TABLE scripts (
    script_id INTEGER PRIMARY KEY,
    sha256    TEXT NOT NULL UNIQUE,           -- of the text in UTF-8, lower-case hexadecimal
    body      TEXT NOT NULL
);
CREATE TABLE version_columns (
    version_id        BIGINT  NOT NULL REFERENCES versions,
    ordinal           INTEGER NOT NULL,       -- from 1
    name              TEXT    NOT NULL,
    name_key          TEXT    NOT NULL,
    data_type         TEXT    NOT NULL,       -- SQL type; fields of a ROW are quoted where needed and say NOT NULL
    nullable          BOOLEAN NOT NULL,
    null_count        BIGINT,                 -- NULL: not known
    min_value         TEXT,                   -- lower bound as text: numbers plain, times as in SQL literals, bytes hexadecimal
    max_value         TEXT,                   -- upper bound, likewise
    distinct_estimate BIGINT,
    PRIMARY KEY (version_id, ordinal)
);
INSERT INTO "version_columns" VALUES(1,1,'id','id','INTEGER',0,0,'1','1',1);
INSERT INTO "version_columns" VALUES(1,2,'path','path','VARCHAR',0,0,'a.jpg','a.jpg',1);
INSERT INTO "version_columns" VALUES(1,3,'score','score','DECIMAL(2, 1)',0,0,'1.5','1.5',1);
INSERT INTO "version_columns" VALUES(1,4,'pair','pair','ROW("EXPR$0" INTEGER NOT NULL, "EXPR$1" VARCHAR NOT NULL)',0,NULL,NULL,NULL,NULL);
INSERT INTO "version_columns" VALUES(2,1,'id','id','INTEGER',0,0,'2','2',1);
INSERT INTO "version_columns" VALUES(2,2,'path','path','VARCHAR',0,0,'a.jpg','a.jpg',1);
INSERT INTO "version_columns" VALUES(2,3,'score','score','DECIMAL(2, 1)',0,0,'1.5','1.5',1);
INSERT INTO "version_columns" VALUES(2,4,'pair','pair','ROW("EXPR$0" INTEGER, "EXPR$1" VARCHAR)',0,NULL,NULL,NULL,NULL);
INSERT INTO "version_columns" VALUES(3,1,'id','id','INTEGER',0,0,'2','2',1);
INSERT INTO "version_columns" VALUES(3,2,'path','path','VARCHAR',0,0,'a.jpg','a.jpg',1);
INSERT INTO "version_columns" VALUES(4,1,'n','n','BIGINT',0,0,'1','1',1);
INSERT INTO "version_columns" VALUES(5,1,'id','id','INTEGER',0,0,'1','1',1);
INSERT INTO "version_columns" VALUES(5,2,'path','path','VARCHAR',0,0,'a.jpg','a.jpg',1);
INSERT INTO "version_columns" VALUES(5,3,'score','score','DECIMAL(2, 1)',0,0,'1.5','1.5',1);
INSERT INTO "version_columns" VALUES(5,4,'pair','pair','ROW("EXPR$0" INTEGER, "EXPR$1" VARCHAR)',0,NULL,NULL,NULL,NULL);
CREATE TABLE version_files (
    version_id BIGINT  NOT NULL REFERENCES versions,
    ordinal    INTEGER NOT NULL,              -- from 1
    file_id    BIGINT  NOT NULL REFERENCES data_files,
    PRIMARY KEY (version_id, ordinal)
);
INSERT INTO "version_files" VALUES(1,1,1);
INSERT INTO "version_files" VALUES(2,1,2);
INSERT INTO "version_files" VALUES(3,1,3);
INSERT INTO "version_files" VALUES(4,1,4);
INSERT INTO "version_files" VALUES(5,1,5);
CREATE TABLE versions (
    version_id     INTEGER PRIMARY KEY,
    dataset_id     BIGINT NOT NULL REFERENCES datasets,
    number         BIGINT NOT NULL,
    version        TEXT   NOT NULL,           -- the number as major.minor.patch
    uuid           TEXT   NOT NULL UNIQUE,    -- UUIDv7; its own files are in data/<uuid>
    state          TEXT   NOT NULL,           -- COMPLETE or DROPPED
    row_count      BIGINT NOT NULL,
    byte_size      BIGINT NOT NULL,           -- of all its files, shared ones included
    file_count     BIGINT NOT NULL,
    author         TEXT   NOT NULL,
    client         TEXT,                      -- kind of program: shell, jdbc, java, ...
    created_at     BIGINT NOT NULL,           -- when it became visible; increases with the number
    started_at     BIGINT NOT NULL,           -- when its statement began
    duration_ms    BIGINT NOT NULL,           -- from the statement's begin to its last file
    statement      TEXT,                      -- verbatim
    script_id      BIGINT REFERENCES scripts,
    script_name    TEXT,
    job_id         TEXT,                      -- jobs.job_id
    content_hash   TEXT,                      -- of the rows; NULL if not known
    engine_version TEXT   NOT NULL,
    dropped_at     BIGINT,
    purged_at      BIGINT,                    -- when its files were given up for removal
    UNIQUE (dataset_id, number)
);
INSERT INTO "versions" VALUES(1,1,1000000000000,'1.0.0','01a20318-7766-735b-b2ec-df2997cd3618','COMPLETE',1,980,1,'me','java',1795348267479797,1795348264563457,2874,'CREATE DATASET photos COMMENT ''what was found'' LABELS (''team=vision'', ''stage=raw'') AS SELECT 1 AS id, ''a.jpg'' AS path, 1.5 AS score, ROW(1, ''x'') AS pair',NULL,NULL,'01a20318-7682-7a67-be38-5b6d5a47ff2f',NULL,'0.1.0',NULL,NULL);
INSERT INTO "versions" VALUES(2,1,1000001000000,'1.1.0','01a20318-89e5-7829-b5c5-1bfcd3aaf035','COMPLETE',1,984,1,'me','java',1795348270600512,1795348269496093,1094,'CREATE OR REPLACE DATASET photos BUMP MINOR AS SELECT id + 1 AS id, path, score, pair FROM photos',NULL,NULL,'01a20318-89b8-7353-9f8d-af16e97d83ed',NULL,'0.1.0',NULL,NULL);
INSERT INTO "versions" VALUES(3,2,1000000000000,'1.0.0','01a20318-8f0b-7f3a-a270-80594104ff8c','COMPLETE',1,409,1,'me','java',1795348270981763,1795348270846101,123,'CREATE DATASET thumbs AS SELECT id, path FROM photos WHERE id > 0',NULL,NULL,'01a20318-8efe-7a40-ba4a-da0aa5bac676',NULL,'0.1.0',NULL,NULL);
INSERT INTO "versions" VALUES(4,3,1000000000000,'1.0.0','01a20318-92d8-7ae6-9491-0a9127874984','DROPPED',1,264,1,'me','java',1795348272063719,1795348271772290,289,'CREATE DATASET gone AS SELECT count(*) AS n FROM thumbs',NULL,NULL,'01a20318-929c-7556-9dce-7790a3fa0fc4',NULL,'0.1.0',1795348272190692,NULL);
INSERT INTO "versions" VALUES(5,4,1000000000000,'1.0.0','01a20318-96d8-7b61-94f9-7ad9dd93ab32','COMPLETE',1,984,1,'me','java',1795348273038292,1795348272803273,223,'CREATE DATASET lab.bench.Grown AS SELECT * FROM "photos@1.0.0"',NULL,NULL,'01a20318-96a3-797f-952c-e8bc0ea8832a',NULL,'0.1.0',NULL,NULL);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
CREATE INDEX datasets_by_name ON datasets (name_key);
CREATE INDEX versions_by_time ON versions (created_at);
CREATE INDEX versions_by_job ON versions (job_id);
CREATE INDEX version_columns_by_name ON version_columns (name_key);
CREATE INDEX version_files_by_file ON version_files (file_id);
CREATE INDEX dependencies_by_parent ON dependencies (parent_version_id);
CREATE INDEX dependencies_by_uri ON dependencies (uri);
CREATE INDEX column_lineage_by_parent ON column_lineage (parent_version_id);
CREATE INDEX function_uses_by_name ON function_uses (function_name);
CREATE INDEX jobs_by_state ON jobs (state, lease_until);
CREATE INDEX jobs_by_time ON jobs (started_at);
CREATE INDEX queries_by_time ON queries (started_at);
COMMIT;
