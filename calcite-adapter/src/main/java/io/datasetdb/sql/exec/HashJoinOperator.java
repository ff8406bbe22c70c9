// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Joins by equality of keys: keeps the right side in a hash table and streams the left one past it. Rows of the left
 * side
 * come out in their order, but for those without a match, which follow each batch; right rows without a match come
 * last.
 */
public final class HashJoinOperator extends InputOperator {
    /**
     * The types of a left and a right key are equal, or whole numbers of any width, or DECIMALs of the same scale.
     *
     * @param left streamed
     * @param right kept in memory: the smaller one
     * @param leftKeys columns of the left side, may be none
     * @param rightKeys as many columns of the right side
     * @param nullSafe for each key, whether NULL equals NULL (IS NOT DISTINCT FROM) rather than nothing
     * @param residual one more condition for a match, over left and right columns. For {@link JoinKind#NULL_AWARE_ANTI}
     *     and {@link JoinKind#MARK} it says which right rows count at all
     */
    public record Factory(
            OperatorFactory left,
            OperatorFactory right,
            int[] leftKeys,
            int[] rightKeys,
            boolean[] nullSafe,
            JoinKind kind,
            @Nullable Expression residual)
            implements OperatorFactory {
        @Override
        public List<DataType> types() {
            return JoinOutput.types(left, right, kind);
        }

        @Override
        public Operator create(Run run) {
            if (comparesPairs()) {
                KeysMatch match =
                        new KeysMatch(leftKeys, rightKeys, left.types().size(), nullSafe, residual);
                return new NestedLoopJoinOperator.Factory(left, right, kind, match).create(run);
            }
            JoinBuild build = new JoinBuild(run, this, Operators.divided(run, right));
            return over(run, build, () -> List.of(left.create(run))).get(0);
        }

        @Override
        public List<Operator> split(Run run, int count) {
            if (comparesPairs()) {
                return List.of(create(run));
            }
            JoinBuild build = new JoinBuild(run, this, Operators.divided(run, right));
            return over(run, build, () -> {
                build.complete();
                return left.split(run, count);
            });
        }

        private List<Operator> over(Run run, JoinBuild build, Supplier<List<Operator>> lefts) {
            try {
                return Operators.over(lefts.get(), source -> new HashJoinOperator(run, this, build, source));
            } catch (RuntimeException | Error failure) {
                build.abandon();
                throw failure;
            }
        }

        private boolean comparesPairs() {
            boolean nullAware = kind == JoinKind.NULL_AWARE_ANTI || kind == JoinKind.MARK;
            return nullAware && (leftKeys.length != 1 || residual != null);
        }
    }

    private final Factory factory;
    private final JoinKind kind;
    private final JoinBuild build;
    private @Nullable JoinTable built;
    private final int[] pairPlaces = new int[Batch.SIZE];
    private final int[] pairPositions = new int[Batch.SIZE];
    private final int[] pairRows = new int[Batch.SIZE];
    private boolean[] matchedRows = {};
    private boolean leftDone;
    private boolean emitsRest;
    private int nextRest;

    private @Nullable Batch left;
    private int[] positions = {};
    private int[] ids = {};
    private boolean[] matched = {};
    private int place;
    private int member;

    private HashJoinOperator(Run run, Factory factory, JoinBuild build, Operator left) {
        super(run, "joined rows", List.of(left));
        this.factory = factory;
        this.kind = factory.kind;
        this.build = build;
        build.open();
    }

    @Override
    @Nullable
    Batch produce() {
        if (built == null) {
            start();
        }
        while (!leftDone) {
            Batch current = left;
            if (current == null) {
                current = pullLeft();
                if (current == null) {
                    break;
                }
                Batch whole = whole(current);
                if (whole != null) {
                    left = null;
                    return whole;
                }
            }
            Batch result = pairs(current);
            if (result != null && result.size() > 0) {
                return result;
            }
        }
        return emitsRest ? rest() : null;
    }

    private void start() {
        build.complete();
        JoinTable result = build.reader();
        built = result;
        matchedRows = build.matched();
        boolean needsMatch = kind == JoinKind.INNER || kind == JoinKind.SEMI || kind == JoinKind.RIGHT;
        if (needsMatch && result.rows().size() == 0) {
            endLeft();
        }
    }

    private void endLeft() {
        leftDone = true;
        emitsRest = build.finish() && kind.keepsRight();
    }

    private JoinTable table() {
        return Objects.requireNonNull(built);
    }

    private @Nullable Batch pullLeft() {
        Batch batch = pull(0);
        left = batch;
        if (batch == null) {
            endLeft();
            return null;
        }
        int count = batch.size();
        positions = batch.selection().positions();
        ids = new int[count];
        table().find(batch, factory.leftKeys, positions, count, ids);
        matched = new boolean[count];
        place = 0;
        member = -1;
        return batch;
    }

    /** The whole answer for a left batch where that needs no pairs, else {@code null}. */
    private @Nullable Batch whole(Batch batch) {
        if (factory.residual != null) {
            return null;
        }
        int count = batch.size();
        if (!kind.hasRightColumns()) {
            for (int i = 0; i < count; i++) {
                matched[i] = ids[i] >= 0;
            }
            return JoinOutput.leftOnly(batch, positions, matched, unknown(batch), kind);
        }
        return table().isUnique() ? oneToOne(batch) : null;
    }

    private boolean[] unknown(Batch batch) {
        boolean[] unknown = new boolean[batch.size()];
        if (kind == JoinKind.NULL_AWARE_ANTI || kind == JoinKind.MARK) {
            Vector key = batch.column(factory.leftKeys[0]);
            boolean some = table().rows().size() > 0 && !factory.nullSafe[0];
            for (int i = 0; i < unknown.length; i++) {
                unknown[i] = some && (table().hasNullKeys() || key.isNull(positions[i]));
            }
        }
        return unknown;
    }

    /** Every left row has at most one match: left columns stay as they are if that does not waste too much. */
    private Batch oneToOne(Batch batch) {
        int count = batch.size();
        int hits = 0;
        for (int i = 0; i < count; i++) {
            hits += ids[i] >= 0 ? 1 : 0;
        }
        if (kind.keepsRight()) {
            for (int i = 0; i < count; i++) {
                if (ids[i] >= 0) {
                    matchedRows[ids[i]] = true;
                }
            }
        }
        RowBuffer rows = table().rows();
        boolean keepAll = kind.keepsLeft() || hits == count;
        int[] kept = positions;
        int[] keptRows = ids;
        int size = count;
        if (!keepAll) {
            kept = new int[hits];
            keptRows = new int[hits];
            size = 0;
            for (int i = 0; i < count; i++) {
                if (ids[i] >= 0) {
                    kept[size] = positions[i];
                    keptRows[size++] = ids[i];
                }
            }
        }
        if (size == 0 || batch.rowCount() > 2 * size) {
            return pairBatch(batch, kept, keptRows, size);
        }
        if (size == batch.rowCount()) {
            return Batch.of(JoinOutput.concat(batch.columns(), rows.gather(keptRows, size)), size);
        }
        int[] aligned = new int[batch.rowCount()];
        for (int i = 0; i < size; i++) {
            aligned[kept[i]] = keptRows[i];
        }
        if (rows.size() == 0) {
            Arrays.fill(aligned, -1);
        }
        return new Batch(
                JoinOutput.concat(batch.columns(), rows.gather(aligned, aligned.length)),
                batch.rowCount(),
                Selection.of(kept, size));
    }

    private Batch pairBatch(Batch batch, int[] leftPositions, int[] rows, int count) {
        List<Vector> leftColumns = batch.columns().stream()
                .map(column -> column.gather(leftPositions, count))
                .toList();
        return Batch.of(JoinOutput.concat(leftColumns, table().rows().gather(rows, count)), count);
    }

    /** The next pairs of the current left batch; after the last ones what the kind says about the left rows. */
    private @Nullable Batch pairs(Batch batch) {
        run.checkCancelled();
        int count = fillPairs(batch.size());
        if (count == 0) {
            left = null;
            return finishLeft(batch);
        }
        Batch pairs = pairBatch(batch, pairPositions, pairRows, count);
        Expression residual = factory.residual;
        Selection kept =
                residual == null ? pairs.selection() : residual.filter(pairs, pairs.selection(), run.bindings());
        for (int i = 0; i < kept.size(); i++) {
            int pair = kept.position(i);
            matched[pairPlaces[pair]] = true;
            if (kind.keepsRight()) {
                matchedRows[pairRows[pair]] = true;
            }
        }
        return kind.hasRightColumns() ? pairs.select(kept) : null;
    }

    private @Nullable Batch finishLeft(Batch batch) {
        if (kind.keepsLeft()) {
            Selection alone = JoinOutput.where(positions, batch.size(), matched, false);
            List<Vector> nulls = JoinOutput.nulls(factory.right.types(), batch.rowCount());
            return new Batch(JoinOutput.concat(batch.columns(), nulls), batch.rowCount(), alone);
        }
        return kind.hasRightColumns()
                ? null
                : JoinOutput.leftOnly(batch, positions, matched, new boolean[batch.size()], kind);
    }

    private int fillPairs(int count) {
        int pairs = 0;
        while (place < count && pairs < Batch.SIZE) {
            int key = ids[place];
            if (key < 0 || (matched[place] && !kind.hasRightColumns())) {
                place++;
                member = -1;
                continue;
            }
            int from = member < 0 ? table().start(key) : member;
            int to = (int) Math.min(table().end(key), (long) from + Batch.SIZE - pairs);
            for (int i = from; i < to; i++) {
                pairPlaces[pairs] = place;
                pairPositions[pairs] = positions[place];
                pairRows[pairs++] = table().member(i);
            }
            member = to;
            if (to == table().end(key)) {
                place++;
                member = -1;
            }
        }
        return pairs;
    }

    @Override
    public long piece() {
        return leftDone ? LAST_PIECE : pieceOf(0);
    }

    /** Right rows without a match. */
    private @Nullable Batch rest() {
        int[] rows = new int[Batch.SIZE];
        int count = 0;
        while (nextRest < matchedRows.length && count < Batch.SIZE) {
            if (!matchedRows[nextRest]) {
                rows[count++] = nextRest;
            }
            nextRest++;
        }
        if (count == 0) {
            return null;
        }
        List<Vector> nulls = JoinOutput.nulls(factory.left.types(), count);
        return Batch.of(JoinOutput.concat(nulls, table().rows().gather(rows, count)), count);
    }

    @Override
    void closeOwn() {
        build.close();
    }
}
