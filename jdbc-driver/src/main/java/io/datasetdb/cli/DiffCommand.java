// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows which rows of two versions differ. */
@Command(
        name = "diff",
        description = {
            "Show which rows of two versions differ.",
            "Status A: only in the second, D: only in the first, M: changed, which can be told if there is a --key;",
            "S: the same."
        },
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    private static final Schema COLUMNS =
            Schema.of(Field.required("column_name", DataType.VARCHAR), Field.required("data_type", DataType.VARCHAR));

    private final Main.Terminal terminal;

    @Mixin
    private Place place = new Place();

    @Parameters(index = "0", paramLabel = "NAME@A", description = "The older one.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "NAME@B", description = "The newer one.")
    private String second = "";

    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            split = ",",
            description = "By which rows belong together; several with commas.")
    private List<String> keys = new ArrayList<>();

    @Option(names = "--same", description = "Show the rows that are the same, too.")
    private boolean same;

    @Option(names = "--json", description = "A JSON object a row, a line each.")
    private boolean json;

    DiffCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (Connection connection = place.connectToExisting();
                Catalog catalog = new SqlCatalog(connection)) {
            Catalog.Found from = catalog.find(NameArgument.parse(first, catalog));
            Catalog.Found to = catalog.find(NameArgument.parse(second, catalog));
            if (!json) {
                terminal.out().println("-- from " + from + " to " + to);
                columns(catalog, from, to).forEach(terminal.out()::println);
            }
            String arguments = keys.stream()
                    .map(key -> ", " + SqlCatalog.literal(key.strip()))
                    .collect(Collectors.joining());
            String sql = "SELECT * FROM registry.diff(" + SqlCatalog.literal(from.toString()) + ", "
                    + SqlCatalog.literal(to.toString()) + arguments + (same ? ", same => TRUE" : "") + ") ORDER BY 1";
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                ResultWriter.Format format = json ? ResultWriter.Format.JSON : ResultWriter.Format.TABLE;
                format.writer().write(rows, terminal.out());
            } catch (SQLException e) {
                throw SqlCatalog.withoutPosition(e);
            }
        }
        return 0;
    }

    /** What is different about the columns. */
    private static List<String> columns(Catalog catalog, Catalog.Found from, Catalog.Found to) throws SQLException {
        Map<String, String> before = types(catalog, from);
        Map<String, String> after = types(catalog, to);
        List<String> changes = new ArrayList<>();
        before.forEach((column, type) -> {
            String now = after.get(column);
            if (now == null) {
                changes.add("-- column " + column + " " + type + " is gone");
            } else if (!now.equals(type)) {
                changes.add("-- column " + column + " " + type + " became " + now);
            }
        });
        after.forEach((column, type) -> {
            if (!before.containsKey(column)) {
                changes.add("-- column " + column + " " + type + " is new");
            }
        });
        return changes;
    }

    private static Map<String, String> types(Catalog catalog, Catalog.Found version) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        for (List<@Nullable Object> row : catalog.rows(
                "columns",
                COLUMNS,
                Map.of(
                        "namespace", version.name().namespace(),
                        "project", version.name().project(),
                        "name", version.name().name(),
                        "version", version.version()),
                "ordinal_position")) {
            types.put(String.valueOf(row.get(0)), String.valueOf(row.get(1)));
        }
        return types;
    }
}
