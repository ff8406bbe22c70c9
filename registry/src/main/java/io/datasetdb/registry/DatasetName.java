// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.error.DatasetDbException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * {@code namespace.project.name}. Parts keep their case and match without regard to it, also in {@link #equals}. A part is
 * not blank, has at most 255 characters and holds no {@code .}, no {@code @} and no control character ({@link
 * RegistryError#INVALID_NAME}); nothing of it ever becomes part of a path.
 */
public record DatasetName(String namespace, String project, String name) {
    /** Where unqualified names lead unless told otherwise. */
    public static final String DEFAULT_NAMESPACE = "main";

    /** Where unqualified names lead unless told otherwise. */
    public static final String DEFAULT_PROJECT = "public";

    /** The namespace of what this system makes for itself; users cannot write to it. */
    public static final String SYSTEM_NAMESPACE = "system";

    /** The project in {@link #SYSTEM_NAMESPACE} that holds listings of folders and buckets. */
    public static final String LISTING_PROJECT = "listing";

    /** The project name under which the system tables are found; no project may be called so. */
    public static final String REGISTRY_PROJECT = "registry";

    private static final int MAX_LENGTH = 255;
    private static final int SHOWN = 40;

    public DatasetName {
        checkPart("namespace", namespace);
        checkPart("project", project);
        checkCharacters("dataset", name);
        // The name of a listing says a whole location.
        if (!key(namespace).equals(SYSTEM_NAMESPACE)) {
            checkLength("dataset", name);
        }
    }

    /** A name in {@code main.public}. */
    public static DatasetName of(String name) {
        return new DatasetName(DEFAULT_NAMESPACE, DEFAULT_PROJECT, name);
    }

    /** Reads {@code name}, {@code project.name} or {@code namespace.project.name}. */
    public static DatasetName parse(String text, String defaultNamespace, String defaultProject) {
        String[] parts = text.split("\\.", -1);
        return switch (parts.length) {
            case 1 -> new DatasetName(defaultNamespace, defaultProject, parts[0]);
            case 2 -> new DatasetName(defaultNamespace, parts[0], parts[1]);
            case 3 -> new DatasetName(parts[0], parts[1], parts[2]);
            default ->
                throw new DatasetDbException(
                        RegistryError.INVALID_NAME,
                        "Cannot read dataset name: it has more than three parts (" + text + ")");
        };
    }

    /**
     * The name of the listing of a location. Different locations have different names, also without regard to case:
     * characters that a name cannot hold and letters that are not their own key become {@code %} and two hexadecimal digits per UTF-8 byte.
     */
    public static DatasetName ofListing(String location) {
        var escaped = new StringBuilder();
        location.codePoints().forEach(point -> {
            boolean plain =
                    point != '.' && point != '@' && point != '%' && !isUnprintable(point) && keyOf(point) == point;
            if (plain) {
                escaped.appendCodePoint(point);
            } else {
                for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append(String.format(Locale.ROOT, "%%%02x", b));
                }
            }
        });
        return new DatasetName(SYSTEM_NAMESPACE, LISTING_PROJECT, escaped.toString());
    }

    /** Fails unless {@code text} may be a part of a name; {@code what} says which ({@code namespace}, {@code project}, …). */
    public static void checkPart(String what, String text) {
        checkCharacters(what, text);
        checkLength(what, text);
    }

    private static void checkLength(String what, String text) {
        if (text.length() > MAX_LENGTH) {
            throw invalid(what, "it is longer than " + MAX_LENGTH + " characters", text.substring(0, SHOWN) + "…");
        }
    }

    private static void checkCharacters(String what, String text) {
        if (text.codePoints().allMatch(point -> Character.isWhitespace(point) || Character.isSpaceChar(point))) {
            throw invalid(what, text.isEmpty() ? "it is empty" : "it is blank", text);
        }
        text.codePoints().forEach(point -> {
            if (point == '.' || point == '@') {
                throw invalid(what, "it holds the reserved character " + (char) point, text);
            }
            if (isUnprintable(point)) {
                throw invalid(what, "it holds a control character", text);
            }
        });
    }

    /** Control characters, line ends, half characters, and those that turn the direction of what stands around them. */
    private static boolean isUnprintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> point >= 0x202A && point <= 0x202E || point >= 0x2066 && point <= 0x2069;
            default -> false;
        };
    }

    private static DatasetDbException invalid(String what, String reason, String text) {
        return new DatasetDbException(
                RegistryError.INVALID_NAME, "Cannot use " + what + " name: " + reason + " (" + text + ")");
    }

    /**
     * The form by which names are compared: each character by itself in lower case, as {@link String#equalsIgnoreCase} does
     * it. So the key of a name's beginning is the beginning of its key.
     */
    public static String key(String part) {
        var key = new StringBuilder(part.length());
        part.codePoints().map(DatasetName::keyOf).forEach(key::appendCodePoint);
        return key.toString();
    }

    private static int keyOf(int point) {
        return Character.toLowerCase(Character.toUpperCase(point));
    }

    /** Whether this names something that belongs to the system. */
    public boolean isSystem() {
        return key(namespace).equals(SYSTEM_NAMESPACE);
    }

    /** The same project, another name. */
    public DatasetName withName(String newName) {
        return new DatasetName(namespace, project, newName);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DatasetName that
                && key(name).equals(key(that.name))
                && key(project).equals(key(that.project))
                && key(namespace).equals(key(that.namespace));
    }

    @Override
    public int hashCode() {
        return (key(namespace).hashCode() * 31 + key(project).hashCode()) * 31
                + key(name).hashCode();
    }

    /** {@code namespace.project.name}. */
    @Override
    public String toString() {
        return namespace + "." + project + "." + name;
    }
}
