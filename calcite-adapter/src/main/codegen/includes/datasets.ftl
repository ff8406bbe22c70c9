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
        <FUNCTION> create = CreateFunction(s, replace, false)
    |
        <AGGREGATE> <FUNCTION> create = CreateFunction(s, replace, true)
    |
        { forbid(replace, s, "only a dataset, a view or a function can be replaced"); }
        (
            <NAMESPACE> create = CreateNamespace(s)
        |
            ( <PROJECT> | <SCHEMA> ) create = CreateProject(s)
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
    SqlNodeList metrics = null;
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
        (
            bump = VersionPart()
        |
            <VERSION> { once(version, "VERSION"); } version = VersionLiteral()
        )
    |
        <VERSION> { once(version, "VERSION"); } version = VersionLiteral()
    |
        <COMMENT> { once(comment, "COMMENT"); } comment = TextLiteral()
    |
        <LABELS> { once(labels, "LABELS"); } labels = LabelList()
    |
        <METRICS> { once(metrics, "METRICS"); } metrics = MetricList()
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
                bump, version, comment, labels, metrics, null, textSince(s), textAfter(as));
        }
    |
        LOOKAHEAD({ columns != null }) {
            return new SqlCreateDataset(s.end(this), name, ColumnDefinitions.noRows(columns), replace, temporary,
                ifNotExists, ifChanged, bump, version, comment, labels, metrics, columns, textSince(s), null);
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
    [ LOOKAHEAD(2) <DEFAULT_> <NULL> ]
    [
        ( <PRIMARY> | <UNIQUE> | <CHECK> | <REFERENCES> | <CONSTRAINT> | <DEFAULT_> ) {
            throw SyntaxErrors.unsupported(getPos(), "columns have no constraint but NOT NULL, and no default but NULL");
        }
    ]
    {
        return ColumnDefinitions.column(name, type, nullable);
    }
}

/** (name = value, …): each becomes value AS name. */
SqlNodeList MetricList() :
{
    final Span s;
    final List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode metric;
}
{
    <LPAREN> { s = span(); }
    metric = Metric() { list.add(metric); }
    ( <COMMA> metric = Metric() { list.add(metric); } )*
    <RPAREN> {
        return new SqlNodeList(list, s.end(this));
    }
}

SqlNode Metric() :
{
    final SqlIdentifier name;
    final SqlLiteral quoted;
    final SqlNode value;
}
{
    (
        name = SimpleIdentifier()
    |
        quoted = TextLiteral() {
            name = new SqlIdentifier(quoted.getValueAs(String.class), getPos());
        }
    )
    <EQ>
    value = Expression(ExprContext.ACCEPT_SUB_QUERY) {
        return SqlStdOperatorTable.AS.createCall(name.getParserPosition(), value, name);
    }
}

/** WITH q AS (…), before a query or a statement that changes rows. */
SqlNode WithStatement() :
{
    final SqlNodeList with;
    SqlNode statement;
    final List<Object> list = new ArrayList<Object>();
}
{
    with = WithList()
    (
        statement = InsertStatement(with) { return statement; }
    |
        statement = UpdateStatement(with) { return statement; }
    |
        statement = DeleteStatement(with) { return statement; }
    |
        statement = MergeStatement(with) { return statement; }
    |
        <CREATE> { throw SyntaxErrors.at(getPos(), "WITH stands behind AS there: CREATE DATASET x AS WITH …"); }
    |
        statement = LeafQueryOrExpr(ExprContext.ACCEPT_QUERY) { list.add(statement); }
        ( AddSetOpQuery(list, ExprContext.ACCEPT_QUERY) )*
        statement = OrderByLimitOpt(addWith(with, SqlParserUtil.toTree(list))) { return statement; }
    )
}

/** INSERT INTO x (a, b) query, INSERT INTO x BY NAME query */
SqlNode InsertStatement(SqlNodeList with) :
{
    final Span s;
    final SqlIdentifier target;
    SqlNodeList columns = null;
    SqlNode source;
}
{
    <INSERT> { s = span(); }
    [ <OR> { throw SyntaxErrors.unsupported(getPos(), "INSERT OR is not supported, MERGE INTO is"); } ]
    <INTO> target = CompoundTableIdentifier()
    [ LOOKAHEAD(InsertedColumns()) columns = InsertedColumns() ]
    (
        <DEFAULT_> { forbid(columns != null, span(), "DEFAULT VALUES does not go with a list of columns"); }
        <VALUES> { source = Shorthands.DEFAULT_VALUES.createCall(getPos()); }
    |
        LOOKAHEAD(2)
        <BY> <NAME> { forbid(columns != null, span(), "BY NAME does not go with a list of columns"); }
        source = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) {
            source = Shorthands.BY_NAME.createCall(source.getParserPosition(), WithQueries.before(with, source));
        }
    |
        [ LOOKAHEAD(2) <BY> <POSITION> ]
        source = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) { source = WithQueries.before(with, source); }
    )
    [ <ON> { throw SyntaxErrors.unsupported(getPos(), "ON CONFLICT is not supported, MERGE INTO is"); } ]
    NothingReturned()
    {
        return new SqlInsert(s.end(source), SqlNodeList.EMPTY, target, source, columns);
    }
}

SqlNodeList InsertedColumns() :
{
    final Span s;
    final List<SqlNode> columns = new ArrayList<SqlNode>();
    SqlIdentifier column;
}
{
    <LPAREN> { s = span(); }
    column = CompoundIdentifier() { columns.add(column); }
    ( <COMMA> column = CompoundIdentifier() { columns.add(column); } )*
    <RPAREN> {
        return new SqlNodeList(columns, s.end(this));
    }
}

/** Says so where others have RETURNING. */
void NothingReturned() :
{
}
{
    [
        <RETURNING> {
            throw SyntaxErrors.unsupported(
                getPos(), "RETURNING is not supported, registry.diff of the versions before and after shows the rows");
        }
    ]
}

/** A name for the rest of the statement. */
SqlIdentifier Alias() :
{
    SqlIdentifier alias = null;
}
{
    [
        <AS> alias = SimpleIdentifier()
    |
        LOOKAHEAD(1, { getToken(1).kind != RETURNING })
        alias = SimpleIdentifier()
    ]
    {
        return alias;
    }
}

/** TRUNCATE x, which is DELETE FROM x. */
SqlNode TruncateStatement() :
{
    final Span s;
    final SqlIdentifier target;
}
{
    <TRUNCATE> { s = span(); }
    [
        // A dataset may be called dataset.
        LOOKAHEAD(( <DATASET> | <TABLE> ) AddIdentifierSegment(new ArrayList<String>(), null))
        ( <DATASET> | <TABLE> )
    ]
    target = CompoundTableIdentifier() {
        return new SqlDeleteDataset(s.end(this), null, target, null, null, null);
    }
}

/** UPDATE x SET a = 1, (b, c) = (2, 3) FROM y WHERE … */
SqlNode UpdateStatement(SqlNodeList with) :
{
    final Span s;
    final SqlIdentifier target;
    final SqlIdentifier alias;
    final Assignments set = new Assignments();
    SqlNode source = null;
    SqlNode condition = null;
}
{
    <UPDATE> { s = span(); } target = CompoundTableIdentifier()
    alias = Alias()
    <SET> AssignmentList(set)
    [ <FROM> source = FromClause() ]
    [ condition = Where() ]
    NothingReturned()
    {
        return new SqlUpdateDataset(s.end(this), with, target, alias, set.columns(), set.values(), source, condition);
    }
}

/** DELETE FROM x USING y WHERE … */
SqlNode DeleteStatement(SqlNodeList with) :
{
    final Span s;
    final SqlIdentifier target;
    final SqlIdentifier alias;
    SqlNode source = null;
    SqlNode condition = null;
}
{
    <DELETE> { s = span(); } <FROM> target = CompoundTableIdentifier()
    alias = Alias()
    [ <USING> source = FromClause() ]
    [ condition = Where() ]
    NothingReturned()
    {
        return new SqlDeleteDataset(s.end(this), with, target, alias, source, condition);
    }
}

/** What follows SET. */
void AssignmentList(Assignments set) :
{
}
{
    Assignment(set) ( <COMMA> Assignment(set) )*
}

void Assignment(Assignments set) :
{
    SqlIdentifier column;
    final List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    SqlNode value;
    SqlNodeList values;
}
{
    column = CompoundIdentifier() <EQ>
    ( value = Default() | value = Expression(ExprContext.ACCEPT_SUB_QUERY) ) { set.add(column, value); }
|
    <LPAREN> column = CompoundIdentifier() { columns.add(column); }
    ( <COMMA> column = CompoundIdentifier() { columns.add(column); } )*
    <RPAREN> <EQ> [ <ROW> ]
    values = ParenthesizedQueryOrCommaListWithDefault(ExprContext.ACCEPT_SUB_QUERY) { set.addAll(columns, values); }
}

/** MERGE INTO x USING y ON … WHEN … THEN … */
SqlNode MergeStatement(SqlNodeList with) :
{
    final Span s;
    final SqlIdentifier target;
    final SqlIdentifier alias;
    final SqlNode source;
    final SqlNode condition;
    final List<SqlNode> clauses = new ArrayList<SqlNode>();
    SqlNode clause;
}
{
    <MERGE> { s = span(); } <INTO> target = CompoundTableIdentifier()
    alias = Alias()
    <USING> source = TableRef()
    <ON> condition = Expression(ExprContext.ACCEPT_SUB_QUERY)
    ( clause = MergeClause() { clauses.add(clause); } )+
    NothingReturned()
    {
        return new SqlMergeDataset(s.end(this), with, target, alias, source, condition,
            new SqlNodeList(clauses, s.end(this)));
    }
}

SqlNode MergeClause() :
{
    final Span s;
    final MergeRows rows;
    SqlNode condition = null;
    SqlNodeList columns = null;
    SqlNodeList values = null;
    final Assignments set = new Assignments();
}
{
    <WHEN> { s = span(); }
    rows = MergeRows()
    [ <AND> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
    <THEN>
    (
        <UPDATE> { forbid(rows == MergeRows.NOT_MATCHED, span(), "only rows of the dataset can be updated"); }
        <SET> AssignmentList(set) {
            return SqlMergeClause.update(s.end(this), rows, condition, set.columns(), set.values());
        }
    |
        <DELETE> {
            forbid(rows == MergeRows.NOT_MATCHED, span(), "only rows of the dataset can be deleted");
            return SqlMergeClause.delete(s.end(this), rows, condition);
        }
    |
        <DO> <NOTHING> { return SqlMergeClause.nothing(s.end(this), rows, condition); }
    |
        <INSERT> {
            forbid(rows != MergeRows.NOT_MATCHED, span(), "only rows that the dataset does not have can be inserted");
        }
        (
            <DEFAULT_> <VALUES> { columns = new SqlNodeList(getPos()); values = new SqlNodeList(getPos()); }
        |
            [ columns = ParenthesizedSimpleIdentifierList() ]
            <VALUES>
            values = ParenthesizedQueryOrCommaListWithDefault(ExprContext.ACCEPT_SUB_QUERY)
        )
        { return SqlMergeClause.insert(s.end(this), condition, columns, values); }
    )
}

/** For which rows a clause of MERGE speaks. */
MergeRows MergeRows() :
{
    MergeRows rows = MergeRows.NOT_MATCHED;
}
{
    <MATCHED> { return MergeRows.MATCHED; }
|
    <NOT> <MATCHED>
    [ <BY> ( <SOURCE> { rows = MergeRows.NOT_MATCHED_BY_SOURCE; } | <TARGET> ) ]
    { return rows; }
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
        ( <PROJECT> | <SCHEMA> ) ifExists = IfExists() name = PlainName() {
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
        ( <ADD> | <DROP> | <ALTER> | LOOKAHEAD(2) <RENAME> <COLUMN> ) {
            throw SyntaxErrors.unsupported(
                getPos(), "versions never change, CREATE OR REPLACE DATASET makes the next one with other columns");
        }
    |
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
    final SqlLiteral versions;
}
{
    <UNLIMITED> { return null; }
|
    <UNSIGNED_INTEGER_LITERAL> { versions = Numbers.count(token.image, getPos()); }
    <VERSIONS> {
        return versions;
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
