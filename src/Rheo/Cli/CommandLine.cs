using System.CommandLine;
using System.CommandLine.Parsing;
using Rheo.Cli.Completion;
using Rheo.Cli.Manual;
using Rheo.Cli.Settings;

namespace Rheo.Cli;

/// <summary>What a person types. Describes and reads it; what the commands do is given from outside.</summary>
public static class CommandLine
{
    private const string After =
        """
        Examples:
          rheo flows --duration 10s                       who talked to whom in ten seconds
          rheo top                                        the same, live, the fastest first
          rheo agent                                      run for ever, with a page on http://127.0.0.1:9460/

        'rheo COMMAND --help' says more.
        """;

    /// <summary>Reads the arguments and runs the command that they name. Returns the exit code.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="commands">What the commands do.</param>
    /// <param name="output">Where data goes.</param>
    /// <param name="error">Where messages go.</param>
    /// <param name="surroundings">The environment, and where the configuration is; null: those of this process.</param>
    public static int Run(string[] args, ICommands commands, TextWriter output, TextWriter error, Surroundings? surroundings = null)
    {
        var root = Build(commands, surroundings ?? Surroundings.OfThisProcess());
        // Response files (@FILE) would make an argument read files; nobody expects that here.
        var result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0)
            return ReportErrors(result, args, error);
        return result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
    }

    /// <summary>The command model, from which help, completion and manual pages are made.</summary>
    internal static RootCommand Build(ICommands commands, Surroundings surroundings)
    {
        var root = new RootCommand("Rheo sees what flows through this machine: every conversation, exactly counted.");
        root.Options.Clear();
        root.Options.Add(new VersionOption { Description = "Print the version" });
        HelpWithExamples.Attach(root, After);
        root.Subcommands.Add(FlowsCommand.Build(commands.Flows));
        root.Subcommands.Add(TopCommand.Build(commands.Top));
        root.Subcommands.Add(ConnsCommand.Build(commands.Conns));
        root.Subcommands.Add(DropsCommand.Build(commands.Drops));
        root.Subcommands.Add(AgentCommand.Build(commands.Agent, surroundings));
        root.Subcommands.Add(DoctorCommand.Build(commands.Doctor, surroundings));
        root.Subcommands.Add(CostCommand.Build(commands.Cost));
        root.Subcommands.Add(ConfigCommand.Build(commands, surroundings));
        root.Subcommands.Add(BenchCommand.Build(commands.Bench));
        root.Subcommands.Add(CompletionCommand.Build());
        root.Subcommands.Add(ManualCommand.Build(root));
        CompletionDirective.PutInto(root);
        return root;
    }

    private static int ReportErrors(ParseResult result, string[] args, TextWriter error)
    {
        var command = result.CommandResult.Command;
        var name = FullName(command);
        foreach (var message in Messages(result, command, args).Distinct())
            error.WriteLine($"{name}: {string.Join('\n', message.Split('\n').Select(Text.Message))}");
        error.WriteLine($"Try '{name} --help'.");
        return ExitCode.Usage;
    }

    /// <summary>The words that lead to a command: <c>rheo config check</c>.</summary>
    internal static string FullName(Command command) =>
        command is RootCommand ? "rheo" : $"{FullName(command.Parents.OfType<Command>().First())} {command.Name}";

    private static IEnumerable<string> Messages(ParseResult result, Command command, string[] args)
    {
        if (args.Length == 0)
            return [$"a command is missing: {string.Join(", ", command.Subcommands.Select(child => child.Name))}"];
        if (result.UnmatchedTokens.Count == 0)
            return result.Errors.Select(problem => problem.Message);
        return result.UnmatchedTokens.Select(word => Unknown(word, command));
    }

    private static string Unknown(string word, Command command)
    {
        var isOption = word.StartsWith('-');
        var known = isOption ? command.Options.Select(option => option.Name) : command.Subcommands.Select(child => child.Name);
        var nearest = Spelling.Nearest(word, known);
        var kind = isOption ? "unknown option" : command is RootCommand ? "unknown command" : "unexpected argument";
        return $"{kind} '{word}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?");
    }
}
