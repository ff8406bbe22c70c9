// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.FunctionUse;
import io.datasetdb.registry.Recipe;
import io.datasetdb.registry.VersionRef;
import io.datasetdb.registry.View;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.plan.Repeatability;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.sql.schema.ResultTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What of the inputs of a version's statement is another thing now than it was when the version was made. */
final class InputChanges {
    /** An input of which another version is the latest now. */
    record Changed(String name, DatasetVersion then, DatasetVersion now) {}

    private final Rerun rerun;
    private final PlannedQuery plan;
    private final List<Changed> versions = new ArrayList<>();

    /** What only a new computation can take account of. */
    private Optional<String> other = Optional.empty();

    private InputChanges(Rerun rerun, PlannedQuery plan) {
        this.rerun = rerun;
        this.plan = plan;
    }

    /**
     * @param plan of the statement on what its inputs are now
     * @param metrics of the statement: what they read is among its inputs
     */
    static InputChanges of(Rerun rerun, PlannedQuery plan, Optional<PlannedQuery> metrics) {
        InputChanges changes = new InputChanges(rerun, plan);
        Map<String, Recipe.Input> then = new HashMap<>();
        rerun.recipe().inputs().forEach(input -> then.put(input.name(), input));
        plan.found().views().forEach(view -> changes.compare(view, then));
        Map<String, BatchTable> tables = new TreeMap<>(plan.found().tables());
        changes.compareFunctions(plan);
        metrics.ifPresent(measured -> {
            measured.found().views().forEach(view -> changes.compare(view, then));
            measured.found().tables().forEach((name, table) -> {
                if (!(table instanceof ResultTable)) {
                    tables.putIfAbsent(name, table);
                }
            });
            changes.compareFunctions(measured);
        });
        tables.forEach((name, table) -> changes.compare(name, then.get(name), table));
        changes.compareMoment();
        return changes;
    }

    private void compare(String name, Recipe.@Nullable Input then, BatchTable now) {
        Optional<DatasetVersion> version = now.version();
        if (then == null) {
            because("what " + name + " meant then is not recorded");
        } else if (version.isPresent()) {
            VersionRef before = then.version();
            if (then.definition() != null) {
                because(name + " was a view then and is a dataset now");
            } else if (before == null) {
                because("what " + name + " was then is not recorded");
            } else if (!before.uuid().equals(version.get().uuid())) {
                versions.add(new Changed(name, rerun.context().registry().identified(before), version.get()));
            }
        } else if (then.fingerprint() == null
                ? !now.files().isEmpty()
                : !Recipes.fingerprint(Recipes.files(now)).equals(then.fingerprint())) {
            because("the files of " + name + " changed, and which rows came from them is not known");
        }
    }

    private void compare(View view, Map<String, Recipe.Input> then) {
        if (!Recipes.isSame(view, then.get(DatasetName.key(view.name().toString())))) {
            because("the view " + view.name() + " is another one now");
        }
    }

    private void compareFunctions(PlannedQuery calling) {
        List<FunctionUse> before = rerun.provenance().functionUses();
        for (FunctionUse use : ProvenanceCollector.functions(rerun.context(), calling)) {
            if (!before.contains(use)) {
                because("the function " + use.name() + " is another one now");
            }
        }
    }

    private void compareMoment() {
        Repeatability repeatability = Repeatability.of(plan);
        repeatability.momentary().ifPresent(call -> because(call + " depends on when and by whom it is called"));
        repeatability.variable().ifPresent(call -> because("the results of " + call + " differ from call to call"));
        if (plan.sources().stream().anyMatch(source -> !plan.found().tables().containsValue(source))) {
            because("it reads what has no versions, such as the registry");
        }
    }

    private void because(String reason) {
        other = other.or(() -> Optional.of(reason));
    }

    /** Whether the statement would yield the rows that are there. */
    boolean isEmpty() {
        return versions.isEmpty() && other.isEmpty();
    }

    List<Changed> versions() {
        return versions;
    }

    /** Why the change of the result cannot be computed from the changes of the inputs. */
    Optional<String> obstacle(DatasetVersion base) {
        return other.or(() -> Repeatability.of(plan).obstacle())
                .or(() -> ChangedRows.sameColumns(plan.schema(), base.schema())
                        ? Optional.empty()
                        : Optional.of("its columns are others now"))
                .or(() -> versions.stream()
                        .flatMap(changed -> obstacle(changed).stream())
                        .findFirst());
    }

    private static Optional<String> obstacle(Changed changed) {
        if (changed.then().isPurged()) {
            return Optional.of("the version of its input that it was made from was purged (" + changed.then() + ")");
        }
        return ChangedRows.sameColumns(changed.then().schema(), changed.now().schema())
                ? Optional.empty()
                : Optional.of("its input has other columns now (" + changed.now() + ")");
    }
}
