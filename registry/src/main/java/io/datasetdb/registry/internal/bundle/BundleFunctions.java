// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.bundle;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.FunctionDefinition;
import io.datasetdb.registry.FunctionJars;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.internal.FileCheck;
import io.datasetdb.registry.internal.Sql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Users' functions that the versions of a bundle called: rows of {@code functions}, and the jars that these name. */
public final class BundleFunctions {
    /** Of a jar that is read into memory. */
    private static final int MOST_BYTES = 1 << 30;

    private static final int BUFFER = 1 << 16;
    private static final String USED = """
        SELECT f.*, u.function_hash
        FROM functions f JOIN function_uses u ON lower(u.function_name) = f.name_key
        WHERE u.version_id = ? ORDER BY f.function_id\
        """;
    private static final String KNOWN = "SELECT signature, jar_sha256, source FROM functions WHERE name_key = ?";

    private final List<Map<String, @Nullable Object>> functions;

    public BundleFunctions(Manifest manifest) {
        this.functions = manifest.functions();
    }

    /** The functions that a version called and that are still the same; one that was replaced since is lost. */
    static List<Map<String, @Nullable Object>> used(BundleRows rows, long versionId) throws SQLException {
        List<Map<String, @Nullable Object>> result = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows.read(USED, versionId)) {
            if (hash(row).equals(row.remove("function_hash"))) {
                result.add(row);
            }
        }
        return result;
    }

    private static String hash(Map<String, @Nullable Object> row) {
        return FunctionDefinition.hash(
                String.valueOf(row.get("signature")), (String) row.get("jar_sha256"), (String) row.get("source"));
    }

    /** The name of a function by the hash of its jar. */
    private Map<String, String> jars() {
        Map<String, String> jars = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> row : functions) {
            Object sha256 = row.get("jar_sha256");
            if (sha256 != null) {
                jars.putIfAbsent(sha256.toString(), String.valueOf(row.get("function_name")));
            }
        }
        return jars;
    }

    /** Writes the jars into a bundle. */
    public void export(FunctionJars kept, ZipOutputStream zip) throws IOException {
        for (Map.Entry<String, String> jar : jars().entrySet()) {
            String path = kept.path(jar.getKey());
            String problem = kept.problem(jar.getKey()).orElse(null);
            if (problem != null) {
                throw new DatasetDbException(
                        RegistryError.DAMAGED,
                        "Cannot export function " + jar.getValue() + ": its jar " + problem + " (" + path + ")");
            }
            zip.putNextEntry(new ZipEntry(path));
            zip.write(kept.read(jar.getKey()));
            zip.closeEntry();
        }
    }

    /** Keeps the jars of a bundle in a warehouse. */
    public void keepJars(BundleFile file, FunctionJars kept) {
        for (String sha256 : jars().keySet()) {
            if (!FunctionJars.isHash(sha256)) {
                throw file.wrong("its manifest is wrong about the jar of a function");
            }
            String path = kept.path(sha256);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            file.read(path, BUFFER, MOST_BYTES, (buffer, length) -> bytes.write(buffer, 0, length));
            if (!FunctionJars.sha256(bytes.toByteArray()).equals(sha256)) {
                throw file.damaged(path, "its bytes are not those that were exported");
            }
            try {
                kept.keep(sha256, bytes.toByteArray());
            } catch (IOException e) {
                throw new DatasetDbException(
                        FileCheck.code(e),
                        "Cannot import bundle: a jar cannot be kept, " + FileCheck.reason(e) + " (" + path + ")",
                        e);
            }
        }
    }

    /**
     * Registers the functions whose names are free.
     *
     * @return the names under which this warehouse has other functions, which stay
     */
    List<String> register(Sql sql, BundleRows rows) throws SQLException {
        Set<String> free = new LinkedHashSet<>();
        Set<String> kept = new LinkedHashSet<>();
        for (Map<String, @Nullable Object> row : functions) {
            String key = String.valueOf(row.get("name_key"));
            List<String> here = sql.list(
                    KNOWN,
                    known -> FunctionDefinition.hash(known.getString(1), known.getString(2), known.getString(3)),
                    key);
            if (here.isEmpty() || free.contains(key)) {
                free.add(key);
                rows.insert("functions", row, Map.of(), null);
            } else if (!here.contains(hash(row))) {
                kept.add(String.valueOf(row.get("function_name")));
            }
        }
        return List.copyOf(kept);
    }
}
