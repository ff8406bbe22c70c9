// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.checkpoint;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.ProgramFunctions;
import io.datasetdb.udf.ScalarFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the functions of a chain yielded while it is being saved, kept in folders {@code checkpoints/<key>.<run>} of the
 * warehouse, one for each function and run. A key says what was computed: the dataset's name, the chain as SQL with its
 * arguments, the versions that it reads, the function with its code and what it captured, and the type of its result. The
 * next run with the same keys takes the results for calls with the same arguments from there; when it succeeds the folders
 * go. Others that are saving the same meanwhile keep what they wrote, and compute again what they do not find.
 */
public final class Checkpoint implements AutoCloseable {
    private static final String FOLDER = "checkpoints";

    private final DatasetStore store;
    private final ProgramFunctions functions;
    private final Map<CallMemory, ScalarFunction> remembered = new LinkedHashMap<>();
    private final Set<String> folders = new LinkedHashSet<>();

    private Checkpoint(DatasetStore store, ProgramFunctions functions) {
        this.store = store;
        this.functions = new ProgramFunctions(
                functions.scalars().stream().map(this::remembering).toList(), functions.tables(), functions.hashes());
    }

    /** A run that may call these functions. */
    public static Checkpoint of(DatasetStore store, ProgramFunctions functions) {
        return new Checkpoint(store, functions);
    }

    private ScalarFunction remembering(ScalarFunction function) {
        if (!(function.body() instanceof RememberedFunction body)) {
            return function;
        }
        CallMemory memory = new CallMemory(store, function.returnType());
        remembered.put(memory, function);
        return function.withBody(body.remembering(memory));
    }

    /** The functions that are to be called in the place of those that were given. */
    public ProgramFunctions functions() {
        return functions;
    }

    /**
     * Begins the run.
     *
     * @param chain everything but the functions that their results depend on
     */
    public void begin(List<String> chain) {
        List<String> files = remembered.isEmpty() ? List.of() : files();
        remembered.forEach((memory, function) -> ((RememberedFunction) function.body())
                .identity()
                .ifPresent(identity -> begin(memory, function, identity, chain, files)));
    }

    private void begin(
            CallMemory memory, ScalarFunction function, String identity, List<String> chain, List<String> files) {
        List<String> parts = new ArrayList<>(chain);
        parts.addAll(List.of(function.name(), function.returnType().sql(), identity));
        String key = FOLDER + "/" + key(parts) + ".";
        List<String> earlier =
                files.stream().filter(file -> file.startsWith(key)).toList();
        String own = key + UUID.randomUUID();
        earlier.forEach(file -> folders.add(file.substring(0, file.lastIndexOf('/'))));
        folders.add(own);
        memory.begin(own, earlier);
    }

    private List<String> files() {
        List<String> result = new ArrayList<>();
        try {
            store.storage().list(FOLDER, entry -> {
                String[] path = entry.path().split("/");
                result.add(FOLDER + "/" + path[path.length - 2] + "/" + path[path.length - 1]);
            });
        } catch (DatasetDbException e) {
            // No run was ever cut off here, or others are removing what they do not need any more.
            System.getLogger(Checkpoint.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
        }
        result.sort(null);
        return result;
    }

    private static String key(List<String> parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.length()).append(':').append(part));
        byte[] digest = CallKey.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
    }

    /** Forgets all results: they are part of a version now. What cannot be removed is collected later. */
    public void succeeded() {
        remembered.keySet().forEach(CallMemory::forget);
        try {
            folders.forEach(store.storage()::delete);
        } catch (DatasetDbException e) {
            System.getLogger(Checkpoint.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
        }
    }

    /** Ends the run; what it computed is there for the next one unless it has {@link #succeeded}. */
    @Override
    public void close() {
        remembered.keySet().forEach(CallMemory::end);
    }
}
