// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.parse.generated.DatasetParserConstants;
import io.datasetdb.sql.parse.generated.ParseException;
import io.datasetdb.sql.parse.generated.Token;
import io.datasetdb.sql.parse.generated.TokenMgrError;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Turns whatever the generated parser throws into one sentence with a place. */
public final class SyntaxErrors {
    private static final int MAX_NEAR = 40;

    private static final Pattern LEXICAL =
            Pattern.compile("Lexical error at line (\\d+), column (\\d+)\\..*", Pattern.DOTALL);

    /** What Calcite says of text that begins like an expression. */
    private static final String NOT_A_QUERY = "Non-query expression encountered in illegal context";

    /** How statements about transactions begin. */
    private static final Set<String> TRANSACTIONS = Set.of("BEGIN", "START", "COMMIT", "ROLLBACK", "SAVEPOINT", "END");

    private SyntaxErrors() {}

    /** An error at a place of the statement; {@code reason} is the middle of a sentence. */
    public static DatasetDbException at(SqlParserPos pos, String reason) {
        return at(pos.getLineNum(), pos.getColumnNum(), reason, "", null);
    }

    /** A clause of other databases that is not there; {@code reason} is the middle of a sentence. */
    public static DatasetDbException unsupported(SqlParserPos pos, String reason) {
        return new DatasetDbException(
                ParseError.UNSUPPORTED,
                "Cannot run the statement: " + reason + " (at line " + pos.getLineNum() + ", column "
                        + pos.getColumnNum() + ")");
    }

    static DatasetDbException empty() {
        return new DatasetDbException(ParseError.SYNTAX_ERROR, "Cannot parse statement: it is empty");
    }

    static DatasetDbException tooDeep() {
        return new DatasetDbException(ParseError.TOO_DEEP, "Cannot parse statement: it is nested too deeply");
    }

    /** What went wrong with {@code sql}. */
    static DatasetDbException from(String sql, Throwable error, WordTable words) {
        if (error instanceof DatasetDbException own) {
            return own;
        }
        if (ScriptSplitter.split(sql).isEmpty()) {
            return empty();
        }
        if (error instanceof StackOverflowError) {
            return tooDeep();
        }
        if (error instanceof ParseException parsing && parsing.currentToken != null) {
            return unexpected(sql, parsing, words);
        }
        if (error instanceof CalciteContextException context) {
            return refused(sql, context);
        }
        Matcher lexical = LEXICAL.matcher(String.valueOf(error.getMessage()));
        if (error instanceof TokenMgrError && lexical.matches()) {
            return lexical(sql, Integer.parseInt(lexical.group(1)), Integer.parseInt(lexical.group(2)), error);
        }
        String message = "Cannot parse statement: " + sentence(error.getMessage());
        return new DatasetDbException(ParseError.SYNTAX_ERROR, message, error);
    }

    private static DatasetDbException unexpected(String sql, ParseException error, WordTable words) {
        Expectation expectation = Expectation.of(error);
        Token token = expectation.token();
        switch (token.kind) {
            case DatasetParserConstants.EOF -> {
                return atEnd(sql, "it ends too early" + words.expected(expectation.kinds(), " (expected ", ")"), error);
            }
            case DatasetParserConstants.QUOTE, DatasetParserConstants.DOUBLE_QUOTE -> {
                if (sql.startsWith("\"\"", SourceText.index(sql, token.beginLine, token.beginColumn))) {
                    return at(token.beginLine, token.beginColumn, "a name is empty", "\"\"", error);
                }
                return at(token.beginLine, token.beginColumn, "a quote is not closed", "", error);
            }
            default -> {
                String expected = words.expected(expectation.kinds(), "expected ", "");
                String reason = expected.isEmpty() ? "syntax error" : expected;
                Optional<String> meant = Misspellings.of(error.currentToken, token);
                if (meant.isPresent()) {
                    return at(token.beginLine, token.beginColumn, reason, clip(token.image), meant.get(), error);
                }
                return at(token.beginLine, token.beginColumn, reason, clip(token.image), error);
            }
        }
    }

    /** The grammar accepts it, Calcite's own code does not. */
    private static DatasetDbException refused(String sql, CalciteContextException error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        String message = cause.getMessage();
        String reason =
                NOT_A_QUERY.equals(message) ? "it is neither a query nor any other statement" : sentence(message);
        int start = SourceText.index(sql, error.getPosLine(), error.getPosColumn());
        int end = SourceText.index(sql, error.getEndPosLine(), error.getEndPosColumn()) + 1;
        String near = start < end ? sql.substring(start, Math.min(end, sql.length())) : "";
        if (NOT_A_QUERY.equals(message) && TRANSACTIONS.contains(near.toUpperCase(Locale.ROOT))) {
            return unsupported(
                    new SqlParserPos(error.getPosLine(), error.getPosColumn()),
                    "each statement is a transaction of its own, there are none over several");
        }
        Optional<String> meant = NOT_A_QUERY.equals(message) ? Misspellings.of(clip(near)) : Optional.empty();
        return at(error.getPosLine(), error.getPosColumn(), reason, clip(near), meant.orElse(""), error);
    }

    private static DatasetDbException lexical(String sql, int line, int column, Throwable error) {
        int index = SourceText.index(sql, line, column);
        if (index >= sql.length() || String.valueOf(error.getMessage()).contains("Encountered: <EOF>")) {
            return atEnd(sql, "a comment is not closed", error);
        }
        return at(line, column, "unexpected character", Character.toString(sql.codePointAt(index)), error);
    }

    private static DatasetDbException atEnd(String sql, String reason, Throwable error) {
        int end = sql.stripTrailing().length();
        return at(SourceText.line(sql, end), SourceText.column(sql, end), reason, "", error);
    }

    private static DatasetDbException at(int line, int column, String reason, String near, @Nullable Throwable cause) {
        return at(line, column, reason, near, "", cause);
    }

    private static DatasetDbException at(
            int line, int column, String reason, String near, String meant, @Nullable Throwable cause) {
        String question = meant.isEmpty() ? "" : "; did you mean " + meant + "?";
        String tail = (near.isEmpty() ? "" : " (near '" + near + "')") + question;
        String message = "Cannot parse statement: " + reason + " at line " + line + ", column " + column + tail;
        return new DatasetDbException(ParseError.SYNTAX_ERROR, message, cause);
    }

    /** The message as the middle of a sentence: its first line, without what ends it. */
    private static String sentence(@Nullable String message) {
        String line = message == null ? "" : message.strip().lines().findFirst().orElse("");
        String body = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
        if (body.isEmpty()) {
            return "it is not valid";
        }
        boolean shouts = body.length() > 1 && Character.isUpperCase(body.charAt(1));
        return shouts ? body : Character.toLowerCase(body.charAt(0)) + body.substring(1);
    }

    private static String clip(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= MAX_NEAR ? line : line.substring(0, MAX_NEAR) + "…";
    }

    /**
     * The token at which no alternative of the grammar goes on, and what could have stood there. The parser looks at
     * several tokens at a time, so the one it stumbled over may lie behind the one it reports.
     */
    private record Expectation(Token token, Set<Integer> kinds) {
        static Expectation of(ParseException error) {
            int best = 0;
            Set<Integer> kinds = new HashSet<>();
            for (int[] sequence : error.expectedTokenSequences) {
                int matched = matched(sequence, error.currentToken.next);
                if (matched < sequence.length && matched >= best) {
                    if (matched > best) {
                        kinds.clear();
                        best = matched;
                    }
                    kinds.add(sequence[matched]);
                }
            }
            Token token = error.currentToken.next;
            for (int i = 0; i < best; i++) {
                token = token.next;
            }
            return new Expectation(token, kinds);
        }

        /** How many tokens of the sequence are there. */
        private static int matched(int[] sequence, Token first) {
            int n = 0;
            for (Token t = first; t != null && n < sequence.length && t.kind == sequence[n]; t = t.next) {
                n++;
            }
            // The token behind the match has to be known to be blamed.
            Token t = first;
            for (int i = 0; i < n; i++) {
                if (t.next == null) {
                    return i;
                }
                t = t.next;
            }
            return n;
        }
    }
}
