// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.ErrorCode;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.schema.StatementCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Turns what Calcite's validator throws into one sentence with a position, a SQLSTATE and the nearest name. */
final class Validation {
    private static final Pattern OBJECT = Pattern.compile("Object '(.*)' not found(?: within '(.*)')?(?:; did.*)?");
    private static final Pattern COLUMN =
            Pattern.compile("(?:Column '(.*)' not found in (?:any table|table '.*')(?:; did.*)?|Unknown field '(.*)')");
    private static final Pattern FUNCTION =
            Pattern.compile("No match found for function signature (.*)", Pattern.DOTALL);
    private static final Pattern AMBIGUOUS = Pattern.compile("Column '(.*)' is ambiguous");

    private static final Pattern ARGUMENTS =
            Pattern.compile("Invalid number of arguments to function '(.*)'\\. Was expecting (.*) arguments");
    private static final Pattern ALIAS = Pattern.compile("Table '(.*)' not found");

    private Validation() {}

    static <T> T run(StatementCatalog catalog, Supplier<T> step) {
        return run(catalog, null, step);
    }

    /** @param statement what is validated, which says what stands at a place */
    static <T> T run(StatementCatalog catalog, @Nullable SqlNode statement, Supplier<T> step) {
        try {
            return step.get();
        } catch (DatasetDbException e) {
            throw e;
        } catch (CalciteContextException e) {
            throw ownCause(e).orElseGet(() -> translate(catalog, statement, e));
        } catch (UnsupportedOperationException | AssertionError e) {
            throw ownCause(e)
                    .orElseGet(() -> new DatasetDbException(
                            SqlError.UNSUPPORTED, "Cannot plan the statement: " + firstLine(e), e));
        } catch (RuntimeException e) {
            throw ownCause(e)
                    .orElseGet(() -> new DatasetDbException(
                            SqlError.INVALID_STATEMENT, "Cannot plan the statement: " + firstLine(e), e));
        }
    }

    private static Optional<DatasetDbException> ownCause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatasetDbException own) {
                return Optional.of(own);
            }
        }
        return Optional.empty();
    }

    private static DatasetDbException translate(
            StatementCatalog catalog, @Nullable SqlNode statement, CalciteContextException e) {
        String reason = TypeWords.readable(firstLine(e.getCause() == null ? e : e.getCause()));
        String position = " (at line " + e.getPosLine() + ", column " + e.getPosColumn() + ")";
        Matcher object = OBJECT.matcher(reason);
        if (object.matches()) {
            List<String> parts = Optional.ofNullable(statement)
                    .flatMap(node -> NamesAt.of(node, e))
                    .orElseGet(() -> parts(object.group(1), object.group(2)));
            return catalog.unknownDataset(parts, position, e);
        }
        Matcher column = COLUMN.matcher(reason);
        if (column.matches()) {
            String name = column.group(1) == null ? column.group(2) : column.group(1);
            return error(
                    SqlError.UNDEFINED_COLUMN,
                    "Cannot find column " + name + ": no table of the query has it"
                            + catalog.nearestColumn(name)
                                    .map(Validation::didYouMean)
                                    .orElse("") + position,
                    e);
        }
        Matcher function = FUNCTION.matcher(reason);
        if (function.matches()) {
            String signature = function.group(1);
            return error(
                    SqlError.UNDEFINED_FUNCTION,
                    "Cannot call " + signature + ": there is no such function with these arguments"
                            + catalog.nearestFunction(signature)
                                    .map(Validation::didYouMean)
                                    .orElse("") + position,
                    e);
        }
        Matcher ambiguous = AMBIGUOUS.matcher(reason);
        if (ambiguous.matches()) {
            return error(
                    SqlError.AMBIGUOUS_COLUMN,
                    "Cannot tell which column " + ambiguous.group(1) + " is meant: several tables have it" + position,
                    e);
        }
        Matcher alias = ALIAS.matcher(reason);
        if (alias.matches()) {
            return error(
                    SqlError.UNDEFINED_TABLE,
                    "Cannot find " + alias.group(1) + ": the query has no table of this name" + position,
                    e);
        }
        if (reason.startsWith("Cannot apply '$SCALAR_QUERY'")) {
            return error(
                    SqlError.TYPE_MISMATCH,
                    "Cannot use a sub-query as a value: it has more than one column" + position,
                    e);
        }
        Matcher arguments = ARGUMENTS.matcher(reason);
        if (arguments.matches()) {
            return error(
                    SqlError.UNDEFINED_FUNCTION,
                    "Cannot call " + arguments.group(1) + ": it takes " + arguments.group(2)
                            + (arguments.group(2).equals("1") ? " argument" : " arguments") + position,
                    e);
        }
        return error(codeOf(reason), "Cannot validate the statement: " + reason + position, e);
    }

    private static List<String> parts(String name, @Nullable String within) {
        return within == null
                ? List.of(name)
                : Stream.of(within.split("\\."), new String[] {name})
                        .flatMap(Arrays::stream)
                        .toList();
    }

    private static String didYouMean(String nearest) {
        return "; did you mean " + nearest + "?";
    }

    private static ErrorCode codeOf(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.startsWith("illegal ") && lower.contains(" literal ")) {
            return KernelError.INVALID_DATETIME;
        }
        if (lower.contains("not being grouped") || lower.contains("aggregate expression")) {
            return SqlError.GROUPING;
        }
        for (String sign : List.of(
                "cannot apply", "type", "cannot be cast", "cast function", "values passed to", "must be a condition")) {
            if (lower.contains(sign)) {
                return SqlError.TYPE_MISMATCH;
            }
        }
        return SqlError.INVALID_STATEMENT;
    }

    private static DatasetDbException error(ErrorCode code, String sentence, Exception cause) {
        return new DatasetDbException(code, sentence, cause);
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String line =
                Util.first(message.lines().findFirst().orElse(null), message).strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
