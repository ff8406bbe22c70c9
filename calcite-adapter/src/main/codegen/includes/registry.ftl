<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Statements that look, and those that concern the session. -->

SqlNode ExplainStatement() :
{
    final Span s;
    boolean analyze = false;
    final SqlNode statement;
}
{
    <EXPLAIN> { s = span(); }
    [
        <ANALYZE> { analyze = true; }
    |
        <PLAN> <FOR>
    ]
    statement = SqlStmt() {
        forbid(statement instanceof SqlExplainStatement, s, "EXPLAIN cannot be explained");
        return new SqlExplainStatement(s.end(this), analyze, statement);
    }
}

SqlNode ShowStatement() :
{
    final Span s;
    SqlShow.Subject subject;
    SqlIdentifier name = null;
    SqlLiteral like = null;
}
{
    <SHOW> { s = span(); }
    (
        LOOKAHEAD(1)
        (
            <NAMESPACES> { subject = SqlShow.Subject.NAMESPACES; }
        |
            <PROJECTS> { subject = SqlShow.Subject.PROJECTS; }
        |
            ( <DATASETS> | <TABLES> ) { subject = SqlShow.Subject.DATASETS; }
        |
            <VIEWS> { subject = SqlShow.Subject.VIEWS; }
        |
            <FUNCTIONS> { subject = SqlShow.Subject.FUNCTIONS; }
        |
            <PARAMS> { subject = SqlShow.Subject.PARAMS; }
        )
        [ <LIKE> like = TextLiteral() ]
    |
        LOOKAHEAD(1)
        (
            <VERSIONS> { subject = SqlShow.Subject.VERSIONS; }
        |
            <LINEAGE> { subject = SqlShow.Subject.LINEAGE; }
        |
            <METRICS> { subject = SqlShow.Subject.METRICS; }
        )
        <OF> name = CompoundTableIdentifier()
    |
        LOOKAHEAD(1)
        ( <ALL> | <SETTINGS> ) {
            return new SqlShowSettings(s.end(this), null);
        }
    |
        name = SimpleIdentifier() {
            return new SqlShowSettings(s.end(this), name);
        }
    )
    {
        final SqlParserPos pos = s.end(this);
        return new SqlShow(pos, SqlLiteral.createSymbol(subject, pos), name, like);
    }
}

SqlNode DescribeStatement() :
{
    final Span s;
    final SqlNode target;
}
{
    ( <DESCRIBE> | <DESC> ) { s = span(); }
    (
        LOOKAHEAD( <SELECT> | <WITH> | <LPAREN> | <VALUES> )
        target = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    |
        // A dataset may be called dataset.
        LOOKAHEAD(( <DATASET> | <TABLE> ) AddIdentifierSegment(new ArrayList<String>(), null))
        ( <DATASET> | <TABLE> ) target = CompoundTableIdentifier()
    |
        target = CompoundTableIdentifier()
    )
    {
        return new SqlDescribe(s.end(this), target);
    }
}

SqlNode SetParamStatement() :
{
    final Span s;
    final SqlIdentifier name;
    final SqlNode value;
}
{
    <SET> { s = span(); } <PARAM> name = SimpleIdentifier() ( <EQ> | <TO> ) value = Literal() {
        return new SqlSetParam(s.end(this), name, value);
    }
}

SqlNode SetStatement() :
{
    final Span s;
    final SqlIdentifier name;
    SqlNode value = null;
}
{
    <SET> { s = span(); } name = SimpleIdentifier()
    ( <EQ> | <TO> )
    (
        LOOKAHEAD(1)
        <DEFAULT_>
    |
        value = Literal()
    |
        value = SimpleIdentifier()
    )
    {
        return new SqlSetting(s.end(this), name, value);
    }
}

SqlNode ResetStatement() :
{
    final Span s;
    SqlIdentifier name = null;
}
{
    <RESET> { s = span(); }
    (
        LOOKAHEAD(<PARAM> ( <ALL> | AddIdentifierSegment(new ArrayList<String>(), null) ))
        <PARAM>
        (
            LOOKAHEAD(1)
            <ALL>
        |
            name = SimpleIdentifier()
        )
        {
            return new SqlSetParam(s.end(this), name, null);
        }
    |
        LOOKAHEAD(1)
        <ALL>
    |
        name = SimpleIdentifier()
    )
    {
        return new SqlSetting(s.end(this), name, null);
    }
}

SqlNode UseStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <USE> { s = span(); } name = PlainName() {
        return new SqlUse(s.end(this), name);
    }
}

SqlNode CopyStatement() :
{
    final Span s;
    final SqlNode source;
    final SqlLiteral uri;
    final List<SqlNode> pairs = new ArrayList<SqlNode>();
}
{
    <COPY> { s = span(); }
    (
        <LPAREN> source = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) <RPAREN>
    |
        source = CompoundTableIdentifier()
    )
    [
        <FROM> {
            throw SyntaxErrors.unsupported(
                getPos(), "COPY FROM is not supported, INSERT INTO x SELECT * FROM read_csv('…') is");
        }
    ]
    <TO> uri = TextLiteral()
    [
        [ <WITH> ]
        <LPAREN> AddCopyOption(pairs) ( <COMMA> AddCopyOption(pairs) )* <RPAREN>
    ]
    {
        final SqlParserPos pos = s.end(this);
        return new SqlCopy(pos, source, uri, new SqlNodeList(pairs, pos));
    }
}

void AddCopyOption(List<SqlNode> pairs) :
{
    final SqlIdentifier name;
    SqlNode value = null;
}
{
    (
        name = SimpleIdentifier()
    |
        // Words of the grammar that other systems have for options.
        ( <ARRAY> | <NULL> ) { name = new SqlIdentifier(token.image, getPos()); }
    )
    [
        value = Literal()
    |
        value = SimpleIdentifier()
    |
        value = ParenthesizedSimpleIdentifierList()
    ]
    {
        final SqlParserPos pos = name.getParserPosition();
        if (value == null) {
            value = SqlLiteral.createBoolean(true, pos);
        }
        pairs.add(new SqlNodeList(ImmutableList.of(name, value), pos));
    }
}
