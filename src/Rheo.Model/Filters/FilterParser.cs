namespace Rheo.Model.Filters;

/// <summary>Reads a filter by recursive descent.</summary>
/// <remarks>
/// As pcap-filter(7) has it: <c>not</c> binds tightest; <c>and</c> and <c>or</c> bind alike and group from the left; a value without
/// qualifiers takes over the last ones. Depth and number of terms are bounded, so that no text can exhaust the stack.
/// </remarks>
internal sealed partial class FilterParser
{
    /// <summary>Parentheses and <c>not</c> inside one another: 64, more than anybody writes.</summary>
    private const int MaxDepth = 64;

    /// <summary>Terms of a filter: 1,024. A chain is evaluated as deep as it is long.</summary>
    private const int MaxTerms = 1024;

    private const string ATerm = "a term such as host, net, port, src, dst, tcp, udp, ip, a key such as interface:eth0, or (";

    private readonly List<FilterToken> _tokens;
    private readonly FilterSubject _subject;
    private Qualifiers _last;
    private int _at;
    private int _depth;
    private int _terms;

    private FilterParser(string text, FilterSubject subject) => (_tokens, _subject) = (FilterLexer.Read(text), subject);

    private FilterToken Current => _tokens[_at];

    public static FilterNode Parse(string text, FilterSubject subject = FilterSubject.Conversation)
    {
        var parser = new FilterParser(text, subject);
        if (parser.Current.Kind == FilterTokenKind.End)
            return new EveryTerm();
        var node = parser.ReadChain();
        if (parser.Current.Kind != FilterTokenKind.End)
            throw parser.Unexpected("and, or, or the end of the filter");
        return node;
    }

    private FilterNode ReadChain()
    {
        var left = ReadUnary();
        while (Current.Kind is FilterTokenKind.And or FilterTokenKind.Or)
        {
            var isAnd = Next().Kind == FilterTokenKind.And;
            var right = ReadUnary();
            left = isAnd ? new AllOf(left, right) : new AnyOf(left, right);
        }
        return left;
    }

    private FilterNode ReadUnary()
    {
        if (++_depth > MaxDepth || ++_terms > MaxTerms)
            throw Unexpected(_depth > MaxDepth ? $"at most {MaxDepth} parentheses inside one another" : $"at most {MaxTerms} terms");
        var node = Current.Kind switch
        {
            FilterTokenKind.Not => ReadNot(),
            FilterTokenKind.Open => ReadGroup(),
            FilterTokenKind.Word => ReadTerm(),
            _ => throw Unexpected(ATerm),
        };
        _depth--;
        return node;
    }

    private NotTerm ReadNot()
    {
        Next();
        return new NotTerm(ReadUnary());
    }

    private FilterNode ReadGroup()
    {
        Next();
        var node = ReadChain();
        if (Current.Kind != FilterTokenKind.Close)
            throw Unexpected("and, or, or )");
        Next();
        return node;
    }

    private FilterToken Next() => _tokens[_at++];

    private bool TryNext(string word)
    {
        if (Current.Kind != FilterTokenKind.Word || Current.Text != word)
            return false;
        _at++;
        return true;
    }

    private FilterException Unexpected(string expected, string? suggestion = null) => Unexpected(Current, expected, suggestion);

    private static FilterException Unexpected(FilterToken token, string expected, string? suggestion = null) =>
        new(token.Start + 1, token.Kind == FilterTokenKind.End ? "the end of the filter" : $"'{Shown(token.Text)}'", expected, suggestion);

    public static string Shown(string text)
    {
        var printable = string.Create(Math.Min(text.Length, 30), text, static (span, source) =>
        {
            for (var index = 0; index < span.Length; index++)
                span[index] = char.IsControl(source[index]) || char.IsSurrogate(source[index]) ? '?' : source[index];
        });
        return text.Length > 30 ? printable + "…" : printable;
    }
}
