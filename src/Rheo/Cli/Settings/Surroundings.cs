using System.Collections;

namespace Rheo.Cli.Settings;

/// <summary>What the process finds around it: variables, and the place of the configuration file.</summary>
/// <param name="Variables">The environment.</param>
public sealed record Surroundings(IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>The variable that names the configuration file.</summary>
    public const string FileVariable = "RHEO_CONFIG";

    private const string Prefix = "RHEO_";

    /// <summary>The configuration file when nobody names one. It need not be there.</summary>
    public string UsualFile { get; init; } = "/etc/rheo/rheo.yaml";

    /// <summary>The configuration file that the environment names, if it does.</summary>
    public string? NamedFile => Variables.GetValueOrDefault(FileVariable) is { Length: > 0 } path ? path : null;

    /// <summary>Those of this process.</summary>
    public static Surroundings OfThisProcess() => new(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!));

    /// <summary>The settings that variables give. An empty variable says nothing.</summary>
    internal List<SettingValue> Read(List<string> problems)
    {
        var values = new List<SettingValue>();
        foreach (var setting in AgentSettings.All)
        {
            if (Variables.GetValueOrDefault(setting.Variable) is not { Length: > 0 } text)
                continue;
            string[] words = setting.IsList ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [text];
            if (setting.Complaint(words) is { } complaint)
                problems.Add($"{setting.Variable}: {complaint}");
            values.Add(new SettingValue(setting, words, new Origin(OriginKind.Environment, setting.Variable)));
        }

        return values;
    }

    /// <summary>
    /// Variables that look like one of ours with a slip. Others that begin as ours are let be: Kubernetes makes RHEO_SERVICE_HOST
    /// and the like for a service that is called rheo.
    /// </summary>
    internal List<string> Misspelt()
    {
        string[] known = [FileVariable, .. AgentSettings.All.Select(setting => setting.Variable)];
        return Variables.Keys
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(name))
            .Order(StringComparer.Ordinal)
            .Select(name => (name, nearest: Spelling.Nearest(name[Prefix.Length..], known.Select(right => right[Prefix.Length..]))))
            .Where(pair => pair.nearest is not null)
            .Select(pair => $"the variable {pair.name} is not known; did you mean {Prefix}{pair.nearest}?")
            .ToList();
    }
}
