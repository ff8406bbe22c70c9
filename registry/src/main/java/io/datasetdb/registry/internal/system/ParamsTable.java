// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.nullableText;
import static io.datasetdb.registry.internal.system.SystemColumn.text;

import java.util.List;

/** {@code registry.params}. */
final class ParamsTable implements TableDefinition {
    @Override
    public String name() {
        return "params";
    }

    @Override
    public String comment() {
        return "Parameters with which versions were made.";
    }

    @Override
    public List<SystemColumn> columns() {
        return Joins.ofVersion(
                text("param", "x.param"), nullableText("param_value", "x.param_value"), text("origin", "x.origin"));
    }

    @Override
    public String from() {
        return "params x";
    }

    @Override
    public List<Partner> partners() {
        return Joins.VERSION;
    }
}
