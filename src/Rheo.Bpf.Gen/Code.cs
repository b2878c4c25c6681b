using System.Text;

namespace Rheo.Bpf.Gen;

/// <summary>C# text with its indentation.</summary>
internal sealed class Code
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public override string ToString() => _text.ToString();

    public void Line(string text = "")
    {
        if (text.Length > 0)
            _text.Append(' ', _depth * 4).Append(text);
        _text.Append('\n');
    }

    public void Block(string head, Action body)
    {
        Line(head);
        Line("{");
        _depth++;
        body();
        _depth--;
        Line("}");
    }

    /// <summary>A doc comment; names from C are escaped, so that none can end the comment.</summary>
    public void Summary(string text) => Line($"/// <summary>{text}</summary>");

    /// <summary>Text from C within a doc comment.</summary>
    public static string Doc(string text) => new StringBuilder(Printable(text)).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString();

    /// <summary>A C# string literal.</summary>
    public static string Literal(string text) => $"\"{Printable(text).Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private static string Printable(string text) =>
        string.Concat(text.Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));
}
