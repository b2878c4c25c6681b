namespace Rheo.Cli.Settings;

/// <summary>The configuration is wrong. The message has one line for each problem, each with its place.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>One line each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
