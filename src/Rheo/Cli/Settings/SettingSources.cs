namespace Rheo.Cli.Settings;

/// <summary>Where settings come from: file, then environment, then flags. Can be read again while the agent runs.</summary>
/// <param name="Flags">What the command line said.</param>
/// <param name="Surroundings">The environment, and where the file is when nobody says.</param>
public sealed record SettingSources(IReadOnlyList<SettingValue> Flags, Surroundings Surroundings)
{
    /// <summary>The file that the command line names; null: the variable's, or the usual one.</summary>
    public string? File { get; init; }

    /// <summary>The file that would be read now; null when there is none, which is fine unless somebody named it.</summary>
    public string? FileInUse => File ?? Surroundings.NamedFile ?? (Path.Exists(Surroundings.UsualFile) ? Surroundings.UsualFile : null);

    /// <summary>Reads all sources.</summary>
    /// <param name="warnings">What is odd, but no reason to stop.</param>
    /// <exception cref="SettingsException">Something is wrong; all of it is told.</exception>
    public SettingValues Read(out IReadOnlyList<string> warnings)
    {
        var problems = new List<string>();
        IReadOnlyList<SettingValue> fromFile = FileInUse is { } file ? ConfigFile.Read(file, problems) : [];
        var fromVariables = Surroundings.Read(problems);
        if (problems.Count > 0)
            throw new SettingsException(problems);
        warnings = Surroundings.Misspelt();
        var values = Merge(fromFile, fromVariables, Flags);
        problems.AddRange(ServingRules.Complaints(values));
        return problems.Count == 0 ? values : throw new SettingsException(problems);
    }

    /// <summary>What is wrong with a file: a line of it, or what the settings together would make the agent serve. Variables are taken to be those of the agent, where they are right.</summary>
    internal IReadOnlyList<string> FileProblems(string path)
    {
        var problems = new List<string>();
        var fromFile = ConfigFile.Read(path, problems);
        var ofVariables = new List<string>();
        var fromVariables = Surroundings.Read(ofVariables);
        if (problems.Count == 0)
            problems.AddRange(ServingRules.Complaints(Merge(fromFile, ofVariables.Count == 0 ? fromVariables : [])));
        return problems;
    }

    private static SettingValues Merge(params IReadOnlyList<SettingValue>[] sources)
    {
        var values = new Dictionary<Setting, SettingValue>();
        foreach (var value in sources.SelectMany(source => source))
            values[value.Setting] = value;
        return new SettingValues(values);
    }
}
