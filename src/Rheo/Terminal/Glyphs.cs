namespace Rheo.Terminal;

/// <summary>The characters that pictures are made of, for terminals that know Unicode and for those that do not.</summary>
/// <param name="Bars">From nothing to full, nine steps.</param>
/// <param name="Cut">Stands for what was left out.</param>
/// <param name="Arrow">From here to there.</param>
public sealed record Glyphs(string Bars, string Cut, string Arrow)
{
    /// <summary>Eighths of blocks.</summary>
    public static readonly Glyphs Unicode = new("·▁▂▃▄▅▆▇█", "…", "→");

    /// <summary>ASCII that gets darker.</summary>
    public static readonly Glyphs Ascii = new("._-~:=+*#", "~", ">");

    /// <summary>Those of the process's locale and terminal.</summary>
    public static Glyphs OfEnvironment() => Decide(Environment.GetEnvironmentVariable);

    /// <summary>The same decision over a given environment. No locale at all is what containers have, on a terminal that knows UTF-8.</summary>
    public static Glyphs Decide(Func<string, string?> variable)
    {
        // The fonts of the Linux console have no eighths.
        if (variable("TERM") == "linux")
            return Ascii;
        var locale = new[] { "LC_ALL", "LC_CTYPE", "LANG" }.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale is null || locale.Replace("-", "", StringComparison.Ordinal).EndsWith("utf8", StringComparison.OrdinalIgnoreCase)
            ? Unicode
            : Ascii;
    }
}
