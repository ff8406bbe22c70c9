// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Dependency;
import io.datasetdb.registry.FunctionUse;
import io.datasetdb.registry.Recipe;
import io.datasetdb.registry.VersionRef;
import io.datasetdb.registry.View;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.sql.schema.StatementCatalog;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The inputs that a version was made from, in the place of what their names mean now. */
final class RecordedInputs {
    private final Rerun rerun;
    private final Map<String, Recipe.Input> inputs = new LinkedHashMap<>();

    RecordedInputs(Rerun rerun) {
        this.rerun = rerun;
        rerun.recipe().inputs().forEach(input -> inputs.put(input.name(), input));
    }

    /** The plan of the statement on them. Fails if something is not there any more as it was, but for files. */
    PlannedQuery plan() {
        PlannedQuery plan = rerun.isChange() ? rerun.planChange(this::fix, base()) : rerun.plan(this::fix);
        checkViews(plan);
        checkNames(plan);
        checkFunctions(plan);
        return plan;
    }

    /** The version that the statement changed, which its provenance names first. */
    DatasetVersion base() {
        if (rerun.provenance().recipe() != null
                && !rerun.provenance().dependencies().isEmpty()
                && rerun.provenance().dependencies().get(0) instanceof Dependency.OnDataset on) {
            DatasetVersion base = rerun.context().registry().identified(on.parent());
            if (base.isPurged()) {
                throw rerun.error("the version that it changed, " + base + ", was dropped and its files were purged");
            }
            return base;
        }
        throw rerun.error("which version it changed is not recorded");
    }

    private void fix(StatementCatalog catalog) {
        for (Recipe.Input input : inputs.values()) {
            VersionRef ref = input.version();
            if (ref != null) {
                catalog.fix(input.name(), () -> version(ref));
            }
        }
    }

    private DatasetVersion version(VersionRef ref) {
        DatasetVersion version = rerun.context().registry().identified(ref);
        if (version.isPurged()) {
            throw rerun.error("its input " + version + " was dropped and its files were purged");
        }
        return version;
    }

    /** What a name means now is not what it meant when it meant nothing that is recorded. */
    private void checkNames(PlannedQuery plan) {
        if (rerun.provenance().recipe() == null) {
            return;
        }
        for (String name : plan.found().tables().keySet()) {
            Recipe.Input then = inputs.get(name);
            if (then != null && then.definition() != null) {
                throw rerun.error("the view " + name + ", which it read, is a dataset now");
            }
            if (then == null && !name.contains(StatementCatalog.AS_OF)) {
                throw rerun.unrecorded(name);
            }
        }
    }

    private void checkViews(PlannedQuery plan) {
        for (View view : plan.found().views()) {
            Recipe.Input then = inputs.get(DatasetName.key(view.name().toString()));
            if (!Recipes.isSame(view, then)) {
                throw rerun.error("the view " + view.name() + ", which it reads, is another one now");
            }
        }
    }

    private void checkFunctions(PlannedQuery plan) {
        List<FunctionUse> now = ProvenanceCollector.functions(rerun.context(), plan);
        Map<String, String> then = new HashMap<>();
        rerun.provenance().functionUses().forEach(use -> then.put(use.name() + " " + use.hash(), use.hash()));
        Set<String> recorded = rerun.provenance().functionUses().stream()
                .map(FunctionUse::name)
                .collect(Collectors.toSet());
        for (FunctionUse use : now) {
            boolean same = then.containsKey(use.name() + " " + use.hash());
            if (!same && recorded.contains(use.name()) && !use.hash().startsWith(ProvenanceCollector.BUILTIN)) {
                throw rerun.error("the function " + use.name() + ", which it calls, was changed since");
            }
        }
    }

    /** The first file outside the warehouse that is not as it was then, and what became of it. */
    Optional<String> changedFile(PlannedQuery plan) {
        for (Map.Entry<String, BatchTable> found : plan.found().tables().entrySet()) {
            Recipe.Input then = inputs.get(found.getKey());
            List<Recipe.FileState> now = Recipes.files(found.getValue());
            if (then != null
                    && then.fingerprint() != null
                    && !Recipes.fingerprint(now).equals(then.fingerprint())) {
                return Optional.of(changed(then, now));
            }
        }
        return Optional.empty();
    }

    private static String changed(Recipe.Input then, List<Recipe.FileState> now) {
        Map<String, Recipe.FileState> present = new HashMap<>();
        now.forEach(file -> present.put(file.uri(), file));
        for (Recipe.FileState file : then.files()) {
            Recipe.FileState current = present.remove(file.uri());
            if (current == null) {
                return "the file " + file.uri() + ", which it read, is gone";
            }
            if (!Objects.equals(current, file)) {
                return "the file " + file.uri() + ", which it read, was written since (" + file.size() + " bytes then, "
                        + current.size() + " now)";
            }
        }
        return then.files().isEmpty()
                ? "the files of " + then.name() + " are not those that it read"
                : "there are files now that it did not read ("
                        + present.keySet().stream().sorted().findFirst().orElse(then.name()) + ")";
    }
}
