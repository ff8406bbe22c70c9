// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.StoreError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Turns what file systems throw into the one exception, by what went wrong rather than by class. */
final class Failures {
    private Failures() {}

    /** A failure of {@code verb} ("open", "list" …) on {@code location} that is a {@code otherwise} if it is nothing known. */
    static DatasetDbException of(String verb, String location, IOException cause, StoreError otherwise) {
        StoreError code = code(cause, otherwise);
        String reason = switch (code) {
            case FILE_NOT_FOUND -> "there is no such file or folder";
            case FILE_EXISTS -> "there is one already";
            case ACCESS_DENIED -> "access denied";
            case DISK_FULL -> "no space left";
            case FILE_DAMAGED,
                    NOT_PARQUET,
                    UNSUPPORTED_FILE,
                    UNSUPPORTED_SCHEME,
                    BAD_LOCATION,
                    READ_FAILED,
                    WRITE_FAILED,
                    BAD_VALUE -> "the storage failed";
        };
        return new DatasetDbException(
                code, "Cannot " + verb + " " + location + ": " + reason + " (" + detail(location, cause) + ")", cause);
    }

    private static StoreError code(IOException cause, StoreError otherwise) {
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return mentions(cause, "permission denied") ? StoreError.ACCESS_DENIED : StoreError.FILE_NOT_FOUND;
        }
        if (cause instanceof FileAlreadyExistsException
                || cause.getClass().getSimpleName().equals("FileAlreadyExistsException")
                || mentions(cause, "preconditionfailed")) {
            return StoreError.FILE_EXISTS;
        }
        if (mentions(cause, "no space left") || (mentions(cause, "quota") && mentions(cause, "exceeded"))) {
            return StoreError.DISK_FULL;
        }
        if (cause instanceof AccessDeniedException
                || mentions(cause, "permission denied")
                || mentions(cause, "read-only file system")
                || mentions(cause, "operation not permitted")) {
            return StoreError.ACCESS_DENIED;
        }
        return otherwise;
    }

    /** Looks through the causes because Hadoop wraps what the operating system said. */
    private static boolean mentions(Throwable failure, String words) {
        Throwable current = failure;
        for (int depth = 0; current != null && depth < 8; depth++) {
            String message = current instanceof FileSystemException known ? known.getReason() : current.getMessage();
            if (message != null && message.toLowerCase(Locale.ROOT).contains(words)) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }

    private static String detail(String location, IOException cause) {
        if (cause instanceof FileSystemException known) {
            String file = known.getFile();
            String reason = known.getReason();
            if (reason != null) {
                return file == null || location.endsWith(file) ? reason : file + ": " + reason;
            }
            return file == null ? cause.getClass().getSimpleName() : file;
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
