using System.Text;
using Rheo.Model;
using Rheo.Terminal.Live;

namespace Rheo.Terminal.Top;

/// <summary>The line in which a filter is typed, judged at each key. Immutable.</summary>
public sealed record FilterPrompt
{
    /// <summary>As much as anybody types; a paste of a book ends here.</summary>
    public const int MaxLength = 1000;

    /// <summary>What stands there.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Where the next character goes; never within a character.</summary>
    public int Caret { get; private init; }

    /// <summary>What is wrong with it; null when it is a filter.</summary>
    public FilterException? Error { get; private init; }

    /// <summary>The filter; everything passes while there is an error.</summary>
    public FlowFilter Filter { get; private init; } = FlowFilter.All;

    /// <summary>Begins with a text, the caret at its end.</summary>
    public static FilterPrompt Of(string text) => new FilterPrompt().With(text, text.Length);

    /// <summary>After a key that edits; the same when it does not.</summary>
    public FilterPrompt Press(Key key) => key.Name switch
    {
        KeyName.Character => Insert(key.Character),
        KeyName.Backspace => Remove(Left, Caret),
        KeyName.Delete => Remove(Caret, Right),
        KeyName.Left => this with { Caret = Left },
        KeyName.Right => this with { Caret = Right },
        KeyName.Home => this with { Caret = 0 },
        KeyName.End => this with { Caret = Text.Length },
        KeyName.Control => key.Character.Value switch
        {
            'a' => this with { Caret = 0 },
            'e' => this with { Caret = Text.Length },
            'u' => Remove(0, Caret),
            'k' => Remove(Caret, Text.Length),
            'w' => Remove(WordBefore, Caret),
            _ => this,
        },
        _ => this,
    };

    private int Left => Caret - (Caret > 1 && char.IsLowSurrogate(Text[Caret - 1]) ? 2 : Math.Min(Caret, 1));

    private int Right => Math.Min(Text.Length, Caret + (Caret < Text.Length && char.IsHighSurrogate(Text[Caret]) ? 2 : 1));

    private int WordBefore => Text.AsSpan(0, Caret).TrimEnd().LastIndexOf(' ') + 1;

    private FilterPrompt Insert(Rune character) =>
        Text.Length >= MaxLength ? this : With(Text.Insert(Caret, character.ToString()), Caret + character.Utf16SequenceLength);

    private FilterPrompt Remove(int from, int to) => With(Text.Remove(from, to - from), from);

    private FilterPrompt With(string text, int caret)
    {
        try
        {
            return new FilterPrompt { Text = text, Caret = caret, Filter = FlowFilter.Parse(text) };
        }
        catch (FilterException error)
        {
            return new FilterPrompt { Text = text, Caret = caret, Error = error };
        }
    }
}
