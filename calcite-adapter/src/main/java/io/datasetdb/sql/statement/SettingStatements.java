// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.sql.Setting;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.exec.Settings;
import io.datasetdb.sql.parse.SqlSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What SET and RESET do to the settings of a session, and which setting a statement means. */
public final class SettingStatements {
    /** What else SHOW understands, for whoever mistyped it. */
    private static final List<String> SHOWN = List.of("namespaces", "projects", "datasets", "tables", "settings");

    private SettingStatements() {}

    /** The change that a statement makes; fails if there is no such setting, when applied if the value is none for it. */
    public static UnaryOperator<Settings> change(SqlSetting node) {
        SqlIdentifier name = node.name();
        if (name == null) {
            return settings -> Settings.ofMachine();
        }
        SqlNode value = node.value();
        Setting setting = find(value == null ? "reset" : "set", name, Setting.keys());
        if (value == null) {
            return setting::reset;
        }
        Settings checked = setting.with(Settings.ofMachine(), text(value), place(value.getParserPosition()));
        return settings -> setting.copied(checked, settings);
    }

    /** What a statement has done. */
    public static String says(SqlSetting node, Settings settings) {
        SqlIdentifier name = node.name();
        if (name == null) {
            return "All settings have their defaults";
        }
        Setting setting = find("set", name, Setting.keys());
        String text = setting.text(settings);
        return setting.key() + " is " + (text.isEmpty() ? "empty" : text);
    }

    /** The setting that a statement shows. */
    static Setting shown(SqlIdentifier name) {
        List<String> candidates = new ArrayList<>(Setting.keys());
        candidates.addAll(SHOWN);
        return find("show", name, candidates);
    }

    private static Setting find(String verb, SqlIdentifier name, List<String> candidates) {
        String key = name.getSimple();
        return Setting.of(key)
                .orElseThrow(() -> new DatasetDbException(
                        SqlError.UNDEFINED_SETTING,
                        "Cannot " + verb + " " + key + ": there is no such setting"
                                + NearestName.of(key, candidates)
                                        .map(nearest -> "; did you mean " + nearest + "?")
                                        .orElse("")
                                + place(name.getParserPosition())));
    }

    private static String place(SqlParserPos pos) {
        return " (at line " + pos.getLineNum() + ", column " + pos.getColumnNum() + ")";
    }

    private static String text(SqlNode value) {
        if (value instanceof SqlIdentifier word) {
            return word.getSimple();
        }
        String text = ((SqlLiteral) value).toValue();
        return text == null ? "NULL" : text;
    }
}
