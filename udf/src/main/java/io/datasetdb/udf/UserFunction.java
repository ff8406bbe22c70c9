// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.error.DatasetDbException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function that a user created, with all its overloads: loaded when somebody first asks for it, because to compile or load
 * a class takes longer than most statements. Safe for several threads.
 */
public final class UserFunction {
    private static final UserFunctionSet NOTHING = new UserFunctionSet(List.of(), List.of(), List.of());

    private final String name;
    private final String hash;
    private final Supplier<UserFunctionSet> loading;
    private @Nullable UserFunctionSet functions;

    /**
     * A function that was created.
     *
     * @param hash what deposits record of it
     * @param loading fails with a sentence that names the function
     */
    public UserFunction(String name, String hash, Supplier<UserFunctionSet> loading) {
        this.name = name;
        this.hash = hash;
        this.loading = loading;
    }

    /** How SQL calls it. */
    public String name() {
        return name;
    }

    /** What deposits record of it. */
    public String hash() {
        return hash;
    }

    /** Its overloads; what could not be loaded is tried again the next time. */
    public synchronized UserFunctionSet functions() {
        UserFunctionSet known = functions;
        if (known == null) {
            known = loading.get();
            functions = known;
        }
        return known;
    }

    /** Its overloads for lists of functions, in which one that cannot be loaded is missing. */
    UserFunctionSet functionsIfAny() {
        try {
            return functions();
        } catch (DatasetDbException e) {
            System.getLogger(UserFunction.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
            return NOTHING;
        }
    }
}
