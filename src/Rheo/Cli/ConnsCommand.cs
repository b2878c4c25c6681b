using System.CommandLine;
using Rheo.Model;
using Rheo.Model.Connections;

namespace Rheo.Cli;

/// <summary>The command line of <c>rheo conns</c>.</summary>
internal static class ConnsCommand
{
    private const string After =
        """
        Examples:
          rheo conns                                      every TCP connection here, how it fares, and who is to blame
          rheo conns --slow 100ms tcp port 443 -o wide    what takes longer than that on port 443, with all figures
          rheo conns --listening                          listeners, their queues, and what those let go

        The figures are the kernel's own (those of ss -ti), of every network namespace; nothing is added to a packet. It watches 2 s to be
        able to judge. A verdict names the client application, the network, the queue of the server's kernel, or the server application, with
        the figures that it rests on (docs/conns.md). SENT and RECEIVED are this end's. The filter is that of rheo flows: source is who opened. Keys of what
        sockets do not know (interface, flags, tunnel, vni, rate) are refused.
        A running agent is asked where there is one; else programs of this command's own are loaded.

        Memory: 6 MiB in the kernel and 0.4 KB a socket; in the process 0.6 KB a connection, at most 131,072.

        Exit codes: 0 done, 1 failure, 2 usage, 3 missing rights or kernel support.
        """;

    public static Command Build(Func<ConnsOptions, int> run)
    {
        var duration = SharedOptions.Time("--duration", "Watch this long, then print and end: 500ms, 10s, 2m, 1h (default 2s)");
        var follow = new Option<bool>("--follow", "-f") { Description = "Print connections as they open and end" };
        var listening = new Option<bool>("--listening", "-l") { Description = "Show listeners and their queues" };
        var all = new Option<bool>("--all", "-a") { Description = "Also those that ended in order while it watched" };
        var state = State();
        var pid = SharedOptions.Positive("--pid", "Only those of this process");
        var container = new Option<string?>("--container") { Description = "Only those of containers whose id begins so", HelpName = "ID" };
        var slow = SharedOptions.Time("--slow", "Only where something takes longer: opening, a round trip, an answer, a closed window");
        var retransmitting = new Option<bool>("--retransmitting") { Description = "Only those that have sent segments again" };
        var output = SharedOptions.Output();
        var sort = Sort();
        var limit = SharedOptions.Positive("--limit", "Print at most so many");
        var agent = SharedOptions.Agent();
        var filter = FilterArgument.Build(FilterSubject.Connection);
        var command = new Command("conns", "Show TCP connections, how they fare and who is to blame")
        {
            duration, follow, listening, all, state, pid, container, slow, retransmitting, output, sort, limit, agent, filter,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(follow) && result.GetValue(listening))
                result.AddError("--follow and --listening do not go together: listeners neither open nor end; leave one of them out");
        });
        HelpWithExamples.Attach(command, After);
        command.SetAction(result => run(new ConnsOptions
        {
            Duration = result.GetValue(duration),
            Follow = result.GetValue(follow),
            Listening = result.GetValue(listening),
            Choice = new ConnectionChoice
            {
                All = result.GetValue(all),
                State = result.GetValue(state),
                Pid = result.GetValue(pid),
                Container = result.GetValue(container),
                Slow = result.GetValue(slow),
                Retransmitting = result.GetValue(retransmitting),
                Filter = FilterArgument.Read(result, filter),
            },
            Order = result.GetValue(sort),
            Output = result.GetValue(output),
            Limit = result.GetValue(limit),
            Agent = result.GetValue(agent) ?? AgentChoice.Auto,
        }));
        return command;
    }

    private static Option<ConnectionOrder> Sort()
    {
        var sort = new Option<ConnectionOrder>("--sort")
        {
            Description = "slow (default), rtt, retransmits, bytes or opened: the greatest or latest first",
            HelpName = "KEY",
            CustomParser = result => ConnectionWords.TryParse(SharedOptions.Word(result), out ConnectionOrder order)
                ? order
                : SharedOptions.Refuse<ConnectionOrder>(
                    result, $"--sort: '{SharedOptions.Word(result)}' is none of {string.Join(", ", ConnectionWords.OrderWords)}"),
        };
        sort.CompletionSources.Add([.. ConnectionWords.OrderWords]);
        return sort;
    }

    private static Option<ConnectionState?> State()
    {
        var state = new Option<ConnectionState?>("--state")
        {
            Description = "Only those in this state: established, syn_sent, close_wait, …, as ss writes them",
            HelpName = "STATE",
            CustomParser = result => ConnectionWords.TryParse(SharedOptions.Word(result), out ConnectionState value)
                ? value
                : SharedOptions.Refuse<ConnectionState?>(
                    result, $"--state: '{SharedOptions.Word(result)}' is none of {string.Join(", ", ConnectionWords.StateWords)}"),
        };
        state.CompletionSources.Add([.. ConnectionWords.StateWords]);
        return state;
    }
}
