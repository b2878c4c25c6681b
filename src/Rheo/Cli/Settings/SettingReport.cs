namespace Rheo.Cli.Settings;

/// <summary>Reads settings for a command and tells a person what is wrong or odd about them.</summary>
internal static class SettingReport
{
    /// <summary>The settings; null when they are wrong, which was told then.</summary>
    public static SettingValues? Read(SettingSources sources, string command, TextWriter error)
    {
        try
        {
            var values = sources.Read(out var warnings);
            foreach (var warning in warnings)
                error.WriteLine($"{command}: warning: {Text.Message(warning)}");
            return values;
        }
        catch (SettingsException wrong)
        {
            foreach (var problem in wrong.Problems)
                error.WriteLine($"{command}: {Text.Message(problem)}");
            return null;
        }
    }
}
