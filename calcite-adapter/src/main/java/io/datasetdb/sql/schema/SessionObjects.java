// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.error.NearestName;
import io.datasetdb.registry.DatasetName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What only one session has: the values of its parameters and its temporary datasets, at one moment. Immutable; sessions
 * with equal ones can share a plan.
 *
 * @param params by the key of the name
 * @param temporaries by the key of the name
 */
public record SessionObjects(Map<String, Value> params, Map<String, TemporaryTable> temporaries) {
    /** A session that has nothing yet. */
    public static final SessionObjects NONE = new SessionObjects(Map.of(), Map.of());

    /**
     * The value of a parameter.
     *
     * @param name as it was written
     * @param sql the literal
     * @param text what the literal says, as provenance records it
     */
    public record Value(String name, String sql, String text) {}

    public boolean hasParam(String name) {
        return param(name).isPresent();
    }

    /** The value of a parameter, if it is set. */
    public Optional<Value> param(String name) {
        return Optional.ofNullable(params.get(DatasetName.key(name)));
    }

    /** The temporary dataset of a name. */
    public Optional<TemporaryTable> temporary(String name) {
        return Optional.ofNullable(temporaries.get(DatasetName.key(name)));
    }

    /** The parameter whose name is most like this one. */
    public Optional<String> nearestParam(String name) {
        return NearestName.of(name, params.values().stream().map(Value::name).toList());
    }

    /** The parameters by name. */
    public Collection<Value> allParams() {
        return new TreeMap<>(params).values();
    }

    List<String> temporaryNames() {
        return temporaries.values().stream().map(TemporaryTable::displayName).toList();
    }

    /** With another value of a parameter; {@code null} takes it away. */
    public SessionObjects withParam(String name, @Nullable Value value) {
        return new SessionObjects(with(params, name, value), temporaries);
    }

    public SessionObjects withoutParams() {
        return new SessionObjects(Map.of(), temporaries);
    }

    /** With another temporary dataset of a name; {@code null} takes it away. */
    public SessionObjects withTemporary(String name, @Nullable TemporaryTable table) {
        return new SessionObjects(params, with(temporaries, name, table));
    }

    SessionObjects withoutTemporaries() {
        return new SessionObjects(params, Map.of());
    }

    private static <T> Map<String, T> with(Map<String, T> map, String name, @Nullable T value) {
        Map<String, T> changed = new TreeMap<>(map);
        if (value == null) {
            changed.remove(DatasetName.key(name));
        } else {
            changed.put(DatasetName.key(name), value);
        }
        return Map.copyOf(changed);
    }
}
