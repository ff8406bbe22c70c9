// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.error.DatasetDbException;

/**
 * {@code major.minor.patch}, each from 0 to {@value #MAX_PART}. Ordered by major, then minor, then patch, which is also the
 * order of {@link #number()}.
 */
public record SemanticVersion(int major, int minor, int patch) implements Comparable<SemanticVersion> {
    /** The largest value of a part. */
    public static final int MAX_PART = 999_999;

    /** What a dataset's first version is called unless told otherwise. */
    public static final SemanticVersion FIRST = new SemanticVersion(1, 0, 0);

    private static final long MINOR = 1_000_000L;
    private static final long MAJOR = MINOR * MINOR;

    public SemanticVersion {
        if (outside(major) || outside(minor) || outside(patch)) {
            throw new DatasetDbException(
                    RegistryError.INVALID_VERSION,
                    "Cannot use version: each part must be from 0 to " + MAX_PART + " (" + major + "." + minor + "."
                            + patch + ")");
        }
    }

    private static boolean outside(int part) {
        return part < 0 || part > MAX_PART;
    }

    /** Reads {@code 1.2.3}; nothing may be left out. */
    public static SemanticVersion parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw invalid(text);
        }
        return new SemanticVersion(part(parts[0], text), part(parts[1], text), part(parts[2], text));
    }

    /** Reads one part of {@code whole}, which the message of a failure names. */
    private static int part(String text, String whole) {
        int value = part(text);
        if (value < 0) {
            throw invalid(whole);
        }
        return value;
    }

    /** The number that a part is, or -1 if it is none: digits only, at most six, and no leading zero. */
    static int part(String text) {
        if (text.isEmpty() || text.length() > 6 || (text.length() > 1 && text.charAt(0) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static DatasetDbException invalid(String text) {
        return new DatasetDbException(
                RegistryError.INVALID_VERSION,
                "Cannot read version: it must be major.minor.patch, each from 0 to " + MAX_PART + " (" + text + ")");
    }

    /** The version with this {@link #number()}. */
    public static SemanticVersion ofNumber(long number) {
        return new SemanticVersion(
                Math.toIntExact(number / MAJOR),
                Math.toIntExact(number / MINOR % MINOR),
                Math.toIntExact(number % MINOR));
    }

    /** One number that orders like the version: major · 10¹² + minor · 10⁶ + patch. */
    public long number() {
        return major * MAJOR + minor * MINOR + patch;
    }

    /** The next version; fails when the part is at its largest. */
    public SemanticVersion next(Bump bump) {
        return switch (bump) {
            case MAJOR -> new SemanticVersion(major + 1, 0, 0);
            case MINOR -> new SemanticVersion(major, minor + 1, 0);
            case PATCH -> new SemanticVersion(major, minor, patch + 1);
        };
    }

    @Override
    public int compareTo(SemanticVersion other) {
        return Long.compare(number(), other.number());
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }

    /** Which part the next version raises. */
    public enum Bump {
        MAJOR,
        MINOR,
        PATCH
    }
}
