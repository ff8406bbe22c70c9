// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.Settings;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** A setting of a session by its name and as text: what SET, SHOW and connection properties know of {@link Settings}. */
public enum Setting {
    THREADS("how many threads one statement may use, at most one a processor") {
        @Override
        public Settings with(Settings settings, String text, String place) {
            try {
                int threads = Integer.parseInt(text.strip());
                if (threads >= 1) {
                    return settings.withThreads(threads);
                }
            } catch (NumberFormatException e) {
                // Refused below, as a number that is too small is.
            }
            throw refused("it takes a whole number from 1 (" + text + ")", place);
        }

        @Override
        public String text(Settings settings) {
            return String.valueOf(settings.threads());
        }

        @Override
        public Settings copied(Settings from, Settings to) {
            return to.withThreads(from.threads());
        }
    },
    MEMORY_LIMIT("how much memory one statement may use for what it keeps, e.g. 512MB or 2GiB") {
        @Override
        public Settings with(Settings settings, String text, String place) {
            OptionalLong bytes = ByteSize.parse(text);
            if (bytes.isEmpty()) {
                throw refused("it takes a size such as 512MB or 2GiB (" + text + ")", place);
            }
            return settings.withMemoryLimit(bytes.getAsLong());
        }

        @Override
        public String text(Settings settings) {
            return ByteSize.text(settings.memoryLimit());
        }

        @Override
        public Settings copied(Settings from, Settings to) {
            return to.withMemoryLimit(from.memoryLimit());
        }
    },
    DISABLED_OPTIMIZERS("what is switched off, to find out what is slow or wrong; names of: "
            + String.join(", ", Optimization.keys())) {
        @Override
        public Settings with(Settings settings, String text, String place) {
            Set<Optimization> disabled = EnumSet.noneOf(Optimization.class);
            Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .forEach(name ->
                            disabled.add(Optimization.of(name).orElseThrow(() -> refused(unknown(name), place))));
            return settings.withDisabled(disabled);
        }

        private String unknown(String name) {
            return "there is no optimization " + name + didYouMean(name, Optimization.keys());
        }

        @Override
        public String text(Settings settings) {
            return settings.disabled().stream().sorted().map(Optimization::key).collect(Collectors.joining(","));
        }

        @Override
        public Settings copied(Settings from, Settings to) {
            return to.withDisabled(from.disabled());
        }
    };

    private final String description;

    Setting(String description) {
        this.description = description;
    }

    /** The name in statements and connection properties. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One line for people. */
    public String description() {
        return description;
    }

    /** The setting's value as text, which sets the same value again (sizes: nearly). */
    public abstract String text(Settings settings);

    /**
     * The settings with another value of this one.
     *
     * @param text the value as somebody wrote it
     * @param place where, as the end of an error's sentence; empty if there is no place
     * @throws DatasetDbException {@link SqlError#INVALID_ARGUMENT} if it is no value for this setting
     */
    public abstract Settings with(Settings settings, String text, String place);

    /** The settings with this one as it is unless told otherwise. */
    public Settings reset(Settings settings) {
        return copied(Settings.ofMachine(), settings);
    }

    /** The settings {@code to} with the value that this one has in {@code from}. */
    public abstract Settings copied(Settings from, Settings to);

    /** The setting of this name, matched without regard to case. */
    public static Optional<Setting> of(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.name().equalsIgnoreCase(key))
                .findFirst();
    }

    /** All names. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(Setting::key).toList();
    }

    /** The question at the end of an error's sentence, or nothing. */
    static String didYouMean(String name, List<String> candidates) {
        return NearestName.of(name, candidates)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
    }

    DatasetDbException refused(String reason, String place) {
        return new DatasetDbException(SqlError.INVALID_ARGUMENT, "Cannot set " + key() + ": " + reason + place);
    }
}
