using Rheo.Interop;

namespace Rheo.Terminal;

/// <summary>What the terminal at the other end can show.</summary>
/// <param name="Styled">Bold, dim and colour may be used.</param>
/// <param name="Width">Columns; a wide page when nobody looks.</param>
public sealed record Screen(bool Styled, int Width)
{
    private const int Output = 1;

    /// <summary>No terminal: a pipe or a file. Nothing is cut, nothing is coloured.</summary>
    public static readonly Screen None = new(Styled: false, Width: int.MaxValue);

    /// <summary>The same without an end at the right: for who has asked for every column.</summary>
    public Screen Endless => this with { Width = int.MaxValue };

    /// <summary>Looks at standard output and the environment: pipes, NO_COLOR, CLICOLOR_FORCE, TERM=dumb.</summary>
    public static Screen OfStandardOutput() =>
        Decide(Console.IsOutputRedirected, Environment.GetEnvironmentVariable, ConsoleWidth);

    /// <summary>The same decision over a given environment.</summary>
    public static Screen Decide(bool redirected, Func<string, string?> variable, Func<int> width)
    {
        var forced = variable("CLICOLOR_FORCE") is { Length: > 0 } and not "0";
        var refused = variable("NO_COLOR") is { Length: > 0 } || variable("TERM") is null or "" or "dumb";
        if (redirected)
            return None with { Styled = forced && !refused };
        return new Screen(!refused, width() is var columns and > 0 ? columns : 80);
    }

    /// <summary>The text in bold, where the terminal can.</summary>
    public string Bold(string text) => Styled ? $"\e[1m{text}\e[0m" : text;

    /// <summary>The text dimmed, where the terminal can.</summary>
    public string Dim(string text) => Styled ? $"\e[2m{text}\e[0m" : text;

    // Not Console.WindowWidth, which sends the terminal sequences that nobody takes back.
    private static int ConsoleWidth() => TerminalCalls.Size(Output).Columns;
}
