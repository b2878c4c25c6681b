namespace Rheo.Cli.Settings;

/// <summary>What one value looks like, in the words of JSON schema.</summary>
/// <param name="Type"><c>string</c>, <c>integer</c> or <c>boolean</c>.</param>
public sealed record SettingShape(string Type)
{
    /// <summary>Any text.</summary>
    public static readonly SettingShape Text = new("string");

    /// <summary>True or false.</summary>
    public static readonly SettingShape Boolean = new("boolean");

    /// <summary>The least number.</summary>
    public long? Minimum { get; init; }

    /// <summary>The greatest number.</summary>
    public long? Maximum { get; init; }

    /// <summary>A regular expression that good text fits.</summary>
    public string? Pattern { get; init; }

    /// <summary>The only words that are good.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>A whole number between two bounds, both included.</summary>
    public static SettingShape Number(long minimum, long maximum) => new("integer") { Minimum = minimum, Maximum = maximum };
}
