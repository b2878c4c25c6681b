namespace Rheo.Cli.Settings;

/// <summary>What a second reading of the settings brings to an agent that runs.</summary>
/// <param name="Values">What holds from now on: new values of what can be reloaded, the old ones of the rest.</param>
/// <param name="Lines">What a person is told, one line each.</param>
public sealed record SettingChanges(SettingValues Values, IReadOnlyList<string> Lines)
{
    /// <summary>Compares what holds with what was read now.</summary>
    public static SettingChanges Between(SettingValues running, SettingValues read)
    {
        var values = new Dictionary<Setting, SettingValue>();
        var lines = new List<string>();
        foreach (var now in read.All)
        {
            var before = running[now.Setting];
            var isTaken = now.Setting.IsReloadable || now.SaysTheSameAs(before);
            values[now.Setting] = isTaken ? now : before;
            if (!now.SaysTheSameAs(before))
                lines.Add(isTaken ? $"{now.Setting.Name} is now {Text(now)} ({now.Origin})" : $"{now.Setting.Name} needs a restart; it stays {Text(before)}");
        }

        return new SettingChanges(new SettingValues(values), lines.Count > 0 ? lines : ["nothing has changed"]);
    }

    private static string Text(SettingValue value) => value.Words.Count > 0 ? value.Text : value.Setting.IsList ? "all or none, as if not set" : "not set";
}
