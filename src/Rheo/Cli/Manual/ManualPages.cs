using System.CommandLine;
using System.CommandLine.Help;
using Rheo.Cli.Settings;

namespace Rheo.Cli.Manual;

/// <summary>The manual, made from the command model and the table of settings: what <c>--help</c> says, and no other truth.</summary>
/// <param name="root">The command model.</param>
internal sealed class ManualPages(RootCommand root)
{
    /// <summary>All pages by file name: <c>rheo.1</c>, <c>rheo-flows.1</c>, <c>rheo.yaml.5</c>.</summary>
    public IEnumerable<(string Name, string Text)> All() =>
        Commands(root).Select(command => (PageName(command) + ".1", Page(command))).Append(("rheo.yaml.5", SettingsPage()));

    private static IEnumerable<Command> Commands(Command command) =>
        command.Subcommands.Where(child => !child.Hidden).SelectMany(Commands).Prepend(command);

    private static string PageName(Command command) => CommandLine.FullName(command).Replace(' ', '-');

    private string Page(Command command)
    {
        var help = new HelpText(command.Options.OfType<HelpOption>().Select(option => option.Action).OfType<HelpWithExamples>().Single().After);
        var page = new Roff(PageName(command), 1).Section("NAME")
            .Line($"{Roff.Escape(PageName(command))} \\- {Roff.Escape(command.Description!.TrimEnd('.'))}")
            .Section("SYNOPSIS").Line(Synopsis(command));
        WriteRemarks(page, command, help);
        WriteCommands(page, command);
        WriteOptions(page, command);
        WriteExamples(page, help);
        if (help.ExitCodes is { } codes)
            page.Section("EXIT STATUS").Line(Roff.Escape(codes.Replace('\n', ' ')));
        return page.Section("SEE ALSO").Line(SeeAlso(command)).ToString();
    }

    private static string Synopsis(Command command)
    {
        var words = new List<string> { Roff.Bold(CommandLine.FullName(command)) };
        if (command.Subcommands.Count > 0)
            words.Add(command is RootCommand ? Roff.Italic("COMMAND") : $"[{Roff.Italic("COMMAND")}]");
        words.Add($"[{Roff.Italic("OPTION")} ...]");
        words.AddRange(command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues > 0
            ? Roff.Italic(argument.Name)
            : $"[{Roff.Italic(argument.Name)}{(argument.Arity.MaximumNumberOfValues > 1 ? " ..." : "")}]"));
        return string.Join(' ', words);
    }

    private static void WriteRemarks(Roff page, Command command, HelpText help)
    {
        page.Section("DESCRIPTION").Line(Roff.Escape(command.Description!.TrimEnd('.')) + ".");
        foreach (var argument in command.Arguments.Where(argument => argument.Description is not null))
            page.Term(Roff.Italic(argument.Name), Roff.Escape(argument.Description!));
        foreach (var remark in help.Remarks)
            page.Paragraph(string.Join('\n', remark.Split('\n').Select(line => Roff.Escape(line.Trim()))));
    }

    private static void WriteCommands(Roff page, Command command)
    {
        var commands = command.Subcommands.Where(child => !child.Hidden).ToList();
        if (commands.Count == 0)
            return;
        page.Section("COMMANDS");
        foreach (var child in commands)
            page.Term(Roff.Bold(CommandLine.FullName(child)), Roff.Escape(child.Description ?? ""));
    }

    private static void WriteOptions(Roff page, Command command)
    {
        page.Section("OPTIONS");
        foreach (var option in command.Options.Where(option => !option.Hidden))
        {
            var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length).Select(Roff.Bold));
            page.Term(option.HelpName is { } value ? $"{names} {Roff.Italic(value)}" : names, Roff.Escape(option.Description ?? ""));
        }
    }

    private static void WriteExamples(Roff page, HelpText help)
    {
        page.Section("EXAMPLES");
        foreach (var (command, meaning) in help.Examples)
        {
            if (meaning.Length > 0)
                page.Paragraph(Roff.Escape(char.ToUpperInvariant(meaning[0]) + meaning[1..]) + (meaning.EndsWith('?') ? "" : ":"));
            page.Verbatim(command);
        }
    }

    private string SeeAlso(Command command)
    {
        var others = Commands(root).Where(other => other != command && (command is RootCommand || other.Parents.Contains(command) || command.Parents.Contains(other)));
        return string.Join(",\n", others.Select(other => $"{Roff.Bold(PageName(other))}(1)").Append($"{Roff.Bold("rheo.yaml")}(5)"));
    }

    private string SettingsPage()
    {
        var page = new Roff("rheo.yaml", 5).Section("NAME")
            .Line("rheo.yaml \\- configuration of rheo agent")
            .Section("SYNOPSIS").Line(Roff.Italic("/etc/rheo/rheo.yaml"))
            .Section("DESCRIPTION")
            .Line("A YAML mapping of settings to values, one a line. What is not there keeps its default.")
            .Line("A variable of the environment outweighs the file, and a flag of")
            .Line(Roff.Bold("rheo agent") + " outweighs both.")
            .Paragraph("An unknown name is an error. The file is refused when it is a symbolic link, when others than its owner may write to it,")
            .Line("or when it belongs to neither root nor the user that reads it.")
            .Section("SETTINGS");
        foreach (var setting in AgentSettings.All)
            page.Term($"{Roff.Bold(setting.Name)}: {Roff.Italic(setting.HelpName)}", Describe(setting));
        return page.Section("EXAMPLES").Verbatim("interface: [eth*, wl*]")
            .Section("SEE ALSO").Line($"{Roff.Bold("rheo-agent")}(1),").Line($"{Roff.Bold("rheo-config")}(1)").ToString();
    }

    private static string Describe(Setting setting)
    {
        var text = $"{Roff.Escape(setting.Doc)}.\nFlag {Roff.Bold(setting.Flag)}, variable {Roff.Bold(setting.Variable)}.\n";
        if (setting.Default.Count > 0)
            text += $"Default: {Roff.Escape(string.Join(',', setting.Default))}.\n";
        return text + (setting.IsReloadable ? "SIGHUP applies a new value." : "A new value needs a restart.");
    }
}
