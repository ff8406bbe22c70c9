// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Starting several inputs so that none leaks, and closing all of them. */
final class Operators {
    private Operators() {}

    /** Starts all; if one fails, those started before it are closed. */
    static List<Operator> create(Run run, List<OperatorFactory> factories) {
        List<Operator> created = new ArrayList<>(factories.size());
        try {
            for (OperatorFactory factory : factories) {
                created.add(factory.create(run));
            }
        } catch (RuntimeException | Error failure) {
            closeAfter(failure, created);
            throw failure;
        }
        return created;
    }

    /** One operator over each of the started inputs. */
    static List<Operator> over(List<Operator> inputs, UnaryOperator<Operator> operator) {
        return inputs.stream().map(operator).toList();
    }

    /** Starts a step in as many parts as the run has workers. */
    static List<Operator> divided(Run run, OperatorFactory factory) {
        return run.workers() == 1 ? List.of(factory.create(run)) : factory.split(run, run.workers());
    }

    /** Starts several steps divided; if one fails, those started before it are closed. */
    static List<List<Operator>> split(Run run, List<OperatorFactory> factories, int count) {
        List<List<Operator>> parts = new ArrayList<>(factories.size());
        try {
            for (OperatorFactory factory : factories) {
                parts.add(factory.split(run, count));
            }
        } catch (RuntimeException | Error failure) {
            parts.forEach(part -> closeAfter(failure, part));
            throw failure;
        }
        return parts;
    }

    /** Closes every one, whatever the others throw; then throws what the first threw. */
    static void close(List<? extends AutoCloseable> closeables) {
        RuntimeException first = null;
        for (AutoCloseable closeable : closeables) {
            try {
                closeable.close();
            } catch (RuntimeException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
        if (first != null) {
            throw first;
        }
    }

    static void closeAfter(Throwable failure, List<Operator> created) {
        for (Operator operator : created) {
            try {
                operator.close();
            } catch (RuntimeException another) {
                failure.addSuppressed(another);
            }
        }
    }
}
