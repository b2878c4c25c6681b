using System.CommandLine;

namespace Rheo.Cli;

/// <summary>The command line of <c>rheo flows</c>.</summary>
internal static class FlowsCommand
{
    private const string After =
        """
        Examples:
          rheo flows                                      watch every interface for 5 s, print who talked to whom
          rheo flows --follow tcp and port 443            print TLS conversations as they appear, until Ctrl-C
          rheo flows -i 'eth*' --duration 1m -o json not host 10.0.0.1 | jq .bytes

        Filter words are those of tcpdump: host net port portrange src dst tcp udp sctp icmp icmp6 ip ip6 arp and or not ( );
        beside them keys, as in interface:eth* state:established 'rtt:>10ms' bytes:1M.. container:3f4a: interface, transport, type, state,
        flags, initiator, ended, tunnel, vni, rtt, retransmits, bytes, sent, received, packets, rate, duration, process, pid, uid,
        container, unit; src or dst before one of the last five asks one end alone (docs/filter.md).

        Without --duration and --follow it watches 5 s. Ctrl-C ends either early, prints what was seen, and exits with 0.

        Memory: about 1 MiB a CPU in the kernel. The process holds at most --max-conversations (default 131072: some 40 MB,
        80 MB while all of them are active); beyond it the longest idle are folded into one sum, and counted.

        Exit codes: 0 done, 1 failure, 2 usage, 3 missing rights or kernel support.
        """;

    public static Command Build(Func<FlowsOptions, int> run)
    {
        var duration = SharedOptions.Time("--duration", "Watch this long, then print and end: 500ms, 10s, 2m, 1h (default 5s)");
        var follow = new Option<bool>("--follow", "-f") { Description = "Print conversations as they appear, change and end" };
        var interval = SharedOptions.Time("--interval", "With --follow: print what goes on again after this long (default 1s)");
        var interfaces = SharedOptions.Interfaces();
        var output = SharedOptions.Output();
        var sort = SharedOptions.Sort();
        var limit = SharedOptions.Positive("--limit", "Print at most so many conversations");
        var maximum = SharedOptions.MaxConversations();
        var agent = SharedOptions.Agent();
        var filter = FilterArgument.Build();
        var command = new Command("flows", "Show who talks to whom, exactly counted")
        {
            duration, follow, interval, interfaces, output, sort, limit, maximum, agent, filter,
        };
        HelpWithExamples.Attach(command, After);
        command.SetAction(result => run(new FlowsOptions
        {
            Duration = result.GetValue(duration),
            Follow = result.GetValue(follow),
            Interfaces = result.GetValue(interfaces) ?? [],
            Output = result.GetValue(output),
            Order = result.GetValue(sort),
            Limit = result.GetValue(limit),
            Filter = FilterArgument.Read(result, filter),
            Interval = result.GetValue(interval) ?? new FlowsOptions().Interval,
            MaxConversations = result.GetValue(maximum) ?? new FlowsOptions().MaxConversations,
            Agent = result.GetValue(agent) ?? AgentChoice.Auto,
        }));
        return command;
    }
}
