// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.ErrorKind;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function over whole vectors: the common form of functions that have no need of an own expression class, built-in ones
 * and users' ones. Takes care of NULL arguments, constants (computed once) and dictionaries (computed once an entry).
 */
public final class VectorCall implements Expression {
    /** What a function does; stateless. */
    @FunctionalInterface
    public interface Body {
        /**
         * @param arguments of the declared types, {@code rowCount} positions each; value vectors or constants
         * @param selection the positions to compute, and no others; no argument that was declared strict is NULL there
         * @param rowCount positions of the result
         * @return a vector of {@code rowCount} positions of the declared result type
         */
        Vector apply(List<Vector> arguments, Selection selection, int rowCount);
    }

    /** From how many rows an entry on all entries are computed. */
    private static final int FEW_ENTRIES = 16;

    private final String name;
    private final List<Expression> arguments;
    private final DataType type;
    private final boolean[] strict;
    private final boolean deterministic;
    private final Body body;

    private VectorCall(
            String name,
            List<Expression> arguments,
            DataType type,
            boolean[] strict,
            boolean deterministic,
            Body body) {
        this.name = name;
        this.arguments = List.copyOf(arguments);
        this.type = type;
        this.strict = strict;
        this.deterministic = deterministic;
        this.body = body;
        if (strict.length != arguments.size()) {
            throw new IllegalStateException(name + ": " + arguments.size() + " arguments, " + strict.length + " flags");
        }
    }

    /** A deterministic function that is NULL when any argument is. */
    public static VectorCall of(String name, List<Expression> arguments, DataType result, Body body) {
        boolean[] strict = new boolean[arguments.size()];
        java.util.Arrays.fill(strict, true);
        return new VectorCall(name, arguments, result, strict, true, body);
    }

    /**
     * @param strict for each argument, whether its being NULL makes the result NULL without a call of the body
     * @param deterministic whether equal arguments give equal results, so that one call may serve several rows
     */
    public static VectorCall of(
            String name,
            List<Expression> arguments,
            DataType result,
            boolean[] strict,
            boolean deterministic,
            Body body) {
        return new VectorCall(name, arguments, result, strict.clone(), deterministic, body);
    }

    public String name() {
        return name;
    }

    public List<Expression> arguments() {
        return arguments;
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        List<Vector> values = new ArrayList<>(arguments.size());
        for (Expression argument : arguments) {
            values.add(argument.evaluate(batch, selection, bindings));
        }
        return call(values, selection, batch.rowCount());
    }

    private Vector call(List<Vector> values, Selection selection, int rowCount) {
        if (selection.isEmpty()) {
            return ConstantVector.ofNull(type, rowCount);
        }
        int varying = -1;
        int varyingCount = 0;
        for (int i = 0; i < values.size(); i++) {
            if (!(values.get(i) instanceof ConstantVector)) {
                varying = i;
                varyingCount++;
            }
        }
        if (deterministic && varyingCount == 0) {
            return Vectors.constantAt(callFlat(resized(values, 1), Selection.all(1), 1), 0, rowCount);
        }
        if (deterministic
                && varyingCount == 1
                && values.get(varying) instanceof DictionaryVector dictionary
                && (strict[varying] || !dictionary.mayHaveNulls())
                && Vectors.isSmall(dictionary, selection)) {
            List<Vector> perEntry = resized(values, dictionary.dictionary().size());
            perEntry.set(varying, dictionary.dictionary());
            Vector result = callEntries(perEntry, dictionary, selection);
            return result == null
                    ? ConstantVector.ofNull(type, rowCount)
                    : Vectors.expand(result, dictionary, selection);
        }
        values.replaceAll(
                value -> value instanceof DictionaryVector wrapper ? Vectors.flatten(wrapper, selection) : value);
        return callFlat(values, selection, rowCount);
    }

    /**
     * Computes every entry if they are few, which is cheaper than to find out which of them count, unless one fails, which
     * may be one that does not count. Returns {@code null} if none counts.
     */
    private @Nullable Vector callEntries(List<Vector> perEntry, DictionaryVector dictionary, Selection selection) {
        int entries = dictionary.dictionary().size();
        if (entries > 0 && (long) entries * FEW_ENTRIES <= selection.size()) {
            try {
                return callFlat(perEntry, Selection.all(entries), entries);
            } catch (DatasetDbException e) {
                if (e.code().kind() != ErrorKind.USER) {
                    throw e;
                }
            }
        }
        Selection used = Vectors.referenced(dictionary, selection);
        return used.isEmpty() ? null : callFlat(perEntry, used, entries);
    }

    private static List<Vector> resized(List<Vector> values, int size) {
        List<Vector> result = new ArrayList<>(values);
        result.replaceAll(value -> value instanceof ConstantVector constant ? Vectors.resize(constant, size) : value);
        return result;
    }

    private Vector callFlat(List<Vector> values, Selection selection, int rowCount) {
        long @Nullable [] valid = null;
        for (int i = 0; i < values.size(); i++) {
            if (strict[i] && values.get(i) instanceof ConstantVector constant && constant.isNullConstant()) {
                return ConstantVector.ofNull(type, rowCount);
            }
            if (strict[i]) {
                valid = Validity.and(valid, values.get(i).validity());
            }
        }
        Selection called = Selections.valid(selection, valid);
        if (called.isEmpty()) {
            return ConstantVector.ofNull(type, rowCount);
        }
        Vector result = body.apply(values, called, rowCount);
        if (result.size() != rowCount) {
            throw new IllegalStateException(name + " gave " + result.size() + " positions for " + rowCount);
        }
        return called.size() == selection.size() ? result : Vectors.restrict(result, valid);
    }
}
