using System.CommandLine;
using Rheo.Cli.Settings;

namespace Rheo.Cli;

/// <summary>The command line of <c>rheo config</c>.</summary>
internal static class ConfigCommand
{
    private const string After =
        """
        Examples:
          rheo config                                     each setting, its value, and where that comes from
          RHEO_LISTEN='[::1]:9500' rheo config -o yaml    the same as a file that could be used
          rheo config check my.yaml                       is this file good?

        The file is /etc/rheo/rheo.yaml unless --config or RHEO_CONFIG names another. Variables outweigh it, and flags outweigh them.

        Exit codes: 0 done, 1 failure, 2 something is wrong with the command line or the configuration.
        """;

    private const string AfterCheck =
        """
        Examples:
          rheo config check                               the file that the agent would read
          rheo config check my.yaml                       another one
          rheo config check my.yaml && sudo systemctl reload rheo

        Every mistake is told as FILE:LINE:COLUMN, on stderr.

        Exit codes: 0 it is good, 2 it is not.
        """;

    private const string AfterSchema =
        """
        Examples:
          rheo config schema > rheo.schema.json           for an editor that completes and checks YAML
          rheo config schema | jq '.properties | keys'    the names of all settings
          rheo config schema | jq .properties.listen      what one of them means

        Exit codes: 0 done, 1 failure, 2 usage.
        """;

    public static Command Build(ICommands commands, Surroundings surroundings)
    {
        var command = new Command("config", "Show each setting of the agent, its value, and where that comes from");
        var format = Format();
        command.Options.Add(format);
        var flags = SettingFlags.AddTo(command);
        HelpWithExamples.Attach(command, After);
        command.SetAction(result =>
            SettingReport.Read(flags.Sources(result, surroundings), "rheo config", result.InvocationConfiguration.Error) is { } values
                ? commands.Config(new ConfigOptions(values, result.GetValue(format)))
                : ExitCode.Usage);
        command.Subcommands.Add(Check(surroundings));
        command.Subcommands.Add(Schema());
        return command;
    }

    private static Command Check(Surroundings surroundings)
    {
        var file = new Argument<string?>("FILE") { Description = "The file to check (default: the one that the agent would read)", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("check", "Say whether a configuration file is good, and what is wrong with it") { file };
        HelpWithExamples.Attach(command, AfterCheck);
        command.SetAction(result => Check(new SettingSources([], surroundings) { File = result.GetValue(file) }, result.InvocationConfiguration));
        return command;
    }

    private static int Check(SettingSources sources, InvocationConfiguration streams)
    {
        if (sources.FileInUse is not { } path)
        {
            streams.Output.WriteLine("no configuration file; the defaults hold");
            return ExitCode.Success;
        }

        var problems = sources.FileProblems(path);
        foreach (var problem in problems)
            streams.Error.WriteLine("rheo config check: " + Text.Message(problem));
        if (problems.Count > 0)
            return ExitCode.Usage;
        streams.Output.WriteLine(Text.Printable(path) + " is good");
        return ExitCode.Success;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "Print the JSON schema of the configuration file");
        HelpWithExamples.Attach(command, AfterSchema);
        command.SetAction(result => result.InvocationConfiguration.Output.WriteLine(ConfigSchema.Write()));
        return command;
    }

    private static Option<ConfigFormat> Format() => new("--output", "-o")
    {
        Description = "table (default), yaml or json",
        HelpName = "FORMAT",
        CustomParser = result => SharedOptions.Word(result) switch
        {
            "table" => ConfigFormat.Table,
            "yaml" => ConfigFormat.Yaml,
            "json" => ConfigFormat.Json,
            var word => SharedOptions.Refuse<ConfigFormat>(result, $"--output: '{word}' is none of table, yaml, json"),
        },
    };
}
