// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All connection properties there are. Whatever else a client sends is refused by our driver and ignored by the server. */
public enum ClientProperty {
    /** Who connects. Default: the OS user. */
    USER("user", true, "who connects; default the OS user"),
    PASSWORD("password", true, "the user's password, if the server has a user file"),
    NAMESPACE("namespace", true, "where unqualified names lead; default main"),
    PROJECT("project", true, "where unqualified names lead; default public"),
    /** Embedded only: a server takes the authenticated user. */
    AUTHOR("author", true, "recorded with every deposit; embedded only, default the user"),
    SOURCE("source", true, "path of the script whose statements this connection runs; its text is recorded verbatim"),
    THREADS("threads", true, "how many threads one statement may use; default one a processor"),
    MEMORY_LIMIT("memory_limit", true, "how much memory one statement may use, e.g. 512MB"),
    DISABLED_OPTIMIZERS("disabled_optimizers", true, "what is switched off, to find out what is slow or wrong"),
    /** The text of the script, read by the driver on the client's machine. */
    SOURCE_TEXT("datasetdb.source_text", false, "set by the driver"),
    /** The kind of client, recorded with every job. */
    CLIENT("datasetdb.client", false, "set by the driver"),
    /** Present if the client reads packets. */
    PACKETS("datasetdb.packets", false, "set by the driver");

    private final String key;
    private final boolean publicly;
    private final String description;

    ClientProperty(String key, boolean publicly, String description) {
        this.key = key;
        this.publicly = publicly;
        this.description = description;
    }

    /** The name in URLs and property lists. */
    public String key() {
        return key;
    }

    /** One line for people. */
    public String description() {
        return description;
    }

    /** Whether users may set it; the others are set by the driver and the command line. */
    public boolean isPublic() {
        return publicly;
    }

    /** The property of this name, matched without regard to case. */
    public static Optional<ClientProperty> of(String key) {
        String wanted = key.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(property -> property.key.equals(wanted))
                .findFirst();
    }

    /** The names that users may set. */
    public static List<String> publicKeys() {
        return Arrays.stream(values())
                .filter(ClientProperty::isPublic)
                .map(ClientProperty::key)
                .toList();
    }
}
