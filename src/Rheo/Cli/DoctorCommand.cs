using System.CommandLine;
using System.Net;
using Rheo.Cli.Settings;

namespace Rheo.Cli;

/// <summary>The command line of <c>rheo doctor</c>.</summary>
internal static class DoctorCommand
{
    private const string After =
        """
        Examples:
          sudo rheo doctor                                is all well on this machine, and if not, what helps
          sudo rheo doctor -o json | jq '.findings[] | select(.status != "ok")'
          sudo rheo doctor --verifier                     what the kernel's verifier says of each program

        It looks at the kernel, the hooks, the rights, the limits and other programs at our hooks; it sends probe packets through
        each hook in a private network namespace that is gone afterwards; and where an agent runs, it follows packets through that one
        to its metrics and its API. Nothing on the machine is changed.

        Exit codes: 0 all is well, or only warnings; 1 the self-test or a balance fails; 2 usage; 3 missing rights or kernel support.
        """;

    public static Command Build(Func<DoctorOptions, int> run, Surroundings surroundings)
    {
        var output = SharedOptions.Report();
        var verifier = new Option<bool>("--verifier") { Description = "Print what the verifier says of each program" };
        var command = new Command("doctor", "Find out whether all is well, and what to do if not") { output, verifier };
        HelpWithExamples.Attach(command, After);
        command.SetAction(result => run(Agent(surroundings) with { Output = result.GetValue(output), Verifier = result.GetValue(verifier) }));
        return command;
    }

    // Where the configuration lets an agent listen, and how often it reads; as usual where it cannot be read, which rheo config tells better.
    private static DoctorOptions Agent(Surroundings surroundings)
    {
        try
        {
            var values = new SettingSources([], surroundings).Read(out _);
            var listen = values.Get(AgentSettings.Listen);
            var isAny = listen.Address.Equals(IPAddress.Any) || listen.Address.Equals(IPAddress.IPv6Any);
            return new DoctorOptions { Agent = isAny ? new(IPAddress.Loopback, listen.Port) : listen, ScanInterval = values.Get(AgentSettings.ScanInterval) };
        }
        catch (SettingsException)
        {
            return new DoctorOptions();
        }
    }
}
