// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.join.FilterSlot;
import io.datasetdb.sql.exec.join.JoinKeys;
import io.datasetdb.sql.exec.join.JoinLevel;
import io.datasetdb.sql.exec.join.JoinSide;
import io.datasetdb.sql.exec.join.JoinTable;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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
     * @param read which of the left and then the right columns somebody reads, be it the residual condition; the others may
     *     come as NULLs
     * @param filters for each key, the slot of scans below the left side that may leave out rows without a match; may be
     *     empty
     * @param level {@link JoinLevel#TOP}, but for a part of a larger join
     */
    public record Factory(
            OperatorFactory left,
            OperatorFactory right,
            int[] leftKeys,
            int[] rightKeys,
            boolean[] nullSafe,
            JoinKind kind,
            @Nullable Expression residual,
            boolean[] read,
            List<@Nullable FilterSlot> filters,
            JoinLevel level)
            implements OperatorFactory {
        /** All columns are read. */
        public Factory(
                OperatorFactory left,
                OperatorFactory right,
                int[] leftKeys,
                int[] rightKeys,
                boolean[] nullSafe,
                JoinKind kind,
                @Nullable Expression residual) {
            this(
                    left,
                    right,
                    leftKeys,
                    rightKeys,
                    nullSafe,
                    kind,
                    residual,
                    JoinOutput.all(left.types().size() + right.types().size()),
                    List.of(),
                    JoinLevel.TOP);
        }

        @Override
        public List<DataType> types() {
            return JoinOutput.types(left, right, kind);
        }

        @Override
        public Operator create(Run run) {
            return comparesPairs()
                    ? pairs().create(run)
                    : over(run, part -> List.of(left.create(part))).get(0);
        }

        @Override
        public List<Operator> split(Run run, int count) {
            return comparesPairs() ? List.of(pairs().create(run)) : over(run, part -> left.split(part, count));
        }

        private NestedLoopJoinOperator.Factory pairs() {
            KeysMatch match = new KeysMatch(leftKeys, rightKeys, left.types().size(), nullSafe, residual);
            return new NestedLoopJoinOperator.Factory(left, right, kind, match);
        }

        /** The right side, complete before anything of the left one is started. */
        private JoinBuild build(Run run) {
            JoinKeys keys = JoinKeys.of(right.types(), rightKeys, left.types(), leftKeys, nullSafe);
            boolean[] kept = kind.hasRightColumns() || residual != null
                    ? Arrays.copyOfRange(read, left.types().size(), read.length)
                    : new boolean[right.types().size()];
            JoinSide side = JoinSide.of(right.types(), kept, keys);
            return JoinBuild.of(run, right, side, level, "the right side of a join", kind.keepsRight());
        }

        private List<Operator> over(Run run, Function<Run, List<Operator>> lefts) {
            JoinBuild build = build(run);
            try {
                List<Operator> sources = lefts.apply(build.filtering(run, filters));
                if (build.isDivided()) {
                    return PartitionedJoinOperator.over(
                            run, build, sources, left.types(), leftKeys, sources.size(), this::ofPartitions);
                }
                return Operators.over(sources, source -> new HashJoinOperator(run, this, build, source));
            } catch (RuntimeException | Error failure) {
                build.abandon();
                throw failure;
            }
        }

        private Factory ofPartitions(OperatorFactory kept, OperatorFactory other, JoinLevel below) {
            return new Factory(other, kept, leftKeys, rightKeys, nullSafe, kind, residual, read, List.of(), below);
        }

        private boolean comparesPairs() {
            boolean nullAware = kind == JoinKind.NULL_AWARE_ANTI || kind == JoinKind.MARK;
            return nullAware && (leftKeys.length != 1 || residual != null);
        }
    }

    private final Factory factory;
    private final JoinKind kind;
    private final JoinBuild build;
    private final JoinTable table;
    private final JoinPairs pairs;
    private final boolean[] matchedRows;
    private boolean started;
    private boolean leftDone;
    private boolean emitsRest;
    private int nextRest;

    private @Nullable Batch left;

    private HashJoinOperator(Run run, Factory factory, JoinBuild build, Operator left) {
        super(run, "joined rows", List.of(left));
        this.factory = factory;
        this.kind = factory.kind;
        this.build = build;
        this.table = build.table();
        this.pairs = new JoinPairs(table, kind.hasRightColumns());
        this.matchedRows = build.matched();
        build.open();
    }

    @Override
    @Nullable
    Batch produce() {
        if (!started) {
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
        started = true;
        boolean needsMatch = kind == JoinKind.INNER || kind == JoinKind.SEMI || kind == JoinKind.RIGHT;
        if (needsMatch && table.rowCount() == 0) {
            endLeft();
        }
    }

    private void endLeft() {
        leftDone = true;
        emitsRest = build.finish() && kind.keepsRight();
    }

    private @Nullable Batch pullLeft() {
        Batch batch = pull(0);
        left = batch;
        if (batch == null) {
            endLeft();
            return null;
        }
        pairs.start(batch);
        return batch;
    }

    /** The whole answer for a left batch where that needs no pairs, else {@code null}. */
    private @Nullable Batch whole(Batch batch) {
        if (factory.residual != null) {
            return null;
        }
        if (!kind.hasRightColumns()) {
            return JoinOutput.leftOnly(batch, pairs.positions(), pairs.found(), unknown(batch), kind);
        }
        return table.isUnique() ? oneToOne(batch) : null;
    }

    private boolean[] unknown(Batch batch) {
        boolean[] unknown = new boolean[batch.size()];
        if (kind == JoinKind.NULL_AWARE_ANTI || kind == JoinKind.MARK) {
            Vector key = batch.column(factory.leftKeys[0]);
            JoinLevel level = factory.level;
            boolean some = (table.rowCount() > 0 || level.otherRows()) && !factory.nullSafe[0];
            boolean nullKeys = table.hasNullKeys() || level.otherNullKeys();
            for (int i = 0; i < unknown.length; i++) {
                unknown[i] = some && (nullKeys || key.isNull(pairs.positions()[i]));
            }
        }
        return unknown;
    }

    /** Every left row has at most one match: left columns stay as they are if that does not waste too much. */
    private Batch oneToOne(Batch batch) {
        int count = batch.size();
        int[] positions = pairs.positions();
        int[] places = pairs.places();
        int hits = 0;
        for (int i = 0; i < count; i++) {
            hits += places[i] >= 0 ? 1 : 0;
        }
        boolean keepAll = kind.keepsLeft() || hits == count;
        int size = keepAll ? count : hits;
        int[] kept = keepAll ? positions : new int[size];
        int[] rows = new int[size];
        int next = 0;
        for (int i = 0; i < count; i++) {
            int row = places[i] < 0 ? -1 : table.row(places[i]);
            if (keepAll || row >= 0) {
                kept[next] = positions[i];
                rows[next++] = row;
            }
        }
        mark(rows, size);
        if (size == 0 || batch.rowCount() > 2 * size) {
            return pairBatch(batch, kept, rows, size);
        }
        if (size == batch.rowCount()) {
            return Batch.of(JoinOutput.concat(batch.columns(), table.gather(rows, size)), size);
        }
        int[] aligned = new int[batch.rowCount()];
        Arrays.fill(aligned, table.rowCount() == 0 ? -1 : 0);
        for (int i = 0; i < size; i++) {
            aligned[kept[i]] = rows[i];
        }
        return new Batch(
                JoinOutput.concat(batch.columns(), table.gather(aligned, aligned.length)),
                batch.rowCount(),
                Selection.of(kept, size));
    }

    private void mark(int[] rows, int count) {
        if (kind.keepsRight()) {
            for (int i = 0; i < count; i++) {
                if (rows[i] >= 0) {
                    matchedRows[rows[i]] = true;
                }
            }
        }
    }

    private Batch pairBatch(Batch batch, int[] leftPositions, int[] rows, int count) {
        List<Vector> columns = new ArrayList<>(factory.read.length);
        for (int i = 0; i < batch.columns().size(); i++) {
            Vector column = batch.column(i);
            columns.add(
                    factory.read[i]
                            ? column.gather(leftPositions, count)
                            : ConstantVector.ofNull(column.type(), count));
        }
        columns.addAll(table.gather(rows, count));
        return Batch.of(columns, count);
    }

    /** The next pairs of the current left batch; after the last ones what the kind says about the left rows. */
    private @Nullable Batch pairs(Batch batch) {
        run.checkCancelled();
        int count = pairs.fill();
        if (count == 0) {
            left = null;
            return finishLeft(batch);
        }
        Batch joined = pairBatch(batch, pairs.pairPositions(), pairs.pairRows(), count);
        Expression residual = factory.residual;
        Selection kept =
                residual == null ? joined.selection() : residual.filter(joined, joined.selection(), run.bindings());
        pairs.match(kept);
        if (kind.keepsRight()) {
            for (int i = 0; i < kept.size(); i++) {
                matchedRows[pairs.pairRows()[kept.position(i)]] = true;
            }
        }
        return kind.hasRightColumns() ? joined.select(kept) : null;
    }

    private @Nullable Batch finishLeft(Batch batch) {
        if (kind.keepsLeft()) {
            Selection alone = JoinOutput.where(pairs.positions(), batch.size(), pairs.matched(), false);
            List<Vector> nulls = JoinOutput.nulls(factory.right.types(), batch.rowCount());
            return new Batch(JoinOutput.concat(batch.columns(), nulls), batch.rowCount(), alone);
        }
        return kind.hasRightColumns()
                ? null
                : JoinOutput.leftOnly(batch, pairs.positions(), pairs.matched(), new boolean[batch.size()], kind);
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
        return Batch.of(JoinOutput.concat(nulls, table.gather(rows, count)), count);
    }

    @Override
    void closeOwn() {
        build.close();
    }
}
