// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.bundle;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.store.DataFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Manifests as JSON. Reading fails with an {@link IllegalArgumentException} that says what is wrong, as a clause. */
public final class ManifestJson {
    private static final String FORMAT = "datasetdb-bundle";
    /** Raised when an older release would misunderstand a bundle. */
    private static final long VERSION = 1;

    private ManifestJson() {}

    public static String write(Manifest manifest) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("format", FORMAT);
        all.put("version", VERSION);
        all.put("registry", manifest.registry());
        all.put("datasets", manifest.datasets().stream().map(ManifestJson::of).toList());
        all.put("versions", manifest.versions().stream().map(ManifestJson::of).toList());
        all.put("functions", manifest.functions());
        StringBuilder out = new StringBuilder();
        JsonTree.write(out, all);
        return out.append('\n').toString();
    }

    private static Map<String, @Nullable Object> of(Manifest.Dataset dataset) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("namespace", dataset.name().namespace());
        all.put("project", dataset.name().project());
        all.put("name", dataset.name().name());
        all.put("asked", dataset.asked());
        all.put("history", dataset.history());
        all.put("row", dataset.row());
        all.put("column_comments", dataset.columnComments());
        return all;
    }

    private static Map<String, @Nullable Object> of(Manifest.Version version) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("dataset", (long) version.dataset());
        all.put("uuid", version.uuid().toString());
        all.put("version", version.version().toString());
        all.put("readable", version.readable());
        all.put("row", version.row());
        all.put("script", version.script());
        List<Map<String, @Nullable Object>> files = new ArrayList<>();
        for (int i = 0; i < version.files().size(); i++) {
            DataFile file = version.files().get(i);
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("path", file.path());
            each.put("row_count", file.rowCount());
            each.put("byte_size", file.byteSize());
            each.put("sha256", file.checksum());
            each.put("statistics", version.statistics().get(i));
            files.add(each);
        }
        all.put("files", files);
        all.put("tables", version.tables());
        return all;
    }

    public static Manifest read(String text) {
        Object root = JsonTree.read(text);
        if (!(root instanceof Map)) {
            throw new IllegalArgumentException("it is no bundle of datasets");
        }
        try {
            return manifest(object(root));
        } catch (ClassCastException | NullPointerException | ArithmeticException e) {
            throw new IllegalArgumentException("its manifest lacks something", e);
        }
    }

    private static Manifest manifest(Map<String, @Nullable Object> all) {
        if (!FORMAT.equals(all.get("format"))) {
            throw new IllegalArgumentException("it is no bundle of datasets");
        }
        if (number(all.get("version")) > VERSION) {
            throw new IllegalArgumentException("a newer release made it");
        }
        Manifest manifest = new Manifest(
                text(all.get("registry")),
                objects(all.get("datasets")).stream().map(ManifestJson::dataset).toList(),
                objects(all.get("versions")).stream().map(ManifestJson::version).toList(),
                objects(all.get("functions")));
        check(manifest);
        return manifest;
    }

    private static void check(Manifest manifest) {
        Set<UUID> uuids = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        for (Manifest.Version version : manifest.versions()) {
            if (version.dataset() < 0
                    || version.dataset() >= manifest.datasets().size()) {
                throw new IllegalArgumentException("its manifest lacks the dataset of version " + version.uuid());
            }
            if (!uuids.add(version.uuid()) || !numbers.add(version.dataset() + "@" + version.version())) {
                throw new IllegalArgumentException("its manifest has version " + version.uuid() + " twice");
            }
        }
    }

    private static Manifest.Dataset dataset(Map<String, @Nullable Object> all) {
        return new Manifest.Dataset(
                new DatasetName(text(all.get("namespace")), text(all.get("project")), text(all.get("name"))),
                bool(all.get("asked")),
                history((List<?>) Objects.requireNonNull(all.get("history"))),
                object(all.get("row")),
                objects(all.get("column_comments")));
    }

    private static List<String> history(List<?> uuids) {
        if (uuids.isEmpty()) {
            throw new IllegalArgumentException("its manifest has a dataset that never had a version");
        }
        return uuids.stream().map(uuid -> uuid(uuid).toString()).toList();
    }

    private static Manifest.Version version(Map<String, @Nullable Object> all) {
        List<Map<String, @Nullable Object>> files = objects(all.get("files"));
        Map<String, List<Map<String, @Nullable Object>>> tables = new LinkedHashMap<>();
        object(all.get("tables")).forEach((table, rows) -> tables.put(table, objects(rows)));
        tables.values().forEach(rows -> rows.forEach(ManifestJson::checkReferences));
        return new Manifest.Version(
                Math.toIntExact(number(all.get("dataset"))),
                uuid(all.get("uuid")),
                SemanticVersion.parse(text(all.get("version"))),
                bool(all.get("readable")),
                object(all.get("row")),
                (String) all.get("script"),
                files.stream().map(ManifestJson::file).toList(),
                files.stream().map(file -> text(file.get("statistics"))).toList(),
                tables);
    }

    private static DataFile file(Map<String, @Nullable Object> file) {
        return new DataFile(
                text(file.get("path")),
                number(file.get("row_count")),
                number(file.get("byte_size")),
                text(file.get("sha256")),
                List.of());
    }

    private static String text(@Nullable Object value) {
        return (String) Objects.requireNonNull(value);
    }

    private static void checkReferences(Map<String, @Nullable Object> row) {
        row.forEach((column, value) -> {
            if (value != null && BundleRows.isReference(column)) {
                uuid(value);
            }
        });
    }

    private static UUID uuid(@Nullable Object value) {
        String text = text(value);
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its manifest has a wrong uuid, " + text, e);
        }
    }

    private static long number(@Nullable Object value) {
        return (Long) Objects.requireNonNull(value);
    }

    private static boolean bool(@Nullable Object value) {
        return (Boolean) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked") // What value() makes of a JSON object.
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }

    private static List<Map<String, @Nullable Object>> objects(@Nullable Object value) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(value)) {
            objects.add(object(each));
        }
        return objects;
    }
}
