// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A function that a user created.
 *
 * @param name as written; matches without regard to case
 * @param signature parameter types and result type; with the name it is the key
 * @param className the class that holds it, if it comes from a jar
 * @param jarPath where the jar was
 * @param jarSha256 lower-case hexadecimal
 * @param source Java source, if it was given as text
 */
public record FunctionDefinition(
        String name,
        String signature,
        Kind kind,
        @Nullable String className,
        @Nullable String jarPath,
        @Nullable String jarSha256,
        @Nullable String source,
        String author,
        Instant createdAt) {
    /** What versions that call it record of it: the hash of its jar, or of signature and source. */
    public String hash() {
        return hash(signature, jarSha256, source);
    }

    /** As {@link #hash()}, of the parts. */
    public static String hash(String signature, @Nullable String jarSha256, @Nullable String source) {
        return jarSha256 != null
                ? jarSha256
                : FunctionJars.sha256((signature + source).getBytes(StandardCharsets.UTF_8));
    }

    /** What a function takes and gives. */
    public enum Kind {
        SCALAR,
        AGGREGATE,
        TABLE
    }
}
