using System.Text;

namespace Rheo.Cli.Manual;

/// <summary>Writes the man macros of roff. All text is escaped here and nowhere else.</summary>
internal sealed class Roff
{
    private readonly StringBuilder _page = new();
    private bool _headed;

    /// <summary>Begins a page.</summary>
    public Roff(string name, int section) =>
        Line($".TH {Escape(name.ToUpperInvariant())} {section} {Release.Date} \"Rheo {Release.Version}\" \"Rheo\"");

    /// <summary>Text in bold.</summary>
    public static string Bold(string text) => $"\\fB{Escape(text)}\\fR";

    /// <summary>Text in italics: what a reader replaces.</summary>
    public static string Italic(string text) => $"\\fI{Escape(text)}\\fR";

    /// <summary>Text that stands for itself. A hyphen that can be copied is <c>\-</c>.</summary>
    public static string Escape(string text)
    {
        var escaped = text.Replace("\\", "\\e").Replace("-", "\\-")
            .Replace("'", "\\(aq").Replace("`", "\\(ga").Replace("~", "\\(ti").Replace("^", "\\(ha");
        return escaped.StartsWith('.') ? "\\&" + escaped : escaped;
    }

    /// <summary>A heading.</summary>
    public Roff Section(string title) => Line($".SH {Escape(title)}", isHeading: true);

    /// <summary>A paragraph of escaped text.</summary>
    public Roff Paragraph(string escaped) => Gap().Line(escaped);

    /// <summary>A term and what it means, both escaped.</summary>
    public Roff Term(string term, string meaning) => Line(".TP").Line(term).Line(meaning);

    /// <summary>A line as it stands, indented.</summary>
    public Roff Verbatim(string text) => Gap().Line(".RS 4").Line(".EX").Line(Escape(text)).Line(".EE").Line(".RE");

    /// <summary>A line of escaped text; never taken for a macro unless it is one of ours.</summary>
    public Roff Line(string escaped) => Line(escaped, isHeading: false);

    /// <inheritdoc/>
    public override string ToString() => _page.ToString();

    // A heading has its own gap.
    private Roff Gap() => _headed ? this : Line(".PP");

    private Roff Line(string escaped, bool isHeading)
    {
        _headed = isHeading;
        _page.Append(escaped).Append('\n');
        return this;
    }
}
