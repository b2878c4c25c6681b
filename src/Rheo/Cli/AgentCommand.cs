using System.CommandLine;
using Rheo.Cli.Settings;

namespace Rheo.Cli;

/// <summary>The command line of <c>rheo agent</c>. Its flags are the table of settings.</summary>
internal static class AgentCommand
{
    private const string After =
        """
        Examples:
          rheo agent                                      watch all, serve http://127.0.0.1:9460/ until SIGTERM
          rheo agent --listen [::1]:9500 -i 'eth*'        another address, some interfaces
          curl 'http://127.0.0.1:9460/api/v1/flows?filter=tcp+and+port+443&sort=rate&limit=20'

        Serves / (a live page), /metrics (Prometheus), /api/v1/flows and /status (JSON; /api/v1/openapi.json says all), /healthz, /readyz.
        SIGTERM or Ctrl-C ends it cleanly, with 0. SIGHUP reads the configuration again, applies what can be applied and says what
        needs a restart. SIGUSR2 has the program that now stands in its file take over, in the same process: no packet is missed.

        Every flag can be a line of the configuration file (--max-conversations: max_conversations) or a variable
        (RHEO_MAX_CONVERSATIONS). A flag outweighs a variable, a variable outweighs the file. 'rheo config' shows what holds.

        Two processes: the one you start keeps CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN, loads and attaches; the other, without any
        right, reads and serves. If that one dies, another takes its place within a second.

        Memory: about 1 MiB a CPU in the kernel. The process holds at most --max-conversations (default 131072: some 40 MB,
        80 MB while all of them are active); beyond it the longest idle are folded into one sum, and counted.

        Exit codes: 0 done, 1 failure (a port in use, ...), 2 usage or configuration, 3 missing rights or kernel support.
        """;

    public static Command Build(Func<AgentOptions, int> run, Surroundings surroundings)
    {
        var command = new Command("agent", "Watch all the time; serve a page, an API and Prometheus metrics");
        var flags = SettingFlags.AddTo(command);
        HelpWithExamples.Attach(command, After);
        command.SetAction(result =>
        {
            var sources = flags.Sources(result, surroundings);
            return SettingReport.Read(sources, "rheo agent", result.InvocationConfiguration.Error) is { } values
                ? run(AgentOptions.From(values) with { Sources = sources })
                : ExitCode.Usage;
        });
        return command;
    }
}
