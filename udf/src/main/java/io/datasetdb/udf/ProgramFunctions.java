// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Functions and tables that belong to the calling program and are known to its own statements only.
 *
 * @param scalars called like any function
 * @param tables rows of the program, called like any table function
 * @param hashes what deposits record of each, by name
 */
public record ProgramFunctions(List<ScalarFunction> scalars, List<ProgramTable> tables, Map<String, String> hashes) {
    /** No functions. */
    public static final ProgramFunctions NONE = new ProgramFunctions(List.of(), List.of(), Map.of());

    public ProgramFunctions {
        scalars = List.copyOf(scalars);
        tables = List.copyOf(tables);
        hashes = Map.copyOf(hashes);
    }

    public boolean isEmpty() {
        return scalars.isEmpty() && tables.isEmpty();
    }

    /** These and one more. */
    public ProgramFunctions with(ScalarFunction function, String hash) {
        return and(new ProgramFunctions(List.of(function), List.of(), Map.of(function.name(), hash)));
    }

    /** These and one more. */
    public ProgramFunctions with(ProgramTable table, String hash) {
        return and(new ProgramFunctions(List.of(), List.of(table), Map.of(table.name(), hash)));
    }

    /** These and those of another; what both have counts once. */
    public ProgramFunctions and(ProgramFunctions other) {
        List<ScalarFunction> allScalars = new ArrayList<>(scalars);
        other.scalars.stream().filter(function -> !scalars.contains(function)).forEach(allScalars::add);
        List<ProgramTable> allTables = new ArrayList<>(tables);
        other.tables.stream().filter(table -> !tables.contains(table)).forEach(allTables::add);
        Map<String, String> allHashes = new HashMap<>(hashes);
        allHashes.putAll(other.hashes);
        return new ProgramFunctions(allScalars, allTables, allHashes);
    }
}
