using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Rheo.Interop;

namespace Rheo.Cli;

/// <summary>The library's help, then what the reader came for: examples, and the bounds that hold.</summary>
internal sealed class HelpWithExamples(HelpAction help, string after) : SynchronousCommandLineAction
{
    private const int StandardOutput = 1;

    /// <summary>What stands after the library's help.</summary>
    public string After => after;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult result)
    {
        // The library would ask Console for the width, which sends the terminal sequences that nobody takes back.
        help.MaxWidth = HelpLayout.WidthOf(TerminalCalls.Size(StandardOutput).Columns);
        help.Invoke(result);
        result.InvocationConfiguration.Output.WriteLine(HelpLayout.Fit(after, help.MaxWidth));
        return ExitCode.Success;
    }

    /// <summary>Adds the text to the help of one command.</summary>
    public static void Attach(Command command, string after)
    {
        // Each command has its own, so none is handed down; "-?" and "/h" are not of this system.
        var option = new HelpOption("--help", "-h") { Description = "Show help", Recursive = false };
        option.Action = new HelpWithExamples((HelpAction)option.Action!, after);
        command.Options.Add(option);
    }
}
