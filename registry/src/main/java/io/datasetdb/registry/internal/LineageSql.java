// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.Dependency;
import io.datasetdb.registry.Direction;
import io.datasetdb.registry.LineageRow;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VersionRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL about the graph of dependencies: one query a step, whatever the number of versions at that step. */
public final class LineageSql {
    private static final int CHUNK = 500;

    private record Edge(
            long nearId,
            @Nullable Long farId,
            @Nullable VersionRef far,
            Dependency.Kind kind,
            @Nullable String uri) {}

    private static final String FAR = """
        LEFT JOIN datasets d ON d.dataset_id = v.dataset_id
        LEFT JOIN projects p ON p.project_id = d.project_id
        LEFT JOIN namespaces n ON n.namespace_id = p.namespace_id
        """;
    private static final String UP = """
        SELECT x.version_id, v.version_id, n.name, p.name, d.name, v.number, v.uuid, x.kind, x.uri
        FROM dependencies x
        LEFT JOIN versions v ON v.version_id = x.parent_version_id
        """ + FAR + "WHERE x.version_id IN (%s) ORDER BY x.version_id, x.ordinal";
    private static final String DOWN = """
            SELECT x.parent_version_id, v.version_id, n.name, p.name, d.name, v.number, v.uuid, 'DATASET', NULL
            FROM dependencies x
            JOIN versions v ON v.version_id = x.version_id
            """
            + FAR
            + "WHERE x.parent_version_id IN (%s) ORDER BY x.parent_version_id, n.name_key, p.name_key, d.name_key,"
            + " v.number";

    /** Listings read their storage, too, but only stand for it. */
    private static final String READERS =
            """
                    SELECT x.version_id, v.version_id, n.name, p.name, d.name, v.number, v.uuid, 'DATASET', NULL
                    FROM dependencies x
                    JOIN versions v ON v.version_id = x.version_id
                    """ + FAR + "WHERE x.uri = ? AND d.kind = 'DATASET' ORDER BY n.name_key, p.name_key, d.name_key,"
                    + " v.number";

    private LineageSql() {}

    /**
     * The edges within {@code depth} steps of a version, nearest first. Each edge comes once; a version is left where it is
     * first met, so that diamonds do not multiply.
     */
    public static List<LineageRow> walk(Sql sql, VersionRow start, Direction direction, int depth) throws SQLException {
        return walk(sql, Map.of(start.id(), start.ref()), direction, 1, depth);
    }

    /** The edges within {@code depth} steps of a URI to what was made from it; empty if nothing ever was. */
    public static List<LineageRow> walk(Sql sql, String uri, int depth) throws SQLException {
        var readers = new LinkedHashMap<Long, VersionRef>();
        sql.list(READERS, LineageSql::edge, uri)
                .forEach(edge -> readers.put(Objects.requireNonNull(edge.farId), Objects.requireNonNull(edge.far)));
        var rows = new ArrayList<LineageRow>();
        if (depth > 0) {
            readers.values()
                    .forEach(reader -> rows.add(new LineageRow(1, reader, Dependency.Kind.DATASET, null, null)));
        }
        rows.addAll(walk(sql, readers, Direction.DOWN, 2, depth));
        return rows;
    }

    /** Whether some version was made from a URI. */
    public static boolean isRead(Sql sql, String uri) throws SQLException {
        return sql.first("SELECT 1 FROM dependencies WHERE uri = ?", row -> 1, uri)
                .isPresent();
    }

    private static List<LineageRow> walk(
            Sql sql, Map<Long, VersionRef> starts, Direction direction, int first, int depth) throws SQLException {
        var rows = new ArrayList<LineageRow>();
        Set<Long> seen = new HashSet<>(starts.keySet());
        Map<Long, VersionRef> near = starts;
        for (int step = first; step <= depth && !near.isEmpty(); step++) {
            var next = new LinkedHashMap<Long, VersionRef>();
            for (Edge edge : edges(sql, direction, List.copyOf(near.keySet()))) {
                rows.add(new LineageRow(
                        step, edge.far, edge.kind, edge.uri, Objects.requireNonNull(near.get(edge.nearId))));
                // Storage is an end, also when the listing through which it was read is known.
                if (edge.farId != null
                        && edge.far != null
                        && edge.kind == Dependency.Kind.DATASET
                        && seen.add(edge.farId)) {
                    next.put(edge.farId, edge.far);
                }
            }
            near = next;
        }
        return rows;
    }

    private static List<Edge> edges(Sql sql, Direction direction, List<Long> ids) throws SQLException {
        var edges = new ArrayList<Edge>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<Long> chunk = ids.subList(from, Math.min(from + CHUNK, ids.size()));
            String query = (direction == Direction.UP ? UP : DOWN).formatted(Sql.marks(chunk.size()));
            edges.addAll(sql.list(query, LineageSql::edge, chunk.toArray()));
        }
        return edges;
    }

    private static Edge edge(ResultSet row) throws SQLException {
        String uuid = row.getString(7);
        VersionRef far = uuid == null
                ? null
                : new VersionRef(
                        new DatasetName(row.getString(3), row.getString(4), row.getString(5)),
                        SemanticVersion.ofNumber(row.getLong(6)),
                        UUID.fromString(uuid));
        return new Edge(
                row.getLong(1),
                Sql.nullableLong(row, 2),
                far,
                Dependency.Kind.valueOf(row.getString(8)),
                row.getString(9));
    }
}
