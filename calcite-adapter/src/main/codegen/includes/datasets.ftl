<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Statements that make, change or drop. -->

SqlNode CreateStatement() :
{
    final Span s;
    boolean replace = false;
    boolean temporary = false;
    final SqlNode create;
}
{
    <CREATE> { s = span(); }
    [ <OR> <REPLACE> { replace = true; } ]
    (
        [ ( <TEMPORARY> | <TEMP> ) { temporary = true; } ]
        ( <DATASET> | <TABLE> )
        create = CreateDataset(s, replace, temporary)
    |
        <VIEW> create = CreateView(s, replace)
    |
        <FUNCTION> create = CreateFunction(s, replace)
    |
        { forbid(replace, s, "only a dataset, a view or a function can be replaced"); }
        (
            <NAMESPACE> create = CreateNamespace(s)
        |
            <PROJECT> create = CreateProject(s)
        |
            <VECTOR> <INDEX> create = CreateVectorIndex(s)
        )
    )
    {
        return create;
    }
}

SqlNode CreateDataset(Span s, boolean replace, boolean temporary) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    boolean ifChanged = false;
    SqlLiteral bump = null;
    SqlLiteral version = null;
    SqlLiteral comment = null;
    SqlNodeList labels = null;
    SqlNodeList columns = null;
    final Span as;
    final SqlNode query;
}
{
    ifNotExists = IfNotExists() { forbid(ifNotExists && replace, span(), "IF NOT EXISTS does not go with OR REPLACE"); }
    name = PlainName()
    [ columns = ColumnDefinitions() ]
    (
        <IF> <CHANGED> {
            forbid(!replace, span(), "IF CHANGED goes with CREATE OR REPLACE only");
            ifChanged = true;
        }
    |
        <BUMP> {
            once(bump, "BUMP");
            forbid(!replace, span(), "BUMP goes with CREATE OR REPLACE only");
        }
        bump = VersionPart()
    |
        <VERSION> { once(version, "VERSION"); } version = VersionLiteral()
    |
        <COMMENT> { once(comment, "COMMENT"); } comment = TextLiteral()
    |
        <LABELS> { once(labels, "LABELS"); } labels = LabelList()
    )*
    {
        forbid(bump != null && version != null, span(), "BUMP does not go with VERSION");
        forbid(temporary && (bump != null || version != null), span(), "a temporary dataset has no versions");
    }
    (
        <AS> {
            as = span();
            forbid(columns != null, as, "columns are declared or come from a query, not both");
        }
        query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) {
            return new SqlCreateDataset(s.end(this), name, query, replace, temporary, ifNotExists, ifChanged,
                bump, version, comment, labels, null, textSince(s), textAfter(as));
        }
    |
        LOOKAHEAD({ columns != null }) {
            return new SqlCreateDataset(s.end(this), name, ColumnDefinitions.noRows(columns), replace, temporary,
                ifNotExists, ifChanged, bump, version, comment, labels, columns, textSince(s), null);
        }
    )
}

/** (a INTEGER NOT NULL, b VARCHAR, …) */
SqlNodeList ColumnDefinitions() :
{
    final Span s;
    final List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode column;
}
{
    <LPAREN> { s = span(); }
    column = ColumnDefinition() { list.add(column); }
    ( <COMMA> column = ColumnDefinition() { list.add(column); } )*
    <RPAREN> {
        return new SqlNodeList(list, s.end(this));
    }
}

SqlNode ColumnDefinition() :
{
    final SqlIdentifier name;
    SqlDataTypeSpec type;
    boolean nullable = true;
}
{
    name = SimpleIdentifier()
    type = DataType()
    [
        <NOT> <NULL> { nullable = false; }
    |
        <NULL>
    ]
    {
        return ColumnDefinitions.column(name, type, nullable);
    }
}

/** MERGE INTO x USING y ON … WHEN … THEN … */
SqlNode MergeStatement() :
{
    final Span s;
    final SqlIdentifier target;
    SqlIdentifier alias = null;
    final SqlNode source;
    final SqlNode condition;
    final List<SqlNode> clauses = new ArrayList<SqlNode>();
    SqlNode clause;
}
{
    <MERGE> { s = span(); } <INTO> target = CompoundTableIdentifier()
    [ [ <AS> ] alias = SimpleIdentifier() ]
    <USING> source = TableRef()
    <ON> condition = Expression(ExprContext.ACCEPT_SUB_QUERY)
    ( clause = MergeClause() { clauses.add(clause); } )+
    {
        return new SqlMergeDataset(s.end(this), target, alias, source, condition,
            new SqlNodeList(clauses, s.end(this)));
    }
}

SqlNode MergeClause() :
{
    final Span s;
    boolean matched = true;
    SqlNode condition = null;
    SqlNodeList columns = null;
    SqlNodeList values = null;
    SqlIdentifier column;
}
{
    <WHEN> { s = span(); }
    [ <NOT> { matched = false; } ]
    <MATCHED>
    [ <AND> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
    <THEN>
    (
        <UPDATE> { forbid(!matched, span(), "only rows that match can be updated"); }
        <SET> {
            columns = new SqlNodeList(getPos());
            values = new SqlNodeList(getPos());
        }
        column = CompoundIdentifier() { columns.add(column); }
        <EQ> AddExpression(values, ExprContext.ACCEPT_SUB_QUERY)
        (
            <COMMA> column = CompoundIdentifier() { columns.add(column); }
            <EQ> AddExpression(values, ExprContext.ACCEPT_SUB_QUERY)
        )*
        { return new SqlMergeClause(s.end(this), matched, condition, columns, values); }
    |
        <DELETE> {
            forbid(!matched, span(), "only rows that match can be deleted");
            return new SqlMergeClause(s.end(this), matched, condition, null, null);
        }
    |
        <INSERT> { forbid(matched, span(), "only rows that do not match can be inserted"); }
        [ columns = ParenthesizedSimpleIdentifierList() ]
        <VALUES>
        values = ParenthesizedQueryOrCommaListWithDefault(ExprContext.ACCEPT_SUB_QUERY)
        { return new SqlMergeClause(s.end(this), matched, condition, columns, values); }
    )
}

SqlLiteral VersionPart() :
{
}
{
    <MAJOR> { return SqlLiteral.createSymbol(VersionBump.MAJOR, getPos()); }
|
    <MINOR> { return SqlLiteral.createSymbol(VersionBump.MINOR, getPos()); }
|
    <PATCH> { return SqlLiteral.createSymbol(VersionBump.PATCH, getPos()); }
}

SqlNode CreateView(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    SqlNodeList columns = null;
    SqlLiteral comment = null;
    final Span as;
    final SqlNode query;
}
{
    ifNotExists = IfNotExists() { forbid(ifNotExists && replace, span(), "IF NOT EXISTS does not go with OR REPLACE"); }
    name = PlainName()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    [ <COMMENT> comment = TextLiteral() ]
    <AS> { as = span(); }
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) {
        return new SqlCreateView(s.end(this), name, columns, comment, query, replace, ifNotExists, textAfter(as));
    }
}

SqlNode CreateNamespace(Span s) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
}
{
    ifNotExists = IfNotExists()
    name = PlainName() { return new SqlCreateNamespace(s.end(this), name, ifNotExists); }
}

SqlNode CreateProject(Span s) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
}
{
    ifNotExists = IfNotExists()
    name = PlainName() { return new SqlCreateProject(s.end(this), name, ifNotExists); }
}

SqlNode CreateVectorIndex(Span s) :
{
    final SqlIdentifier name;
    final SqlIdentifier column;
}
{
    <ON> name = PlainName() <LPAREN> column = SimpleIdentifier() <RPAREN> {
        return new SqlCreateVectorIndex(s.end(this), name, column);
    }
}

SqlNode DropStatement() :
{
    final Span s;
    final boolean ifExists;
    final SqlIdentifier name;
    final SqlIdentifier column;
    SqlLiteral version = null;
    boolean purge = false;
}
{
    <DROP> { s = span(); }
    (
        ( <DATASET> | <TABLE> ) ifExists = IfExists() name = PlainName()
        [ <VERSION> version = VersionLiteral() ]
        [ <PURGE> { purge = true; } ]
        { return new SqlDropDataset(s.end(this), name, ifExists, version, purge); }
    |
        <NAMESPACE> ifExists = IfExists() name = PlainName() {
            return new SqlDropNamespace(s.end(this), name, ifExists);
        }
    |
        <PROJECT> ifExists = IfExists() name = PlainName() {
            return new SqlDropProject(s.end(this), name, ifExists);
        }
    |
        <VIEW> ifExists = IfExists() name = PlainName() {
            return new SqlDropView(s.end(this), name, ifExists);
        }
    |
        <FUNCTION> ifExists = IfExists() name = PlainName() {
            return new SqlDropFunction(s.end(this), name, ifExists);
        }
    |
        <VECTOR> <INDEX> <ON> name = PlainName() <LPAREN> column = SimpleIdentifier() <RPAREN> {
            return new SqlDropVectorIndex(s.end(this), name, column);
        }
    )
}

SqlNode AlterStatement() :
{
    final Span s;
    boolean view = false;
    final SqlIdentifier name;
    final SqlIdentifier newName;
    final SqlLiteral comment;
    final SqlNodeList labels;
    final SqlLiteral retention;
}
{
    <ALTER> { s = span(); } ( <DATASET> | <TABLE> | <VIEW> { view = true; } ) name = PlainName()
    (
        <RENAME> <TO> newName = PlainName() {
            return new SqlRename(s.end(this), name, view, newName);
        }
    |
        <SET> { forbid(view && getToken(1).kind != COMMENT, span(), "a view has nothing else to set than its COMMENT"); }
        (
            <COMMENT> comment = TextLiteralOrNull() {
                return new SqlComment(s.end(this), view ? SqlComment.Subject.VIEW : SqlComment.Subject.DATASET, name, comment);
            }
        |
            <LABELS> labels = LabelList() {
                return new SqlSetLabels(s.end(this), name, labels);
            }
        |
            <RETENTION> retention = Retention() {
                return new SqlSetRetention(s.end(this), name, retention);
            }
        )
    |
        <RESET> <RETENTION> {
            return new SqlSetRetention(s.end(this), name, null);
        }
    )
}

/** NULL for all versions. */
SqlLiteral Retention() :
{
    final int versions;
}
{
    <UNLIMITED> { return null; }
|
    versions = UnsignedIntLiteral() <VERSIONS> {
        return SqlLiteral.createExactNumeric(String.valueOf(versions), getPos());
    }
}

SqlNode CommentStatement() :
{
    final Span s;
    boolean view = false;
    final SqlIdentifier name;
    final SqlLiteral comment;
}
{
    <COMMENT> { s = span(); } <ON>
    (
        ( <DATASET> | <TABLE> | <VIEW> { view = true; } ) name = PlainName() <IS> comment = TextLiteralOrNull() {
            return new SqlComment(s.end(this), view ? SqlComment.Subject.VIEW : SqlComment.Subject.DATASET, name, comment);
        }
    |
        <COLUMN> name = PlainName() <IS> comment = TextLiteralOrNull() {
            forbid(name.names.size() == 1, Span.of(name), "a column is named as dataset.column");
            return new SqlComment(s.end(this), SqlComment.Subject.COLUMN, name, comment);
        }
    )
}

SqlLiteral TextLiteralOrNull() :
{
    final SqlLiteral literal;
}
{
    <NULL> { return null; }
|
    literal = TextLiteral() { return literal; }
}

SqlNode RefreshStatement() :
{
    final Span s;
    final SqlIdentifier name;
    boolean full = false;
}
{
    <REFRESH> { s = span(); } ( <DATASET> | <TABLE> ) name = PlainName()
    [ <FULL> { full = true; } ]
    { return new SqlRefreshDataset(s.end(this), name, full); }
}

SqlNode ReproduceStatement() :
{
    final Span s;
    final SqlIdentifier name;
    SqlLiteral version = null;
}
{
    <REPRODUCE> { s = span(); } ( <DATASET> | <TABLE> ) name = PlainName()
    [ <VERSION> version = VersionLiteral() ]
    { return new SqlReproduceDataset(s.end(this), name, version); }
}
