namespace Rheo.Cli.Settings;

/// <summary>What a setting is set to, and by whom.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Words">One word; any number for a list; none when nothing is set.</param>
/// <param name="Origin">Where it comes from.</param>
public sealed record SettingValue(Setting Setting, IReadOnlyList<string> Words, Origin Origin)
{
    /// <summary>The value as a person reads it; never that of a secret.</summary>
    public string Text => Words.Count == 0 ? "" : Setting.IsSecret ? "(hidden)" : string.Join(',', Words);

    /// <summary>Both say the same, wherever they come from.</summary>
    public bool SaysTheSameAs(SettingValue other) => Words.SequenceEqual(other.Words);
}
