// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
    private static final VersionRef PARENT = new VersionRef(DatasetName.of("p"), SemanticVersion.FIRST, new UUID(1, 2));

    /** Every component is set, so that one that gets lost shows. */
    private static Provenance full() {
        return new Provenance(
                "CREATE DATASET x AS SELECT 1",
                "SELECT 1; CREATE DATASET x AS SELECT 1",
                "x.sql",
                "ada",
                "shell",
                Deposits.STARTED,
                Deposits.STARTED.plusMillis(7),
                "0.1.0",
                List.of(new Dependency.OnDataset(PARENT)),
                List.of(new Param("rate", "0.5", Param.Origin.SET)),
                List.of(new FunctionUse("f", "ab")),
                List.of(new ColumnLineage("a", PARENT, "b", ColumnLineage.Derivation.TRANSFORMED)),
                "2 1 ab",
                "j1",
                new Recipe(
                        "main",
                        "public",
                        "ada",
                        List.of(new Recipe.Input("main.public.p", PARENT, "q", "fp", List.of()))));
    }

    /** What each {@code with…} sets. */
    private static Map<String, Provenance> unchanged(Provenance given) {
        var results = new TreeMap<String, Provenance>();
        results.put("withColumnLineage", given.withColumnLineage(given.columnLineage()));
        results.put("withContentHash", given.withContentHash(given.contentHash()));
        results.put("withDependencies", given.withDependencies(given.dependencies()));
        results.put("withJob", given.withJob(given.jobId()));
        results.put("withRecipe", given.withRecipe(given.recipe()));
        results.put("withStatement", given.withStatement(given.statement()));
        results.put("withUses", given.withUses(given.params(), given.functionUses()));
        return results;
    }

    @Test
    void aCopyLosesNothingThatItDoesNotReplace() throws ReflectiveOperationException {
        Provenance full = full();
        for (RecordComponent component : Provenance.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(full))
                    .as(component.getName())
                    .isNotNull()
                    .isNotEqualTo(List.of());
        }
        Map<String, Provenance> copies = unchanged(full);
        copies.forEach((how, copy) -> assertThat(copy).as(how).isEqualTo(full));
        assertThat(copies.keySet())
                .as("all there are")
                .containsExactlyElementsOf(Arrays.stream(Provenance.class.getDeclaredMethods())
                        .map(Method::getName)
                        .filter(name -> name.startsWith("with"))
                        .sorted()
                        .toList());
    }
}
