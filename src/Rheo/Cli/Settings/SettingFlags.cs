using System.CommandLine;
using System.CommandLine.Parsing;

namespace Rheo.Cli.Settings;

/// <summary>The settings as flags of one command, and what its command line said.</summary>
internal sealed class SettingFlags
{
    private readonly Option<string> _file = new("--config")
    {
        Description = $"Read this configuration file (default: {new Surroundings(new Dictionary<string, string>()).UsualFile}, if it is there)",
        HelpName = "FILE",
    };

    private readonly List<(Setting Setting, Option<string[]> Option)> _options = [];

    /// <summary>Adds the flags to a command.</summary>
    public static SettingFlags AddTo(Command command)
    {
        var flags = new SettingFlags();
        foreach (var setting in AgentSettings.All)
        {
            var option = Build(setting);
            flags._options.Add((setting, option));
            command.Options.Add(option);
        }

        command.Options.Add(flags._file);
        return flags;
    }

    /// <summary>The sources of all settings, with what this command line said.</summary>
    public SettingSources Sources(ParseResult result, Surroundings surroundings) =>
        new([.. _options.Select(pair => Given(result, pair.Setting, pair.Option)).OfType<SettingValue>()], surroundings)
        {
            File = result.GetValue(_file),
        };

    private static SettingValue? Given(ParseResult result, Setting setting, Option<string[]> option) =>
        result.GetValue(option) is { Length: > 0 } words
            ? new SettingValue(setting, words, new Origin(OriginKind.Flag, setting.Flag))
            : null;

    private static Option<string[]> Build(Setting setting)
    {
        var option = new Option<string[]>(setting.Flag, setting.Alias is null ? [] : [setting.Alias])
        {
            Description = setting.Doc + (setting.Default.Count > 0 ? $" (default {string.Join(',', setting.Default)})" : ""),
            HelpName = setting.HelpName,
            Arity = setting.IsList ? ArgumentArity.OneOrMore : ArgumentArity.ExactlyOne,
            AllowMultipleArgumentsPerToken = false,
            CustomParser = result => [.. result.Tokens.Select(token => token.Value)],
        };
        option.Validators.Add(result => Validate(result, setting));
        foreach (var word in setting.Shape.Words)
            option.CompletionSources.Add(word);
        return option;
    }

    private static void Validate(OptionResult result, Setting setting)
    {
        if (setting.Complaint([.. result.Tokens.Select(token => token.Value)]) is { } complaint)
            result.AddError($"{setting.Flag}: {complaint}");
    }
}
