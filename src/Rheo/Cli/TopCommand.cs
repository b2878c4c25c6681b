using System.CommandLine;
using System.CommandLine.Parsing;
using Rheo.Model;

namespace Rheo.Cli;

/// <summary>The command line of <c>rheo top</c>.</summary>
internal static class TopCommand
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(50);

    private const string After =
        """
        Examples:
          rheo top                                        who talks to whom, the fastest first, until q
          rheo top -i 'eth*' --by process not port 22     processes on some interfaces, without ourselves
          rheo top --frames 1 --limit 5                   one frame as plain text, for a script or a note

        Keys: q quit, s or a letter (r b p t f l) sort, g group, / filter, space pause, arrows and Enter details, ? help.
        A live screen needs a terminal at both ends. For a pipe: --frames N, or 'rheo flows --follow'.

        Memory: about 1 MiB a CPU in the kernel. The process holds at most --max-conversations (default 131072: some 40 MB,
        80 MB while all of them are active); beyond it the longest idle are folded into one sum, and counted.

        Exit codes: 0 done, 1 failure, 2 usage (or no terminal), 3 missing rights or kernel support.
        """;

    public static Command Build(Func<TopOptions, int> run)
    {
        var interval = Interval();
        var frames = SharedOptions.Positive("--frames", "Print so many frames as plain text, and end");
        var interfaces = SharedOptions.Interfaces();
        var sort = Sort();
        var by = By();
        var limit = SharedOptions.Positive("--limit", "Show at most so many conversations (default 1000; with --frames 20)", 100_000);
        var maximum = SharedOptions.MaxConversations();
        var agent = SharedOptions.Agent();
        var filter = FilterArgument.Build();
        var command = new Command("top", "Watch who talks to whom, the fastest first, on a live screen")
        {
            interval, frames, interfaces, sort, by, limit, maximum, agent, filter,
        };
        HelpWithExamples.Attach(command, After);
        command.SetAction(result => run(new TopOptions
        {
            Interval = result.GetValue(interval),
            Frames = result.GetValue(frames),
            Interfaces = result.GetValue(interfaces) ?? [],
            Order = result.GetResult(sort) is null ? ConversationOrder.RateTenSeconds : result.GetValue(sort),
            By = result.GetValue(by),
            Limit = result.GetValue(limit),
            Filter = FilterArgument.Read(result, filter),
            MaxConversations = result.GetValue(maximum) ?? new TopOptions().MaxConversations,
            Agent = result.GetValue(agent) ?? AgentChoice.Auto,
        }));
        return command;
    }

    private static Option<ConversationOrder> Sort()
    {
        var sort = SharedOptions.Sort();
        sort.Description = "rate (default), bytes, packets, rtt, last or first: the greatest or latest first";
        return sort;
    }

    private static Option<TopGrouping> By()
    {
        var words = Enum.GetNames<TopGrouping>().Select(name => name.ToLowerInvariant()).ToArray();
        var by = new Option<TopGrouping>("--by")
        {
            Description = "What a row stands for: connection (default), process, container or host",
            HelpName = "KEY",
            CustomParser = result => Array.IndexOf(words, SharedOptions.Word(result)) is >= 0 and var at
                ? (TopGrouping)at
                : SharedOptions.Refuse<TopGrouping>(result, $"--by: '{SharedOptions.Word(result)}' is none of {string.Join(", ", words)}"),
        };
        by.CompletionSources.Add(words);
        return by;
    }

    private static Option<TimeSpan?> Interval()
    {
        var interval = SharedOptions.Time("--interval", "Draw this often (default 250ms; with --frames 1s)");
        interval.Validators.Add(RefuseHaste);
        return interval;
    }

    private static void RefuseHaste(OptionResult result)
    {
        if (result.Tokens.Count > 0 && Duration.TryParse(result.Tokens[^1].Value, out var asked) && asked < ShortestInterval)
            result.AddError($"--interval: '{result.Tokens[^1].Value}' is shorter than 50ms, and nobody sees that");
    }
}
