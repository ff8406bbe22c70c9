// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.VectorIndex;
import io.datasetdb.registry.VectorIndexDraft;
import io.datasetdb.registry.VectorIndexFile;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.exec.nearest.VectorIndexWriter;
import io.datasetdb.sql.parse.SqlCreateVectorIndex;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CREATE VECTOR INDEX: makes an index of each file of the latest version that is large enough, and of later files as they come. */
public final class CreateVectorIndexStatement implements PreparedStatement {
    private static final Schema RESULT = Schema.of(
            Field.required("dataset", DataType.VARCHAR),
            Field.required("column", DataType.VARCHAR),
            Field.required("files", DataType.BIGINT),
            Field.required("rows", DataType.BIGINT),
            Field.required("bytes", DataType.BIGINT),
            Field.required("milliseconds", DataType.BIGINT));

    /** An index gets its number when it is committed. */
    private static final long NO_ID = -1;

    private final StatementContext context;
    private final SqlCreateVectorIndex node;
    private final String sql;

    public CreateVectorIndexStatement(StatementContext context, SqlCreateVectorIndex node, String sql) {
        this.context = context;
        this.node = node;
        this.sql = sql;
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public boolean isQuery() {
        return false;
    }

    @Override
    public Schema schema() {
        return RESULT;
    }

    @Override
    public List<Field> parameters() {
        return List.of();
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        return Deposit.run(context, sql, timeoutNanos, cancellation, this::create);
    }

    private StatementResult create(Deposit deposit) {
        context.changeable(node.name());
        DatasetName name = Changes.target(context, node.name());
        DatasetVersion version = latest(name);
        String column = column(version);
        try (VectorIndexDraft draft = context.registry().vectorIndexes().begin(name, column)) {
            List<VectorIndexFile> files = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            while (true) {
                for (DataFile file : version.files()) {
                    if (seen.add(file.path()) && VectorIndexWriter.isWorth(file.rowCount())) {
                        VectorIndex index = new VectorIndex(NO_ID, column);
                        files.add(deposit.indexing().make(index, file, version, draft.folder()));
                    }
                }
                deposit.checkNotCancelled();
                if (committed(draft, files, seen)) {
                    return result(name, column, files, deposit.startedAt());
                }
                // Each failed attempt means that somebody else's deposit succeeded, so that the loop ends.
                version = latest(name);
                column(version);
            }
        }
    }

    private boolean committed(VectorIndexDraft draft, List<VectorIndexFile> files, Set<String> seen) {
        try {
            draft.commit(files, seen, context.options().author());
            return true;
        } catch (DatasetDbException e) {
            if (e.code() != RegistryError.CONFLICT) {
                throw e;
            }
            return false;
        }
    }

    private DatasetVersion latest(DatasetName name) {
        try {
            return context.registry().resolve(name, VersionSelector.LATEST);
        } catch (DatasetDbException e) {
            throw new DatasetDbException(e.code(), e.getMessage() + Changes.at(node.name()), e);
        }
    }

    /** The column's name as the dataset has it. */
    private String column(DatasetVersion version) {
        String action = "create vector index on " + version.name();
        Field field = version.schema().field(Changes.column(action, version.schema(), node.column()));
        if (!VectorIndexing.isVector(field.type())) {
            throw new DatasetDbException(
                    SqlError.TYPE_MISMATCH,
                    "Cannot " + action + ": column " + field.name() + " is " + field.type()
                            + ", and only REAL ARRAY and DOUBLE ARRAY hold vectors" + Changes.at(node.column()));
        }
        return field.name();
    }

    private static StatementResult result(
            DatasetName name, String column, List<VectorIndexFile> files, Instant startedAt) {
        List<VectorIndexFile> made =
                files.stream().filter(file -> file.file() != null).toList();
        long rows = made.stream().mapToLong(VectorIndexFile::rowCount).sum();
        long bytes = made.stream()
                .mapToLong(file -> Objects.requireNonNull(file.file()).byteSize())
                .sum();
        long millis = Duration.between(startedAt, Instant.now()).toMillis();
        List<Object> row = List.of(name.toString(), column, (long) made.size(), rows, bytes, millis);
        return new RowResult(RESULT, List.of(row), 0);
    }
}
