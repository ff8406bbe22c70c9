// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptSplitterTest {
    private static List<String> texts(String script) {
        return ScriptSplitter.split(script).stream().map(ScriptStatement::text).toList();
    }

    @Test
    void semicolonsEndStatements() {
        assertThat(texts("SELECT 1; SELECT 2 ;\n;; SELECT 3")).containsExactly("SELECT 1", "SELECT 2", "SELECT 3");
        assertThat(texts(" \n;-- nothing\n; /* ; */ ")).isEmpty();
        assertThat(texts("")).isEmpty();
    }

    @Test
    void quotesHideSemicolons() {
        assertThat(texts("SELECT 'a;b', \"c;d\", 'it''s;'; SELECT 2"))
                .containsExactly("SELECT 'a;b', \"c;d\", 'it''s;'", "SELECT 2");
        assertThat(texts("SELECT E'it\\'s;', e'\\\\'; SELECT 'C:\\'; SELECT date'x\\'; 2"))
                .containsExactly("SELECT E'it\\'s;', e'\\\\'", "SELECT 'C:\\'", "SELECT date'x\\'", "2");
    }

    @Test
    void commentsHideSemicolonsAndQuotes() {
        assertThat(texts("-- it's;\nSELECT 1 -- a;b'\n; SELECT /* ; ' */ 2; SELECT 1 - -1; SELECT 4/2"))
                .containsExactly("-- it's;\nSELECT 1 -- a;b'", "SELECT /* ; ' */ 2", "SELECT 1 - -1", "SELECT 4/2");
    }

    @Test
    void dollarQuotesHideEverything() {
        assertThat(texts("CREATE FUNCTION f AS $$ int a; // it's -- \" \n $$; SELECT a$$b; SELECT $1"))
                .containsExactly("CREATE FUNCTION f AS $$ int a; // it's -- \" \n $$", "SELECT a$$b", "SELECT $1");
    }

    @Test
    void whatIsNeverClosedReachesToTheEnd() {
        assertThat(texts("SELECT 1; SELECT 'a; SELECT 2;")).containsExactly("SELECT 1", "SELECT 'a; SELECT 2;");
        assertThat(texts("SELECT 1; SELECT $$a; ")).containsExactly("SELECT 1", "SELECT $$a;");
        assertThat(texts("SELECT 1 /* ; ")).containsExactly("SELECT 1 /* ;");
        assertThat(texts("SELECT E'a\\")).containsExactly("SELECT E'a\\");
    }

    @Test
    void placeIsWhereTheTextBegins() {
        assertThat(ScriptSplitter.split("SELECT 1;\r\n\r\n  -- two\n  SELECT 2;SELECT 3"))
                .containsExactly(
                        new ScriptStatement("SELECT 1", 1, 1),
                        new ScriptStatement("-- two\n  SELECT 2", 3, 3),
                        new ScriptStatement("SELECT 3", 4, 12));
    }

    @Test
    void piecesParseAsTheWholeDid() {
        String script = String.join(
                ";\n",
                Statements.ALL.stream()
                        .map(s -> s.endsWith(";") ? s.substring(0, s.length() - 1) : s)
                        .toList());
        assertThat(texts(script)).hasSameSizeAs(Statements.ALL).allSatisfy(StatementParser::parse);
    }

    @Test
    void commentsNest() {
        assertThat(ScriptSplitter.split("SELECT /* a /* ; */ ; */ 1; SELECT 2"))
                .extracting(ScriptStatement::text)
                .containsExactly("SELECT /* a /* ; */ ; */ 1", "SELECT 2");
    }
}
