// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.named;
import static io.datasetdb.registry.internal.system.SystemColumn.nullableText;
import static io.datasetdb.registry.internal.system.SystemColumn.text;
import static io.datasetdb.registry.internal.system.SystemColumn.time;

import java.util.List;

/** {@code registry.functions}. */
final class FunctionsTable implements TableDefinition {
    @Override
    public String name() {
        return "functions";
    }

    @Override
    public String comment() {
        return "Functions that users created.";
    }

    @Override
    public List<SystemColumn> columns() {
        return List.of(
                named("function_name", "f.function_name", "f.name_key"),
                text("signature", "f.signature"),
                text("kind", "f.kind"),
                nullableText("class_name", "f.class_name"),
                nullableText("jar_sha256", "f.jar_sha256"),
                nullableText("source", "f.source"),
                text("author", "f.author"),
                time("created_at", "f.created_at"));
    }

    @Override
    public String from() {
        return "functions f";
    }
}
