using System.CommandLine;

namespace Rheo.Cli.Completion;

/// <summary>The command line of <c>rheo completion</c>.</summary>
internal static class CompletionCommand
{
    private const string After =
        """
        Examples:
          source <(rheo completion bash)                                              this bash, until it ends
          rheo completion zsh > "${fpath[1]}/_rheo"                                   every zsh
          rheo completion fish > ~/.config/fish/completions/rheo.fish                 every fish

        The Debian package brings all three.

        Exit codes: 0 done, 2 usage.
        """;

    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    public static Command Build()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish", HelpName = "SHELL" };
        shell.CompletionSources.Add(Shells);
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && !Shells.Contains(word.Value))
                result.AddError($"'{word.Value}' is none of {string.Join(", ", Shells)}");
        });
        var command = new Command("completion", "Print what a shell needs to complete rheo's commands, flags and values") { shell };
        HelpWithExamples.Attach(command, After);
        command.SetAction(result => result.InvocationConfiguration.Output.Write(Script(result.GetValue(shell)!)));
        return command;
    }

    private static string Script(string shell)
    {
        using var script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion/rheo.{shell}")!;
        return new StreamReader(script).ReadToEnd();
    }
}
