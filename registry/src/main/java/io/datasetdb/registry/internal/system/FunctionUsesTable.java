// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.text;

import java.util.List;

/** {@code registry.function_uses}. */
final class FunctionUsesTable implements TableDefinition {
    @Override
    public String name() {
        return "function_uses";
    }

    @Override
    public String comment() {
        return "Which version was made with which function.";
    }

    @Override
    public List<SystemColumn> columns() {
        return Joins.ofVersion(text("function_name", "x.function_name"), text("function_hash", "x.function_hash"));
    }

    @Override
    public String from() {
        return "function_uses x";
    }

    @Override
    public List<Partner> partners() {
        return Joins.VERSION;
    }
}
