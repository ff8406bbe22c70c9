// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;

/**
 * CASE WHEN condition THEN result … ELSE … END. A condition is computed only where none before it is TRUE, a result only
 * where its condition is. All results have the type of the whole.
 */
public final class Case implements Expression {
    private final List<Expression> conditions;
    private final List<Expression> results;
    private final Expression orElse;
    private final DataType type;

    private Case(List<Expression> conditions, List<Expression> results, Expression orElse, DataType type) {
        this.conditions = List.copyOf(conditions);
        this.results = List.copyOf(results);
        this.orElse = orElse;
        this.type = type;
    }

    /** @param orElse {@link Literal#ofNull} if there is no ELSE */
    public static Case of(List<Expression> conditions, List<Expression> results, Expression orElse, DataType type) {
        if (conditions.size() != results.size()) {
            throw new IllegalStateException(conditions.size() + " conditions, " + results.size() + " results");
        }
        for (Expression result : results) {
            requireType(result, type);
        }
        requireType(orElse, type);
        return new Case(conditions, results, orElse, type);
    }

    /** A bare NULL has any type. */
    static void requireType(Expression expression, DataType type) {
        if (!expression.type().equals(type) && expression.type().kind() != DataType.Kind.NULL) {
            throw new IllegalStateException("a branch is " + expression.type() + " instead of " + type);
        }
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        Branches branches = new Branches(type, batch.rowCount());
        Selection rest = selection;
        for (int i = 0; i < conditions.size() && !rest.isEmpty(); i++) {
            Selection taken = conditions.get(i).filter(batch, rest, bindings);
            add(branches, results.get(i), batch, taken, bindings);
            rest = Selections.minus(rest, taken);
        }
        add(branches, orElse, batch, rest, bindings);
        return branches.merge(selection);
    }

    private static void add(Branches branches, Expression result, Batch batch, Selection taken, Bindings bindings) {
        boolean isNull = result.type().kind() == DataType.Kind.NULL;
        if (!taken.isEmpty() && !isNull) {
            branches.add(result.evaluate(batch, taken, bindings), taken);
        }
    }
}
