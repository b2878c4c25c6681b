using System.CommandLine;

namespace Rheo.Cli.Manual;

/// <summary>The command line of <c>rheo man</c>.</summary>
internal static class ManualCommand
{
    private const string After =
        """
        Examples:
          rheo man | man -l -                             read rheo(1)
          rheo man agent | man -l -                       read rheo-agent(1)
          rheo man --directory /usr/local/share/man       write all pages, each into its section's folder

        Exit codes: 0 done, 1 failure, 2 usage.
        """;

    private const string FirstPage = "rheo.1";

    public static Command Build(RootCommand root)
    {
        var page = new Argument<string?>("PAGE") { Description = "The page to print, or the command that it is about (default: rheo.1)", HelpName = "PAGE", Arity = ArgumentArity.ZeroOrOne };
        page.CompletionSources.Add(_ => Pages(root).All().Select(each => new System.CommandLine.Completions.CompletionItem(each.Name)));
        var directory = new Option<string>("--directory") { Description = "Write all pages under this folder, as man1/ and man5/", HelpName = "DIR" };
        var command = new Command("man", "Print a page of the manual, or write all of them") { page, directory };
        HelpWithExamples.Attach(command, After);
        command.SetAction(result => result.GetValue(directory) is { } folder
            ? WriteAll(Pages(root), folder, result.InvocationConfiguration.Error)
            : Print(Pages(root), result.GetValue(page) ?? FirstPage, result.InvocationConfiguration));
        return command;
    }

    private static ManualPages Pages(RootCommand root) => new(root);

    private static int Print(ManualPages pages, string name, InvocationConfiguration streams)
    {
        if (pages.All().FirstOrDefault(page => IsCalled(page.Name, name)).Text is { } text)
        {
            streams.Output.Write(text);
            return ExitCode.Success;
        }

        var nearest = Spelling.Nearest(name, pages.All().Select(page => page.Name));
        streams.Error.WriteLine($"rheo man: there is no page '{Text.Message(name)}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?"));
        return ExitCode.Usage;
    }

    // As the file is called, as man calls it, or by the command's words: rheo-config-check.1, rheo-config-check, config-check.
    private static bool IsCalled(string page, string name) =>
        page == name || page == $"{name}.1" || page == $"rheo-{name}.1" || page == $"{name}.5";

    private static int WriteAll(ManualPages pages, string folder, TextWriter error)
    {
        try
        {
            foreach (var (name, text) in pages.All())
            {
                var section = Directory.CreateDirectory(Path.Combine(folder, "man" + name[^1]));
                File.WriteAllText(Path.Combine(section.FullName, name), text);
            }

            return ExitCode.Success;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error.WriteLine("rheo man: " + Text.Printable(failure.Message));
            return ExitCode.Failure;
        }
    }
}
