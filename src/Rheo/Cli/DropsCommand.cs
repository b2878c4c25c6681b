using System.CommandLine;
using Rheo.Model;
using Rheo.Model.Drops;

namespace Rheo.Cli;

/// <summary>The command line of <c>rheo drops</c>.</summary>
internal static class DropsCommand
{
    private const string After =
        """
        Examples:
          rheo drops --duration 10s --explain             what is dropped in ten seconds, why, and what to look at
          rheo drops --follow --by process                whose packets are dropped, each second, until Ctrl-C
          rheo drops --by flow -o json udp and port 53    of which name servers' answers, as JSON

        Reasons are the kernel's own (SKB_DROP_REASON_…, from Linux 5.17 on), read from the running kernel. The place is the function that
        let the packet go. What is no loss (a duplicate, a frame for another host, the queue of a closed socket) is left out without --all.
        SYNs for a full accept queue are asked of the listeners, since the kernel tells no drop. Drops of native XDP programs leave no trace
        here: the device counts them. A running agent is asked where there is one. With FILTER, and by flow or process, what is no flow is left out.
        Of the filter's keys drops have interface, transport, type, bytes, packets, and those about the process whose socket it was.

        Nothing is added to a packet that is not dropped. By flow or process, and with --examples, owners of sockets are learnt, too: that
        costs a look-up for a datagram of a socket that is not connected. Memory: 3 MiB in the kernel; 4,096 places are exact, and up to
        16,384 flows are kept, those that lose again and again rather than those that lost once.

        Exit codes: 0 done, 1 failure, 2 usage, 3 missing rights or kernel support.
        """;

    public static Command Build(Func<DropsOptions, int> run)
    {
        var duration = SharedOptions.Time("--duration", "Watch this long, then print and end: 500ms, 10s, 2m, 1h (default 5s)");
        var follow = new Option<bool>("--follow", "-f") { Description = "Print each second what was dropped in it" };
        var by = By();
        var all = new Option<bool>("--all", "-a") { Description = "Also what is no loss" };
        var examples = new Option<bool>("--examples") { Description = "Single packets: the first, second, fourth, eighth … of each place, at most 64" };
        var explain = new Option<bool>("--explain") { Description = "Say what each reason means and what to look at" };
        var output = SharedOptions.Output();
        var limit = SharedOptions.Positive("--limit", "Print at most so many rows");
        var agent = SharedOptions.Agent();
        var filter = FilterArgument.Build(FilterSubject.Drop);
        var command = new Command("drops", "Show which packets are dropped, where and why")
        {
            duration, follow, by, all, examples, explain, output, limit, agent, filter,
        };
        HelpWithExamples.Attach(command, After);
        command.SetAction(result => run(new DropsOptions
        {
            Duration = result.GetValue(duration),
            Follow = result.GetValue(follow),
            By = result.GetValue(by),
            All = result.GetValue(all),
            Examples = result.GetValue(examples),
            Filter = FilterArgument.Read(result, filter) is { Text.Length: > 0 } some ? some : null,
            Explain = result.GetValue(explain),
            Output = result.GetValue(output),
            Limit = result.GetValue(limit),
            Agent = result.GetValue(agent) ?? AgentChoice.Auto,
        }));
        return command;
    }

    private static Option<DropGrouping> By() => new("--by")
    {
        Description = "What a row stands for: place (default), reason, flow or process",
        HelpName = "KEY",
        CustomParser = result => SharedOptions.TryWord<DropGrouping>(SharedOptions.Word(result), out var value)
            ? value
            : SharedOptions.Refuse<DropGrouping>(result, $"--by: '{SharedOptions.Word(result)}' is none of place, reason, flow, process"),
    };
}
