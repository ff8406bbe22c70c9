// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.copy.CopyOptions;
import io.datasetdb.sql.copy.CopyOptions.Format;
import io.datasetdb.sql.parse.SqlCopy;
import io.datasetdb.store.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What the options of COPY say, each checked against the format. */
final class CopyClauses {
    /** The options with the formats that they go with. */
    private static final Map<String, List<Format>> KNOWN = Map.ofEntries(
            Map.entry("format", List.of(Format.values())),
            Map.entry("overwrite", List.of(Format.values())),
            Map.entry("partition_by", List.of(Format.values())),
            Map.entry("compression", List.of(Format.values())),
            Map.entry("row_group_size", List.of(Format.PARQUET)),
            Map.entry("header", List.of(Format.CSV)),
            Map.entry("delimiter", List.of(Format.CSV)),
            Map.entry("nullstr", List.of(Format.CSV)),
            Map.entry("array", List.of(Format.JSON)));

    /** What DuckDB and PostgreSQL call them too. */
    private static final Map<String, String> SYNONYMS =
            Map.of("delim", "delimiter", "sep", "delimiter", "null", "nullstr", "codec", "compression");

    private final Map<String, SqlNode> given;
    private final String uri;

    private CopyClauses(SqlCopy node) {
        this.given = new java.util.LinkedHashMap<>();
        this.uri = node.uri().toLowerCase(Locale.ROOT);
        node.options().forEach((key, value) -> given.put(SYNONYMS.getOrDefault(key, key), value));
    }

    static CopyOptions of(SqlCopy node) {
        return new CopyClauses(node).read();
    }

    private CopyOptions read() {
        given.forEach((key, value) -> {
            if (!KNOWN.containsKey(key)) {
                throw error(
                        "COPY has no option " + key
                                + NearestName.of(key, KNOWN.keySet())
                                        .map(nearest -> "; did you mean " + nearest + "?")
                                        .orElse(""),
                        value);
            }
        });
        Format format = format();
        given.forEach((key, value) -> {
            if (!Objects.requireNonNull(KNOWN.get(key)).contains(format)) {
                throw error("option " + key + " does not go with " + format, value);
            }
        });
        String compression = compression(format);
        return new CopyOptions(
                format,
                flag("overwrite", false),
                partitions(),
                new WriteOptions(codec(compression), rowGroupRows(), Long.MAX_VALUE),
                flag("header", true),
                delimiter(),
                text("nullstr", ""),
                flag("array", false),
                compression.equals("GZIP"));
    }

    private Format format() {
        SqlNode value = given.get("format");
        if (value == null) {
            String name = uri.endsWith(".gz") ? uri.substring(0, uri.length() - 3) : uri;
            boolean json = name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson");
            return json ? Format.JSON : name.endsWith(".csv") ? Format.CSV : Format.PARQUET;
        }
        String wanted = word(value).toUpperCase(Locale.ROOT);
        for (Format format : Format.values()) {
            if (format.name().equals(wanted)) {
                return format;
            }
        }
        throw error("the formats are PARQUET, CSV and JSON (" + wanted + ")", value);
    }

    private String compression(Format format) {
        SqlNode value = given.get("compression");
        boolean parquet = format == Format.PARQUET;
        if (value == null) {
            return parquet ? "SNAPPY" : uri.endsWith(".gz") ? "GZIP" : "NONE";
        }
        String wanted = word(value).toUpperCase(Locale.ROOT);
        List<String> known =
                parquet ? List.of("SNAPPY", "ZSTD", "UNCOMPRESSED", "NONE") : List.of("NONE", "UNCOMPRESSED", "GZIP");
        if (!known.contains(wanted)) {
            throw error(
                    "the compressions of " + format + " are " + String.join(", ", known) + " (" + wanted + ")", value);
        }
        return wanted;
    }

    private static WriteOptions.Codec codec(String compression) {
        return switch (compression) {
            case "SNAPPY" -> WriteOptions.Codec.SNAPPY;
            case "ZSTD" -> WriteOptions.Codec.ZSTD;
            default -> WriteOptions.Codec.UNCOMPRESSED;
        };
    }

    private List<String> partitions() {
        SqlNode value = given.get("partition_by");
        List<String> result = new ArrayList<>();
        if (value instanceof SqlNodeList names) {
            names.forEach(name -> result.add(word(Objects.requireNonNull(name))));
        } else if (value != null) {
            result.add(word(value));
        }
        return result;
    }

    private int rowGroupRows() {
        SqlNode value = given.get("row_group_size");
        if (value == null) {
            return WriteOptions.DEFAULT.rowGroupRows();
        }
        try {
            int rows = Integer.parseInt(word(value));
            if (rows > 0) {
                return rows;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a number that is too small is.
        }
        throw error("row_group_size takes a number of rows from 1 (" + word(value) + ")", value);
    }

    private char delimiter() {
        SqlNode value = given.get("delimiter");
        String text = text("delimiter", ",");
        String character = text.equals("\\t") ? "\t" : text;
        if (character.length() != 1 || "\"\n\r".contains(character) || character.charAt(0) > 0x7f) {
            throw error(
                    "the delimiter must be one ASCII character and no quote (" + text + ")",
                    Objects.requireNonNull(value));
        }
        return character.charAt(0);
    }

    private boolean flag(String key, boolean byDefault) {
        SqlNode value = given.get(key);
        if (value == null) {
            return byDefault;
        }
        return switch (word(value).toUpperCase(Locale.ROOT)) {
            case "TRUE", "1", "ON" -> true;
            case "FALSE", "0", "OFF" -> false;
            default -> throw error(key + " is TRUE or FALSE (" + word(value) + ")", value);
        };
    }

    private String text(String key, String byDefault) {
        SqlNode value = given.get(key);
        return value == null ? byDefault : word(value);
    }

    private static String word(SqlNode value) {
        if (value instanceof SqlIdentifier name) {
            return name.getSimple();
        }
        String text = value instanceof SqlLiteral literal ? literal.toValue() : null;
        return text == null ? value.toString() : text;
    }

    private static DatasetDbException error(String reason, @Nullable SqlNode node) {
        SqlParserPos position = node == null ? SqlParserPos.ZERO : node.getParserPosition();
        return new DatasetDbException(
                SqlError.INVALID_ARGUMENT,
                "Cannot copy: " + reason + " (at line " + position.getLineNum() + ", column " + position.getColumnNum()
                        + ")");
    }
}
