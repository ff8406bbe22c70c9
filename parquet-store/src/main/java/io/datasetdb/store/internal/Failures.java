// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.StoreError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what file systems throw into the one exception, by what went wrong rather than by class. */
final class Failures {
    /** How many causes of causes are worth a look. */
    private static final int DEPTH = 12;

    private static final Pattern CLIENT_NOTES = Pattern.compile(" *\\((Service: |SDK Attempt Count: )[^)]*\\)");
    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*[\\r\\n]+\\s*");
    private static final Pattern STATUS = Pattern.compile("Status Code: (\\d+)");

    private Failures() {}

    /** A failure of {@code verb} ("open", "list" …) on {@code location} that is a {@code otherwise} if it is nothing known. */
    static DatasetDbException of(String verb, String location, IOException cause, StoreError otherwise) {
        StoreError code = code(cause, otherwise);
        String reason = switch (code) {
            case FILE_NOT_FOUND ->
                isUnknownBucket(cause) ? "there is no such bucket" : "there is no such file or folder";
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
                    BAD_VALUE -> failing(cause);
        };
        return new DatasetDbException(
                code,
                "Cannot " + verb + " " + location + ": " + reason + " ("
                        + LINE_BREAKS.matcher(detail(location, cause)).replaceAll(" ") + ")",
                cause);
    }

    private static StoreError code(IOException cause, StoreError otherwise) {
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return mentions(cause, "permission denied") ? StoreError.ACCESS_DENIED : StoreError.FILE_NOT_FOUND;
        }
        if (isUnknownBucket(cause)) {
            return StoreError.FILE_NOT_FOUND;
        }
        if (cause instanceof FileAlreadyExistsException
                || cause.getClass().getSimpleName().equals("FileAlreadyExistsException")
                || mentions(cause, "preconditionfailed")
                || mentions(cause, "conditionalrequestconflict")) {
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

    private static boolean isUnknownBucket(IOException cause) {
        return cause.getClass().getSimpleName().equals("UnknownStoreException");
    }

    /** What a storage does that neither works nor says what is wrong. */
    private static String failing(IOException failure) {
        for (Throwable cause : causes(failure)) {
            if (cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException
                    || cause instanceof SocketTimeoutException) {
                return "the storage does not answer";
            }
            if (cause.getClass().getSimpleName().equals("AWSServiceThrottledException")
                    || String.valueOf(cause.getMessage()).contains("Status Code: 503")) {
                return "the storage is too busy";
            }
        }
        return "the storage failed";
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> result = new ArrayList<>();
        for (Throwable cause = failure; cause != null && result.size() < DEPTH; cause = cause.getCause()) {
            result.add(cause);
        }
        return result;
    }

    /** Looks through the causes because Hadoop wraps what the operating system said. */
    private static boolean mentions(Throwable failure, String words) {
        for (Throwable cause : causes(failure)) {
            String message = cause instanceof FileSystemException known ? known.getReason() : cause.getMessage();
            if (message != null && message.toLowerCase(Locale.ROOT).contains(words)) {
                return true;
            }
        }
        return false;
    }

    private static String detail(String location, IOException cause) {
        for (Throwable inner : causes(cause)) {
            if (inner.getClass().getName().startsWith("software.amazon.awssdk.")) {
                return amazonDetail(inner);
            }
        }
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

    /** The client repeats itself and adds request ids and counts; an answer without a body has only its status. */
    private static String amazonDetail(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        String said = CLIENT_NOTES.matcher(message).replaceAll("").strip();
        if (!said.isEmpty() && !said.equals("null")) {
            return said;
        }
        Matcher status = STATUS.matcher(message);
        return status.find()
                ? "HTTP status " + status.group(1)
                : failure.getClass().getSimpleName();
    }
}
