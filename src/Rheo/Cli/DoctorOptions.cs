using System.Net;

namespace Rheo.Cli;

/// <summary>What <c>rheo doctor</c> was asked to do.</summary>
public sealed record DoctorOptions
{
    /// <summary>The shape of the output.</summary>
    public ReportFormat Output { get; init; }

    /// <summary>Where a running agent is asked.</summary>
    public IPEndPoint Agent { get; init; } = new(IPAddress.Loopback, AgentOptions.DefaultPort);

    /// <summary>How often it reads the kernel's tables.</summary>
    public TimeSpan ScanInterval { get; init; } = new AgentOptions().ScanInterval;

    /// <summary>Print what the verifier says of each program, and nothing else.</summary>
    public bool Verifier { get; init; }
}
