// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import java.util.List;
import java.util.Optional;

/** Names and their functions; immutable. Names match without regard to case. */
public final class FunctionLibrary {
    private FunctionLibrary() {}

    /** All built-in functions. */
    public static FunctionLibrary builtin() {
        return new FunctionLibrary();
    }

    /** The overloads of a name; empty if there are none. */
    public List<ScalarFunction> scalars(String name) {
        return List.of();
    }

    /** The table function of this name. */
    public Optional<TableFunction> table(String name) {
        return Optional.empty();
    }

    /** Everything, sorted by name. */
    public List<ScalarFunction> allScalars() {
        return List.of();
    }

    /** Everything, sorted by name. */
    public List<TableFunction> allTables() {
        return List.of();
    }
}
