// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.system;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Dependency;
import io.datasetdb.vector.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is different between two versions, as far as the registry knows; for their rows there is {@code registry.diff}. */
record VersionChanges(DatasetVersion before, DatasetVersion after) {
    /** Items of a list in Markdown, each with its line end. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        amount(lines, "rows", before.rowCount(), after.rowCount());
        amount(lines, "bytes", before.byteSize(), after.byteSize());
        columns(lines);
        if (!before.statement().equals(after.statement())) {
            lines.add("- another statement\n");
        }
        inputs(lines);
        return lines.isEmpty() ? List.of("- none that the registry knows of\n") : lines;
    }

    private static void amount(List<String> lines, String what, long from, long to) {
        if (from != to) {
            lines.add("- " + what + ": " + from + " → " + to + " (" + (to > from ? "+" : "") + (to - from) + ")\n");
        }
    }

    private void columns(List<String> lines) {
        Map<String, Field> old = new LinkedHashMap<>();
        before.schema().fields().forEach(field -> old.put(DatasetName.key(field.name()), field));
        for (Field field : after.schema().fields()) {
            Field known = old.remove(DatasetName.key(field.name()));
            if (known == null) {
                lines.add("- column " + field.name() + " added (" + type(field) + ")\n");
            } else if (!type(known).equals(type(field))) {
                lines.add("- column " + field.name() + ": " + type(known) + " → " + type(field) + "\n");
            }
        }
        old.values().forEach(field -> lines.add("- column " + field.name() + " removed (" + type(field) + ")\n"));
    }

    private static String type(Field field) {
        return field.type().sql() + (field.nullable() ? "" : " NOT NULL");
    }

    private void inputs(List<String> lines) {
        Set<String> old = inputs(before);
        Set<String> now = inputs(after);
        now.stream()
                .filter(input -> !old.contains(input))
                .forEach(input -> lines.add("- now made from " + input + "\n"));
        old.stream()
                .filter(input -> !now.contains(input))
                .forEach(input -> lines.add("- no longer made from " + input + "\n"));
    }

    private static Set<String> inputs(DatasetVersion version) {
        Set<String> result = new LinkedHashSet<>();
        for (Dependency dependency : version.provenance().dependencies()) {
            if (dependency instanceof Dependency.OnDataset onDataset) {
                result.add(onDataset.parent().toString());
            } else if (dependency instanceof Dependency.OnStorage onStorage) {
                result.add(onStorage.uri());
            } else if (dependency instanceof Dependency.OnExternal onExternal) {
                result.add(onExternal.uri());
            }
        }
        return result;
    }
}
