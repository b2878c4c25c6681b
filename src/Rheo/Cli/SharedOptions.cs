using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Rheo.Cli;

/// <summary>Options that mean the same in every command, so that they read the same.</summary>
internal static class SharedOptions
{
    public static readonly string[] SortKeys = ["bytes", "packets", "rate", "rtt", "last", "first"];

    public static Option<string[]> Interfaces() => new("--interface", "-i")
    {
        Description = "Watch these interfaces only; shell patterns, repeatable (default: all)",
        HelpName = "GLOB",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<TimeSpan?> Duration() => new("--duration")
    {
        Description = "Watch this long, then print and end: 500ms, 10s, 2m, 1h",
        HelpName = "TIME",
        CustomParser = result => Cli.Duration.TryParse(Word(result), out var duration)
            ? duration
            : Refuse<TimeSpan?>(result, $"--duration: '{Word(result)}' is not a duration; write 500ms, 10s, 2m or 1h"),
    };

    public static Option<OutputFormat> Output() => new("--output", "-o")
    {
        Description = "table (default), wide, json (one object a line) or csv",
        HelpName = "FORMAT",
        CustomParser = result => Enum.TryParse<OutputFormat>(Word(result), ignoreCase: true, out var format) && !char.IsDigit(Word(result)[0])
            ? format
            : Refuse<OutputFormat>(result, $"--output: '{Word(result)}' is none of table, wide, json, csv"),
    };

    public static Option<string> Sort() => new("--sort")
    {
        Description = "bytes, packets, rate, rtt, last or first: the greatest first; first: the oldest first",
        HelpName = "KEY",
        DefaultValueFactory = _ => SortKeys[0],
        CustomParser = result => SortKeys.Contains(Word(result))
            ? Word(result)
            : Refuse<string>(result, $"--sort: '{Word(result)}' is none of {string.Join(", ", SortKeys)}"),
    };

    public static Option<int?> MaxConversations() =>
        Positive("--max-conversations", "Remember at most so many conversations (default 1000000)");

    public static Option<int?> Positive(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => int.TryParse(Word(result), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : Refuse<int?>(result, $"{name}: '{Word(result)}' is not a whole number above 0"),
    };

    public static Argument<string[]> Filter()
    {
        var filter = new Argument<string[]>("FILTER")
        {
            Description = "What to show, in the words of tcpdump: tcp and port 443",
            Arity = ArgumentArity.ZeroOrMore,
        };
        filter.Validators.Add(RefuseUnknownOptions);
        return filter;
    }

    public static string Word(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";

    public static T Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default!;
    }

    // Trailing words would otherwise swallow a mistyped option and leave a strange filter error.
    private static void RefuseUnknownOptions(ArgumentResult result)
    {
        var command = ((CommandResult)result.Parent!).Command;
        foreach (var word in result.Tokens.Select(token => token.Value).Where(word => word.Length > 1 && word[0] == '-'))
        {
            var known = command.Options.SelectMany(option => option.Aliases.Prepend(option.Name));
            var nearest = Spelling.Nearest(word.Split('=', 2)[0], known.Where(name => name.StartsWith("--", StringComparison.Ordinal)));
            result.AddError($"unknown option '{word}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?"));
        }
    }
}
