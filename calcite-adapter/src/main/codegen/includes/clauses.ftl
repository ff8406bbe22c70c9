<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Clauses and expressions that several statements share. -->

/** Fails if a clause was given before. */
JAVACODE void once(Object before, String clause) {
    if (before != null) {
        throw SyntaxErrors.at(getPos(), clause + " is given twice");
    }
}

/** Fails if two things that exclude each other were given. */
JAVACODE void forbid(boolean given, Span s, String reason) {
    if (given) {
        throw SyntaxErrors.at(s.pos(), reason);
    }
}

/** What was written from the start of the span to the last word read. */
JAVACODE String textSince(Span s) {
    return SourceText.between(getOriginalSql(), s.pos(), getPos());
}

/** What was written after the end of the span up to the last word read. */
JAVACODE String textAfter(Span s) {
    return SourceText.after(getOriginalSql(), s.pos(), getPos());
}

/** A character string. */
SqlLiteral TextLiteral() :
{
    final SqlNode literal;
}
{
    literal = StringLiteral() {
        SqlLiteral whole = SqlLiteral.unchain(literal);
        if (!(whole instanceof SqlCharStringLiteral)) {
            throw SyntaxErrors.at(literal.getParserPosition(), "a character string is expected");
        }
        return whole;
    }
}

/** A version: a string such as '1.2.0', or a number such as 2 or 1.4. */
SqlLiteral VersionLiteral() :
{
    final SqlLiteral literal;
}
{
    literal = TextLiteral() { return literal; }
|
    (<UNSIGNED_INTEGER_LITERAL> | <DECIMAL_NUMERIC_LITERAL>) {
        return SqlLiteral.createCharString(token.image, getPos());
    }
}

boolean IfNotExists() :
{
}
{
    LOOKAHEAD(2)
    <IF> <NOT> <EXISTS> { return true; }
|
    { return false; }
}

boolean IfExists() :
{
}
{
    LOOKAHEAD(2)
    <IF> <EXISTS> { return true; }
|
    { return false; }
}

/** ('k=v', …), possibly empty. */
SqlNodeList LabelList() :
{
    final Span s;
    final List<SqlNode> labels = new ArrayList<SqlNode>();
    SqlNode label;
}
{
    <LPAREN> { s = span(); }
    [
        label = TextLiteral() { labels.add(label); }
        ( <COMMA> label = TextLiteral() { labels.add(label); } )*
    ]
    <RPAREN> {
        return new SqlNodeList(labels, s.end(this));
    }
}

/** x::type, which binds closer than any operator but item access. */
void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    SqlNode type;
}
{
    <INFIX_CAST> {
        checkNonQueryExpression(exprContext);
    }
    (
        type = DataType()
    |
        <INTERVAL> { type = Intervals.qualifier(getPos()); }
        [ type = IntervalQualifier() ]
    )
    {
        InfixCasts.castLast(list, type);
    }
}

JoinType SemiJoin() :
{
}
{
    [ <LEFT> ] <SEMI> <JOIN> { return JoinType.LEFT_SEMI_JOIN; }
}

JoinType AntiJoin() :
{
}
{
    [ <LEFT> ] <ANTI> <JOIN> { return JoinType.LEFT_ANTI_JOIN; }
}

/** x AT TIME ZONE y, which binds as close as a cast. */
void AtTimeZone(List<Object> list, ExprContext exprContext, Span s) :
{
    final List<Object> zone = new ArrayList<Object>();
}
{
    <AT> <TIME> <ZONE> {
        checkNonQueryExpression(exprContext);
    }
    AddExpression2b(zone, ExprContext.ACCEPT_SUB_QUERY) {
        InfixCasts.shiftLast(list, (SqlNode) SqlParserUtil.toTree(zone));
    }
}

/** unnest(list) among the columns of a query: a row for each element. */
SqlCall UnnestCall() :
{
    final Span s;
    final SqlNode list;
}
{
    <UNNEST> { s = span(); } <LPAREN>
    list = Expression(ExprContext.ACCEPT_SUB_QUERY)
    <RPAREN> {
        return Shorthands.UNNEST.createCall(s.end(this), list);
    }
}

/** The columns of a query; a comma may follow the last. */
void SelectItems(List<SqlNode> list) :
{
}
{
    AddSelectItem(list)
    ( LOOKAHEAD(2) <COMMA> AddSelectItem(list) )*
    [ LOOKAHEAD(1, { Shorthands.endsList(getToken(2)) }) <COMMA> ]
}

/** DISTINCT ON (a, b): the first row of each. */
SqlNodeList DistinctOn() :
{
    final Span s;
    final SqlNodeList list;
}
{
    <DISTINCT> { s = span(); } <ON> <LPAREN>
    list = ExpressionCommaList(s, ExprContext.ACCEPT_SUB_QUERY)
    <RPAREN> {
        return list;
    }
}

/** ORDER BY ALL may be descending and say where NULLs go, for all columns alike. */
void OrderDirection(List<SqlNode> list) :
{
}
{
    [
        <ASC>
    |
        <DESC> { list.set(0, SqlStdOperatorTable.DESC.createCall(getPos(), list.get(0))); }
    ]
    [
        <NULLS>
        (
            <FIRST> { list.set(0, SqlStdOperatorTable.NULLS_FIRST.createCall(getPos(), list.get(0))); }
        |
            <LAST> { list.set(0, SqlStdOperatorTable.NULLS_LAST.createCall(getPos(), list.get(0))); }
        )
    ]
}

/** [a, b], which is ARRAY[a, b]. */
SqlNode BracketedArray() :
{
    final Span s;
    SqlNodeList elements = SqlNodeList.EMPTY;
}
{
    <LBRACKET> { s = span(); }
    [ elements = ExpressionCommaList(s, ExprContext.ACCEPT_SUB_QUERY) ]
    <RBRACKET> {
        return SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR.createCall(s.end(this), elements.getList());
    }
}

/** {'a': 1, b: 2}, a row whose fields have names. */
SqlNode BracedRow() :
{
    final Span s;
    final List<String> names = new ArrayList<String>();
    final List<SqlNode> values = new ArrayList<SqlNode>();
}
{
    <LBRACE> { s = span(); }
    NamedField(names, values)
    ( <COMMA> NamedField(names, values) )*
    <RBRACE> {
        return new NamedRow(names).createCall(s.end(this), values);
    }
}

void NamedField(List<String> names, List<SqlNode> values) :
{
    final SqlNode text;
    final SqlIdentifier name;
}
{
    (
        text = TextLiteral() { names.add(((SqlLiteral) text).getValueAs(String.class)); }
    |
        name = SimpleIdentifier() { names.add(name.getSimple()); }
    )
    <COLON> AddExpression(values, ExprContext.ACCEPT_SUB_QUERY)
}

/** MAP {'a': 1, 'b': 2}, which is MAP['a', 1, 'b', 2]. */
SqlNode BracedMap() :
{
    final Span s;
    final List<SqlNode> entries = new ArrayList<SqlNode>();
}
{
    <MAP> { s = span(); } <LBRACE>
    MapEntry(entries)
    ( <COMMA> MapEntry(entries) )*
    <RBRACE> {
        return SqlStdOperatorTable.MAP_VALUE_CONSTRUCTOR.createCall(s.end(this), entries);
    }
}

void MapEntry(List<SqlNode> entries) :
{
    final SqlNode key;
}
{
    key = Literal() { entries.add(key); }
    <COLON> AddExpression(entries, ExprContext.ACCEPT_SUB_QUERY)
}

/** BIGINT '1', which is CAST('1' AS BIGINT). */
SqlNode TypedText() :
{
    final Span s;
    final SqlNode type;
    final SqlLiteral text;
}
{
    { s = Span.of(); }
    type = DataType()
    text = TextLiteral() {
        return SqlStdOperatorTable.CAST.createCall(s.add(type).end(this), text, type);
    }
}

/** Text between $$ and $$, in which nothing has a meaning. */
SqlLiteral DollarString() :
{
}
{
    <DOLLAR_QUOTED_STRING> {
        return SqlLiteral.createCharString(token.image.substring(2, token.image.length() - 2), getPos());
    }
}

/** What stands between the brackets of l[1], l[1:2], l[:2] or l[1:]. */
SqlNode Subscript() :
{
    final Span s;
    final SqlNode from;
    SqlNode to = null;
}
{
    <COLON> { s = span(); }
    [ to = Expression(ExprContext.ACCEPT_SUB_QUERY) ] {
        return Slice.bounds(s.end(this), null, to);
    }
|
    from = Expression(ExprContext.ACCEPT_SUB_QUERY)
    [
        <COLON> { s = span(); }
        [ to = Expression(ExprContext.ACCEPT_SUB_QUERY) ] {
            return Slice.bounds(s.end(this), from, to);
        }
    ]
    {
        return from;
    }
}

/** A FROM clause of which a sample may be taken. */
SqlNode SampledFrom() :
{
    SqlNode from;
}
{
    from = FromClause()
    [ LOOKAHEAD(2) <USING> <SAMPLE> from = Sample(from, Shorthands.USING_SAMPLE) ] {
        return from;
    }
}

/** 10%, 10 PERCENT, 10 ROWS, 10% (BERNOULLI, 42), BERNOULLI (10), RESERVOIR (10 ROWS), each with REPEATABLE (42). */
SqlNode Sample(SqlNode table, SqlOperator operator) :
{
    final Span s;
    SqlIdentifier method = null;
    final SqlNode size;
    SqlNode seed = null;
}
{
    { s = span(); }
    (
        size = SampleSize()
        [ <LPAREN> method = SimpleIdentifier() [ <COMMA> seed = UnsignedNumericLiteral() ] <RPAREN> ]
    |
        method = SimpleIdentifier() <LPAREN> size = SampleSize() <RPAREN>
    )
    [ <REPEATABLE> <LPAREN> seed = UnsignedNumericLiteral() <RPAREN> ]
    {
        return SampleClause.of(operator, s.end(this), table, method, size, seed);
    }
}

/** A number, and what it counts. */
SqlNode SampleSize() :
{
    final SqlNode number;
}
{
    number = UnsignedNumericLiteral()
    (
        ( <PERCENT_REMAINDER> | <PERCENT> ) { return SampleClause.PERCENT.createCall(getPos(), number); }
    |
        <ROWS> { return SampleClause.ROWS.createCall(getPos(), number); }
    |
        { return number; }
    )
}
