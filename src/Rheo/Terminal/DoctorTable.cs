using System.Globalization;

namespace Rheo.Terminal;

/// <summary>The report of <c>rheo doctor</c> for a person: a line each finding, its way out under it, the chains, the sum.</summary>
public static class DoctorTable
{
    /// <summary>Prints everything.</summary>
    public static void Write(TextWriter output, Screen screen, DoctorReport report)
    {
        FindingArea? area = null;
        foreach (var finding in report.Findings)
        {
            if (area != finding.Area)
                output.WriteLine((area is null ? "" : "\n") + screen.Bold(Title(finding.Area)));
            area = finding.Area;
            output.WriteLine($"  {Styled(screen, finding.Status)} {finding.Summary}");
            if (finding.Fix is { } fix && finding.Status != FindingStatus.Ok)
                output.WriteLine($"          {screen.Dim("fix: " + fix)}");
        }

        WriteChain(output, screen, "From the wire to each sink, self-test", report.Chain);
        WriteChain(output, screen, "From the wire to each sink, agent", report.AgentChain);
        output.WriteLine();
        output.WriteLine(Sum(report));
        output.Flush();
    }

    private static void WriteChain(TextWriter output, Screen screen, string title, IReadOnlyList<ChainStage> chain)
    {
        if (chain.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine(screen.Bold(title));
        var width = chain.Max(stage => stage.Stage.Length);
        foreach (var stage in chain)
        {
            var packets = stage.Packets.ToString("#,0", CultureInfo.InvariantCulture).PadLeft(12);
            var verdict = stage.IsBalanced ? "" : string.Create(CultureInfo.InvariantCulture, $"  EXPECTED {stage.Expected}");
            output.WriteLine($"  {stage.Stage.PadRight(width)} {packets}  {stage.Meaning}{verdict}");
        }
    }

    private static string Sum(DoctorReport report)
    {
        int Count(FindingStatus status) => report.Findings.Count(finding => finding.Status == status);
        var (warnings, failures, unknown) = (Count(FindingStatus.Warn), Count(FindingStatus.Fail), Count(FindingStatus.Unknown));
        return failures > 0 ? $"{failures} failed, {Warnings(warnings)}, {unknown} unknown"
            : warnings + unknown > 0 ? $"Works; {Warnings(warnings)}, {unknown} unknown"
            : "All is well.";
    }

    private static string Warnings(int count) => count == 1 ? "1 warning" : $"{count} warnings";

    private static string Title(FindingArea area) => area switch
    {
        FindingArea.Support => "Kernel, hooks, rights",
        FindingArea.Neighbours => "Others at our hooks",
        FindingArea.SelfTest => "Self-test: probe packets through each hook, in a private network",
        _ => "Running agent",
    };

    private static string Styled(Screen screen, FindingStatus status)
    {
        var word = Words.Of(status).PadRight(7);
        return status switch
        {
            FindingStatus.Ok => screen.Dim(word),
            _ => screen.Bold(word),
        };
    }
}
