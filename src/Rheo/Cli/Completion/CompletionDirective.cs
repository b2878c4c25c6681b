using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Rheo.Cli.Completion;

/// <summary>
/// What the shells ask: <c>rheo "[suggest:13]" "rheo flows -o "</c> prints what could stand at that column, one word a line.
/// The library's own directive offers every flag at every place, each spelling of it, and some twice.
/// </summary>
internal sealed partial class CompletionDirective : Directive
{
    private CompletionDirective()
        : base("suggest") => Action = new Suggest();

    /// <summary>Replaces the library's directive, and teaches the options the words of their values.</summary>
    public static void PutInto(RootCommand root)
    {
        KnownWords.Teach(root);
        root.Directives.Clear();
        root.Directives.Add(new CompletionDirective());
    }

    /// <summary>What could stand at a column of a line.</summary>
    internal static IEnumerable<string> At(RootCommand root, string line, int column)
    {
        var before = line[..Math.Clamp(column, 0, line.Length)];
        // The library knows a flag's value as a word of its own only; both spellings are equally long.
        before = FlagWithValue().Replace(before, "$1 ");
        var begun = before[(before.LastIndexOf(' ') + 1)..];
        var words = Offered(root, before)
            .Select(Word).Where(word => word.StartsWith(begun, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal).ToList();
        // Flags are in the way of commands and values, until somebody begins to write one or there is nothing else.
        var values = words.FindAll(word => word[0] != '-');
        return begun.Length > 0 || values.Count == 0 ? words.Where(word => word.Length > 2 || begun.Length == 2) : values;
    }

    private static IEnumerable<CompletionItem> Offered(RootCommand root, string before)
    {
        try
        {
            return CommandLineParser.Parse(root, before).GetCompletions(before.Length);
        }
        catch (InvalidOperationException)
        {
            return []; // the library looks for the word as it was typed, and a quoted one (-i "a b) it does not find
        }
    }

    [GeneratedRegex("( --[^ =]*)=")]
    private static partial Regex FlagWithValue();

    private static string Word(CompletionItem item) => item.InsertText ?? item.Label;

    private sealed class Suggest : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult result)
        {
            var root = (RootCommand)result.RootCommandResult.Command;
            var line = result.Tokens.LastOrDefault(token => token.Type != TokenType.Directive)?.Value ?? "";
            var value = result.GetResult(root.Directives.OfType<CompletionDirective>().Single())?.Values.FirstOrDefault();
            var column = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : line.Length;
            foreach (var word in At(root, line, column))
                result.InvocationConfiguration.Output.WriteLine(Text.Printable(word));
            return ExitCode.Success;
        }
    }
}
