<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Functions that users bring. -->

SqlNode CreateFunction(Span s, boolean replace, boolean aggregate) :
{
    final SqlIdentifier name;
    SqlNodeList parameters = null;
    SqlDataTypeSpec returnType = null;
    SqlNodeList columns = null;
    SqlIdentifier language = null;
    final SqlLiteral body;
    SqlLiteral jar = null;
}
{
    name = PlainName()
    [ parameters = ParameterList() ]
    [ <RETURNS> ( <TABLE> columns = ParameterList() | returnType = DataType() ) ]
    [ <LANGUAGE> language = SimpleIdentifier() ]
    <AS> body = FunctionBody()
    [ <USING> <JAR> jar = TextLiteral() ]
    {
        return new SqlCreateFunction(s.end(this), name, replace, aggregate, parameters, returnType,
            columns, language, body, jar);
    }
}

SqlNodeList ParameterList() :
{
    final Span s;
    final List<SqlNode> list = new ArrayList<SqlNode>();
}
{
    <LPAREN> { s = span(); }
    [ AddParameter(list) ( <COMMA> AddParameter(list) )* ]
    <RPAREN> {
        return new SqlNodeList(list, s.end(this));
    }
}

void AddParameter(List<SqlNode> list) :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
}
{
    name = SimpleIdentifier() type = DataType() {
        list.add(name);
        list.add(type);
    }
}

/** A string, or text between $$ and $$, in which nothing has a meaning. */
SqlLiteral FunctionBody() :
{
    final SqlLiteral literal;
}
{
    literal = TextLiteral() { return literal; }
|
    literal = DollarString() { return literal; }
}
