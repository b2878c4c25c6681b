namespace Rheo.Terminal.Live;

/// <summary>One place on the screen.</summary>
/// <param name="Character">The code point; 0 for the right half of a character that is two columns wide.</param>
/// <param name="Look">How it looks.</param>
public readonly record struct Cell(int Character, Look Look)
{
    /// <summary>Nothing to see.</summary>
    public static readonly Cell Blank = new(' ', Look.Plain);
}
