// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import org.jspecify.annotations.Nullable;

/** Something a version was made from. */
public sealed interface Dependency {
    /** What kinds there are, as {@code registry.dependencies.kind} says them. */
    enum Kind {
        DATASET,
        STORAGE,
        EXTERNAL
    }

    Kind kind();

    /** A version of a dataset. */
    record OnDataset(VersionRef parent) implements Dependency {
        @Override
        public Kind kind() {
            return Kind.DATASET;
        }
    }

    /**
     * Files of a folder or bucket.
     *
     * @param uri where, absolute
     * @param listing the version of the listing dataset that said which files, if there was one
     */
    record OnStorage(String uri, @Nullable VersionRef listing) implements Dependency {
        @Override
        public Kind kind() {
            return Kind.STORAGE;
        }
    }

    /** Anything else, such as a database. */
    record OnExternal(String uri) implements Dependency {
        @Override
        public Kind kind() {
            return Kind.EXTERNAL;
        }
    }
}
