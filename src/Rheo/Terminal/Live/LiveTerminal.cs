namespace Rheo.Terminal.Live;

/// <summary>
/// Whether the process has a terminal to draw on. Asked without .NET's console, whose looking sends sequences and sets modes.
/// </summary>
public static class LiveTerminal
{
    /// <summary>The descriptor of the keys.</summary>
    public const int Input = 0;

    private const int Output = 1;

    /// <summary>Whether it may be coloured: NO_COLOR.</summary>
    public static bool IsStyled => Screen.Decide(redirected: false, Environment.GetEnvironmentVariable, () => 0).Styled;

    /// <summary>Why there can be no live screen; null when there can.</summary>
    public static string? Refusal()
    {
        if (!FullScreen.IsTerminal(Input))
            return "a live screen needs a terminal, and standard input is none";
        if (!FullScreen.IsTerminal(Output))
            return "a live screen needs a terminal, and standard output is none";
        return Environment.GetEnvironmentVariable("TERM") == "dumb" ? "a live screen needs more than TERM=dumb can do" : null;
    }
}
