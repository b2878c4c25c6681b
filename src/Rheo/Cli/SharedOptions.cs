using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Rheo.Model;

namespace Rheo.Cli;

/// <summary>Options that mean the same in every command, so that they read the same.</summary>
internal static class SharedOptions
{
    private const string WatchThrough = "Watch through a running agent: auto (default: if there is one), never, or the PATH of its socket";

    public static Option<string[]> Interfaces() => new("--interface", "-i")
    {
        Description = "Watch these interfaces only; shell patterns, repeatable (default: all)",
        HelpName = "GLOB",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => Duration.TryParse(Word(result), out var duration)
            ? duration
            : Refuse<TimeSpan?>(result, $"{name}: '{Word(result)}' is not a duration; write 500ms, 10s, 2m or 1h"),
    };

    public static Option<OutputFormat> Output() => new("--output", "-o")
    {
        Description = "table (default), wide (all columns), json (one object a line), yaml (one document each) or csv",
        HelpName = "FORMAT",
        CustomParser = result => TryWord<OutputFormat>(Word(result), out var format)
            ? format
            : Refuse<OutputFormat>(result, $"--output: '{Word(result)}' is none of table, wide, json, yaml, csv"),
    };

    public static Option<ReportFormat> Report()
    {
        var report = new Option<ReportFormat>("--output", "-o")
        {
            Description = "table (default) or json",
            HelpName = "FORMAT",
            CustomParser = result => Word(result) switch
            {
                "table" => ReportFormat.Table,
                "json" => ReportFormat.Json,
                var word => Refuse<ReportFormat>(result, $"--output: '{word}' is none of table, json"),
            },
        };
        report.CompletionSources.Add("table", "json");
        return report;
    }

    public static Option<ConversationOrder> Sort() => new("--sort")
    {
        Description = "bytes (default), packets, rate, rtt, last or first: the greatest or latest first",
        HelpName = "KEY",
        CustomParser = result => SortWords.TryParse(Word(result), out var order)
            ? order
            : Refuse<ConversationOrder>(result, $"--sort: '{Word(result)}' is none of {SortWords.List}"),
    };

    public static Option<int?> MaxConversations() =>
        Positive("--max-conversations", "Remember at most so many (default 131072)", ConversationTableOptions.MaxConversationsLimit);

    public static Option<int?> Positive(string name, string description, int greatest = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => int.TryParse(Word(result), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value > 0 && value <= greatest
            ? value
            : Refuse<int?>(result, $"{name}: '{Word(result)}' is not a whole number from 1 to {greatest}"),
    };

    public static Option<AgentChoice> Agent(string description = WatchThrough) => new("--agent")
    {
        Description = description,
        HelpName = "WHICH",
        CustomParser = result => AgentChoice.TryParse(Word(result), out var choice)
            ? choice
            : Refuse<AgentChoice>(result, $"--agent: '{Word(result)}' is none of auto, never, /PATH/OF/SOCKET"),
    };

    /// <summary>One of an enumeration's names, in any case: no number, and no list of them, which the library would take, too.</summary>
    public static bool TryWord<T>(string word, out T value)
        where T : struct, Enum
    {
        value = default;
        return word.All(char.IsAsciiLetter) && Enum.TryParse(word, ignoreCase: true, out value);
    }

    public static string Word(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";

    public static T Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default!;
    }
}
