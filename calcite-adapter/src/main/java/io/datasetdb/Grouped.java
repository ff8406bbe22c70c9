// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.internal.chain.Block;
import io.datasetdb.internal.chain.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A chain whose rows are grouped; {@link #aggregate} says what becomes of the groups. */
public final class Grouped {
    private final Chain chain;
    private final List<String> keys;

    Grouped(Chain chain, List<String> keys) {
        this.chain = chain;
        this.keys = keys;
    }

    /**
     * One row a group: the keys, then these aggregates, of which there must be one.
     *
     * @param items as a select list has them: {@code "count(*) AS files", "sum(file.size) AS total"}
     */
    public Chain aggregate(String... items) {
        if (items.length == 0) {
            throw new DatasetDbException(
                    ProgramError.BAD_ARGUMENT, "Cannot group by " + keys + ": there must be at least one aggregate");
        }
        List<String> all = new ArrayList<>(keys);
        all.addAll(List.of(items));
        String ordinals = IntStream.rangeClosed(1, keys.size())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        return chain.with(chain.pipeline()
                .with(
                        "group by " + String.join(", ", keys),
                        block -> block.group(SqlText.of(Block.items(all)), ordinals),
                        null));
    }
}
