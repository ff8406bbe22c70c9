// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.sql.ByteSize;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists datasets, or their versions. */
@Command(name = "ls", description = "List datasets.", mixinStandardHelpOptions = true)
final class LsCommand implements Callable<Integer> {
    private static final Schema DATASETS = Schema.of(
            Field.required("namespace", DataType.VARCHAR),
            Field.required("project", DataType.VARCHAR),
            Field.required("name", DataType.VARCHAR),
            Field.required("latest_version", DataType.VARCHAR),
            Field.required("row_count", DataType.BIGINT),
            Field.required("byte_size", DataType.BIGINT),
            Field.required("author", DataType.VARCHAR),
            Field.required("updated_at", DataType.TIMESTAMP),
            Field.of("comment", DataType.VARCHAR));
    private static final Schema VERSIONS = Schema.of(
            Field.required("namespace", DataType.VARCHAR),
            Field.required("project", DataType.VARCHAR),
            Field.required("name", DataType.VARCHAR),
            Field.required("version", DataType.VARCHAR),
            Field.required("row_count", DataType.BIGINT),
            Field.required("byte_size", DataType.BIGINT),
            Field.required("author", DataType.VARCHAR),
            Field.required("created_at", DataType.TIMESTAMP),
            Field.required("state", DataType.VARCHAR));
    private static final int STATE = 8;

    private final Main.Terminal terminal;

    @Mixin
    private Place place = new Place();

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            description = "Which, e.g. img*, my_project.* or *.raw.*; * and ? stand for any characters.")
    private @Nullable String pattern;

    @Option(names = "--versions", description = "Each version by itself.")
    private boolean versions;

    @Option(
            names = "--all",
            description = "Versions that were dropped and listings of folders, too; implies --versions.")
    private boolean all;

    @Option(names = "--json", description = "A JSON object a line.")
    private boolean json;

    LsCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        boolean each = versions || all;
        Schema schema = each ? VERSIONS : DATASETS;
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Pattern wanted = Pattern.compile(regex(pattern == null ? "*" : pattern), Pattern.CASE_INSENSITIVE);
        int parts = pattern == null ? 1 : pattern.split("\\.", -1).length;
        try (Catalog catalog = place.catalog()) {
            String order = "namespace, project, name" + (each ? ", created_at" : "");
            for (List<@Nullable Object> row : catalog.rows(each ? "versions" : "datasets", schema, Map.of(), order)) {
                boolean shown = all
                        || !each
                        || row.get(STATE).equals("COMPLETE") && !DatasetName.SYSTEM_NAMESPACE.equals(row.get(0));
                String name = String.join(
                        ".",
                        row.subList(Math.max(0, 3 - parts), 3).stream()
                                .map(String::valueOf)
                                .toList());
                if (shown && wanted.matcher(name).matches()) {
                    rows.add(row);
                }
            }
        }
        if (json) {
            terminal.write(true, schema, rows);
        } else {
            terminal.write(
                    false,
                    shown(each),
                    rows.stream().map(row -> shown(row, each)).toList());
        }
        return 0;
    }

    /** What people see is shorter. */
    private static Schema shown(boolean each) {
        return Schema.of(
                Field.of("dataset", DataType.VARCHAR),
                Field.of("version", DataType.VARCHAR),
                Field.of("rows", DataType.BIGINT),
                Field.of("size", DataType.VARCHAR),
                Field.of("author", DataType.VARCHAR),
                Field.of(each ? "created (UTC)" : "updated (UTC)", DataType.VARCHAR),
                Field.of(each ? "state" : "comment", DataType.VARCHAR));
    }

    private static List<@Nullable Object> shown(List<@Nullable Object> row, boolean each) {
        String time = String.valueOf(row.get(7)).replace('T', ' ');
        return Arrays.asList(
                row.get(0) + "." + row.get(1) + "." + row.get(2),
                row.get(3),
                row.get(4),
                ByteSize.text(((Number) row.get(5)).longValue()),
                row.get(6),
                time.substring(0, Math.min(time.length(), 16)),
                each || row.get(8) != null ? row.get(8) : "");
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return regex.toString();
    }
}
