namespace Rheo.Cli.Settings;

/// <summary>One thing that can be set: by a flag, a variable, or a line of the configuration file. All its names follow from one.</summary>
public abstract class Setting
{
    private protected Setting(string name, string[] defaults) => (Name, Default) = (name, defaults);

    /// <summary>The key in the configuration file: <c>max_conversations</c>.</summary>
    public string Name { get; }

    /// <summary>The words that hold when nothing is said; none: nothing is set, or the list is empty.</summary>
    public IReadOnlyList<string> Default { get; }

    /// <summary>What it does, as <c>--help</c> says it.</summary>
    public required string Doc { get; init; }

    /// <summary>What stands for the value in <c>--help</c>: <c>ADDRESS:PORT</c>.</summary>
    public required string HelpName { get; init; }

    /// <summary>The short flag, if it has one: <c>-i</c>.</summary>
    public string? Alias { get; init; }

    /// <summary>It may have several values: a list in YAML, a repeated flag, commas in the variable.</summary>
    public bool IsList { get; private protected init; }

    /// <summary>SIGHUP applies a new value; else it needs a restart.</summary>
    public bool IsReloadable { get; init; }

    /// <summary>Its value is not to be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What values look like, for the JSON schema.</summary>
    public SettingShape Shape { get; init; } = SettingShape.Text;

    /// <summary>The flag: <c>--max-conversations</c>.</summary>
    public string Flag => "--" + Name.Replace('_', '-');

    /// <summary>The environment variable: <c>RHEO_MAX_CONVERSATIONS</c>.</summary>
    public string Variable => "RHEO_" + Name.ToUpperInvariant();

    /// <summary>What is wrong with these words; null when nothing is.</summary>
    public abstract string? Complaint(IReadOnlyList<string> words);
}
