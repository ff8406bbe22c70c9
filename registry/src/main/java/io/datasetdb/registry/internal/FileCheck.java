// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.FileProblem;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Compares a file with what is known of it. */
public final class FileCheck {
    private static final String FULL = "the disk is full";

    private static final int BUFFER = 1 << 20;

    private final DatasetStore store;

    /** Hears how many bytes of the file were looked at. */
    @FunctionalInterface
    public interface Bytes {
        void at(long done);
    }

    /** What is wrong. */
    public record Finding(FileProblem.Kind kind, String reason) {}

    public FileCheck(DatasetStore store) {
        this.store = store;
    }

    /** Looks at size and, unless {@code quick}, checksum. */
    public Optional<Finding> bytes(DataFile file, boolean quick, Bytes progress) {
        try (Storage.Input input = store.storage().open(file.path())) {
            if (input.size() != file.byteSize()) {
                return Optional.of(new Finding(
                        FileProblem.Kind.SIZE, "it has " + input.size() + " bytes instead of " + file.byteSize()));
            }
            if (quick) {
                return Optional.empty();
            }
            String checksum = checksum(input, progress);
            return checksum.equals(file.checksum())
                    ? Optional.empty()
                    : Optional.of(new Finding(
                            FileProblem.Kind.CHECKSUM,
                            "its checksum is " + checksum + " instead of " + file.checksum()));
        } catch (DatasetDbException e) {
            return Optional.of(unreadable(e));
        }
    }

    private static String checksum(Storage.Input input, Bytes progress) {
        MessageDigest digest = sha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long position = 0; position < input.size(); position += buffer.limit()) {
            buffer.clear().limit((int) Math.min(BUFFER, input.size() - position));
            input.readFully(position, buffer);
            digest.update(buffer.flip());
            progress.at(position + buffer.limit());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Why a file could not be read or written, as a clause. */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String message = String.valueOf(failure.getMessage());
        return message.contains("No space left") ? FULL : message;
    }

    /** The code of a failure to write a file. */
    public static RegistryError code(IOException failure) {
        return reason(failure).equals(FULL) ? RegistryError.DISK_FULL : RegistryError.FILE_FAILED;
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Looks whether the file has these columns and as many rows as it should; reads the first of them. */
    public Optional<Finding> contents(DataFile file, Schema schema) {
        try {
            long rows = store.rowCount(file.path());
            if (rows != file.rowCount()) {
                return Optional.of(new Finding(
                        FileProblem.Kind.UNREADABLE, "it has " + rows + " rows instead of " + file.rowCount()));
            }
            List<ColumnPath> columns = schema.fields().stream()
                    .map(Field::name)
                    .map(ColumnPath::of)
                    .toList();
            Scan scan = store.scan(List.of(file.path()), schema, new ScanRequest(columns, null, false));
            for (Scan.Split split : scan.splits().stream().limit(1).toList()) {
                try (BatchSource source = scan.open(split)) {
                    source.next();
                }
            }
            return Optional.empty();
        } catch (DatasetDbException e) {
            return Optional.of(unreadable(e));
        }
    }

    private static Finding unreadable(DatasetDbException e) {
        return e.code() == StoreError.FILE_NOT_FOUND
                ? new Finding(FileProblem.Kind.MISSING, "it is missing")
                : new Finding(FileProblem.Kind.UNREADABLE, String.valueOf(e.getMessage()));
    }
}
