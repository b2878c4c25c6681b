using Rheo.Capture;
using Rheo.Cli;
using Rheo.Doctor;
using Rheo.Sinks;
using Rheo.Terminal;

namespace Rheo.Agent;

/// <summary>One run of <c>rheo doctor</c>.</summary>
internal static class DoctorRun
{
    /// <summary>Looks at everything, prints what was found, and gives the exit code.</summary>
    public static int Run(DoctorOptions options, Stream output, Screen screen)
    {
        using var text = new StreamWriter(output, leaveOpen: true);
        if (options.Verifier)
            return Verify(text);
        var report = Examine(options);
        if (options.Output == ReportFormat.Json)
            DoctorJson.Write(output, report);
        else
            DoctorTable.Write(text, screen, report);
        return report.ExitCode;
    }

    private static DoctorReport Examine(DoctorOptions options)
    {
        var machine = MachineChecks.All().ToList();
        var parts = PartTrial.Look().ToList();
        var neighbours = Neighbours.Look().ToList();
        var (selfTest, chain) = SelfTest.Run();
        var (agent, agentChain) = new AgentExam(new AgentPages(options.Agent, options.ScanInterval)).Run();
        return new DoctorReport([.. machine, .. parts, .. neighbours, .. selfTest, .. agent], chain, agentChain);
    }

    private static int Verify(TextWriter output)
    {
        var accepted = VerifierTrial.Run(out var lines);
        foreach (var line in lines)
            output.WriteLine(Text.Printable(line));
        return accepted ? ExitCode.Success : ExitCode.MissingSupport;
    }
}
