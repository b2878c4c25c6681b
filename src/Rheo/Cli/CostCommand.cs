using System.CommandLine;

namespace Rheo.Cli;

/// <summary>The command line of <c>rheo cost</c>.</summary>
internal static class CostCommand
{
    private const string After =
        """
        Examples:
          sudo rheo cost                                  a second of the running agent, or of a capture of its own
          sudo rheo cost --duration 10s                   the same over ten seconds
          sudo rheo cost -o json | jq .kernel.core_percent

        Time for a run is what the kernel itself measures (BPF statistics, as bpftool shows them); they are on for that time
        only, cost every eBPF program on the machine some 60 ns a run meanwhile, and need CAP_SYS_ADMIN.

        Exit codes: 0 done, 1 failure, 2 usage, 3 missing rights or kernel support.
        """;

    public static Command Build(Func<CostOptions, int> run)
    {
        var duration = SharedOptions.Time("--duration", "Measure this long (default 1s)");
        var output = SharedOptions.Report();
        var agent = SharedOptions.Agent("Measure a running agent: auto (default: if there is one), never, or that of the PATH of its socket");
        var command = new Command("cost", "Measure what watching costs on this machine") { duration, output, agent };
        HelpWithExamples.Attach(command, After);
        command.SetAction(result => run(new CostOptions
        {
            Duration = result.GetValue(duration) ?? new CostOptions().Duration,
            Output = result.GetValue(output),
            Agent = result.GetValue(agent) ?? AgentChoice.Auto,
        }));
        return command;
    }
}
