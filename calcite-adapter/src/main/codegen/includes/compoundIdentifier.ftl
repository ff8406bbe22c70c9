<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Names. Replaces the productions that Calcite's template has under includeCompoundIdentifier: the name of a table may
     be followed by FOR VERSION AS OF, which becomes part of the name's last segment (x@1.2.0), so that schemas, plans and
     provenance see one name for one version. -->

/** A name in an expression: segments separated by dots, the last may be a star. */
SqlIdentifier CompoundIdentifier() :
{
    final List<String> names = new ArrayList<String>();
    final List<SqlParserPos> positions = new ArrayList<SqlParserPos>();
    boolean star = false;
}
{
    AddIdentifierSegment(names, positions)
    (
        LOOKAHEAD(2)
        <DOT>
        AddIdentifierSegment(names, positions)
    )*
    (
        LOOKAHEAD(2)
        <DOT>
        <STAR> {
            star = true;
            names.add("");
            positions.add(getPos());
        }
    )?
    {
        SqlParserPos pos = SqlParserPos.sum(positions);
        if (star) {
            return SqlIdentifier.star(names, pos, positions);
        }
        return new SqlIdentifier(names, null, pos, positions);
    }
}

/** A name without a version or a star, as that of something to create. */
SqlIdentifier PlainName() :
{
    final List<String> names = new ArrayList<String>();
    final List<SqlParserPos> positions = new ArrayList<SqlParserPos>();
}
{
    AddTableIdentifierSegment(names, positions)
    (
        LOOKAHEAD(2)
        <DOT>
        AddTableIdentifierSegment(names, positions)
    )*
    {
        return new SqlIdentifier(names, null, SqlParserPos.sum(positions), positions);
    }
}

/** The name of a table to read or change. */
SqlIdentifier CompoundTableIdentifier() :
{
    SqlIdentifier name;
    final SqlLiteral version;
}
{
    name = PlainName()
    [
        LOOKAHEAD(2)
        <FOR> <VERSION> <AS> <OF> version = VersionLiteral() {
            name = Versions.append(name, version);
        }
    ]
    {
        return name;
    }
}

/** A comma-separated list of names that may have types. */
void AddCompoundIdentifierTypes(List<SqlNode> list, List<SqlNode> extendList) :
{
}
{
    AddCompoundIdentifierType(list, extendList)
    (<COMMA> AddCompoundIdentifierType(list, extendList))*
}

/** Names that may have types, between parentheses. */
Pair<SqlNodeList, SqlNodeList> ParenthesizedCompoundIdentifierList() :
{
    final Span s;
    final List<SqlNode> list = new ArrayList<SqlNode>();
    final List<SqlNode> extendList = new ArrayList<SqlNode>();
}
{
    <LPAREN> { s = span(); }
    AddCompoundIdentifierTypes(list, extendList)
    <RPAREN> {
        return Pair.of(new SqlNodeList(list, s.end(this)), new SqlNodeList(extendList, s.end(this)));
    }
}
