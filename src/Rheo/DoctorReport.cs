namespace Rheo;

/// <summary>All that the doctor found.</summary>
/// <param name="Findings">Every finding, in the order of the checks.</param>
/// <param name="Chain">From the wire to each sink, of the probe packets in the private network; empty when they could not be sent.</param>
/// <param name="AgentChain">The same through the running agent; empty without one.</param>
public sealed record DoctorReport(IReadOnlyList<Finding> Findings, IReadOnlyList<ChainStage> Chain, IReadOnlyList<ChainStage> AgentChain)
{
    /// <summary>How the command ends.</summary>
    public int ExitCode =>
        Fails(area => area == FindingArea.Support) ? Rheo.ExitCode.MissingSupport : Fails(_ => true) ? Rheo.ExitCode.Failure : Rheo.ExitCode.Success;

    private bool Fails(Func<FindingArea, bool> among) =>
        Findings.Any(finding => finding.Status == FindingStatus.Fail && among(finding.Area));
}
