namespace Rheo.Model.Filters;

/// <summary>Kinds of token.</summary>
internal enum FilterTokenKind
{
    /// <summary>The end of the filter.</summary>
    End,

    /// <summary><c>(</c></summary>
    Open,

    /// <summary><c>)</c></summary>
    Close,

    /// <summary><c>not</c>, <c>!</c></summary>
    Not,

    /// <summary><c>and</c>, <c>&amp;&amp;</c></summary>
    And,

    /// <summary><c>or</c>, <c>||</c></summary>
    Or,

    /// <summary>Anything else between white space, parentheses and <c>! &amp; |</c>.</summary>
    Word,
}
