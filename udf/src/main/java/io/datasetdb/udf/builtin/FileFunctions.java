// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Storage;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.Example;
import io.datasetdb.udf.annotation.NotDeterministic;
import io.datasetdb.udf.annotation.ScalarFunction;
import io.datasetdb.udf.annotation.SqlType;
import io.datasetdb.udf.internal.file.FileSet;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The contents of files as values. */
public final class FileFunctions {
    /** The largest file that is taken as a value, in bytes. */
    static final long LARGEST_FILE = 256L << 20;

    private final DatasetStore store;

    public FileFunctions(DatasetStore store) {
        this.store = store;
    }

    @ScalarFunction
    @NotDeterministic
    @Description("The text of a file of a listing, which must be UTF-8.")
    @Example("file_text(ROW('file://', 'data/a.txt', 5, '', '', TRUE, TIMESTAMP '2024-01-01 00:00:00')) = 'hello'")
    public String fileText(@SqlType(FileRow.SQL) List<Object> file) {
        return text(locationOf(file));
    }

    @ScalarFunction
    @NotDeterministic
    @Description("The text of the file at a path or URI, which must be UTF-8.")
    @Example("file_text('/data/a.txt') = 'hello'")
    public String fileText(String location) {
        return text(absolute(location));
    }

    @ScalarFunction
    @NotDeterministic
    @Description("The bytes of a file of a listing.")
    @Example(
            "file_bytes(ROW('file://', 'data/a.txt', 5, '', '', TRUE, TIMESTAMP '2024-01-01 00:00:00')) = X'68656C6C6F'")
    public byte[] fileBytes(@SqlType(FileRow.SQL) List<Object> file) {
        return bytes(locationOf(file));
    }

    @ScalarFunction
    @NotDeterministic
    @Description("The bytes of the file at a path or URI.")
    @Example("file_bytes('/data/a.txt') = X'68656C6C6F'")
    public byte[] fileBytes(String location) {
        return bytes(absolute(location));
    }

    private static String locationOf(List<Object> file) {
        return FileSet.locationOf((String) file.get(0), (String) file.get(1));
    }

    /** Relative paths are relative to the process's working directory here as in listings, not to the warehouse. */
    private static String absolute(String location) {
        return location.startsWith("/") || location.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
                ? location
                : Path.of(location).toAbsolutePath().normalize().toString();
    }

    private String text(String location) {
        byte[] bytes = bytes(location);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DatasetDbException(
                    UdfError.BAD_ENCODING, "Cannot read text of " + location + ": it is not UTF-8", e);
        }
    }

    private byte[] bytes(String location) {
        try (Storage.Input input = store.storage().open(location)) {
            if (input.size() > LARGEST_FILE) {
                throw new DatasetDbException(
                        UdfError.TOO_LARGE,
                        "Cannot read " + location + ": the file is larger than " + LARGEST_FILE + " bytes ("
                                + input.size() + ")");
            }
            byte[] bytes = new byte[(int) input.size()];
            input.readFully(0, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }
}
