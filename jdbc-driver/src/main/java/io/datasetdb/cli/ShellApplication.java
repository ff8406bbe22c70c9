// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.sql.Engine;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import sqlline.Application;
import sqlline.BuiltInProperty;
import sqlline.OutputFormat;
import sqlline.PromptHandler;
import sqlline.SqlLine;
import sqlline.SqlLineOpts;

/** What makes sqlline ours; it loads this class by its name. */
public final class ShellApplication extends Application {
    /** Tells how results are to look: sqlline would lose what it was told before it had loaded this class. */
    static final String FORMAT = "datasetdb.shell.format";

    @Override
    public String getInfoMessage() {
        return "DatasetDB " + Engine.version()
                + ". Statements end with a semicolon; !help lists the shell's commands, !quit" + " leaves.";
    }

    @Override
    public String getVersion() {
        return Engine.version();
    }

    @Override
    public List<String> allowedDrivers() {
        return List.of("io.datasetdb.jdbc.Driver", "org.apache.calcite.avatica.remote.Driver");
    }

    @Override
    public Collection<String> getConnectionUrlExamples() {
        return Set.of("jdbc:datasetdb:DIR", "jdbc:datasetdb://host:port/");
    }

    @Override
    public SqlLineOpts getOpts(SqlLine shell) {
        SqlLineOpts options = new SqlLineOpts(shell);
        options.set(BuiltInProperty.ISOLATION, "TRANSACTION_NONE");
        options.set(BuiltInProperty.INCREMENTAL, false);
        options.set(BuiltInProperty.SHOW_NESTED_ERRS, false);
        // Rather wrapped by the terminal than cut off.
        options.set(BuiltInProperty.MAX_WIDTH, 100_000);
        options.set(BuiltInProperty.NULL_VALUE, "NULL");
        options.set(BuiltInProperty.CSV_QUOTE_CHARACTER, '"');
        options.set(BuiltInProperty.OUTPUT_FORMAT, System.getProperty(FORMAT, "table"));
        options.set(BuiltInProperty.AUTO_PAIRING, false);
        options.set(BuiltInProperty.CONFIRM, false);
        return options;
    }

    @Override
    public PromptHandler getPromptHandler(SqlLine shell) {
        return new PromptHandler(shell) {
            @Override
            protected String getDefaultPrompt(int connectionIndex, String url, String defaultPrompt) {
                return "datasetdb> ";
            }
        };
    }

    @Override
    public Map<String, OutputFormat> getOutputFormats(SqlLine shell) {
        return new TreeMap<>(super.getOutputFormats(shell));
    }
}
