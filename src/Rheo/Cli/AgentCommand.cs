using System.CommandLine;
using System.Net;

namespace Rheo.Cli;

/// <summary>The command line of <c>rheo agent</c>.</summary>
internal static class AgentCommand
{
    private const string After =
        """
        Examples:
          rheo agent                                      watch all, serve http://127.0.0.1:9460/ until SIGTERM
          rheo agent --listen [::1]:9500 -i 'eth*'        another address, some interfaces
          curl 'http://127.0.0.1:9460/api/v1/flows?filter=tcp+and+port+443&sort=rate&limit=20'

        Serves / (a live page), /metrics (Prometheus), /api/v1/flows (JSON), /healthz and /readyz.
        SIGTERM or Ctrl-C ends it cleanly, with 0.

        Memory: about 1 MiB a CPU in the kernel. The process holds at most --max-conversations (default 131072: some 40 MB,
        80 MB while all of them are active); beyond it the longest idle are folded into one sum, and counted.

        Exit codes: 0 done, 1 failure (a port in use, ...), 2 usage, 3 missing rights or kernel support.
        """;

    public static Command Build(Func<AgentOptions, int> run)
    {
        var listen = Listen();
        var interfaces = SharedOptions.Interfaces();
        var maximum = SharedOptions.MaxConversations();
        var command = new Command("agent", "Watch all the time; serve a page, an API and Prometheus metrics")
        {
            listen, interfaces, maximum,
        };
        HelpWithExamples.Attach(command, After);
        command.SetAction(result => run(new AgentOptions
        {
            Listen = result.GetValue(listen)!,
            Interfaces = result.GetValue(interfaces) ?? [],
            MaxConversations = result.GetValue(maximum) ?? new AgentOptions().MaxConversations,
        }));
        return command;
    }

    private static Option<IPEndPoint> Listen() => new("--listen")
    {
        Description = "Serve HTTP here; a loopback address",
        HelpName = "ADDRESS:PORT",
        DefaultValueFactory = _ => new AgentOptions().Listen,
        CustomParser = result =>
        {
            var error = ListenAddress.TryParse(SharedOptions.Word(result), out var endpoint);
            return error is null ? endpoint : SharedOptions.Refuse<IPEndPoint>(result, "--listen: " + error);
        },
    };
}
