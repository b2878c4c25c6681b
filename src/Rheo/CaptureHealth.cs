namespace Rheo;

/// <summary>How the capture itself is doing. Immutable.</summary>
public sealed record CaptureHealth
{
    /// <summary>Nothing yet.</summary>
    public static CaptureHealth Empty { get; } = new();

    /// <summary>The tables: entries in use and room for them.</summary>
    public IReadOnlyList<Fill> Tables { get; init; } = [];

    /// <summary>The rings, in bytes: the most that waited at once since the scan before.</summary>
    public IReadOnlyList<Fill> Rings { get; init; } = [];

    /// <summary>How often the reading thread woke up. Only grows.</summary>
    public ulong WakeUps { get; init; }

    /// <summary>Scans of the tables. Only grows.</summary>
    public ulong Scans { get; init; }

    /// <summary>Time spent in scans, in seconds. Only grows.</summary>
    public double ScanSeconds { get; init; }

    /// <summary>How long the last scan took, in seconds.</summary>
    public double LastScanSeconds { get; init; }

    /// <summary>What others have put in our way.</summary>
    public InterferenceState Interference { get; init; } = InterferenceState.None;

    /// <summary>What the programs cost.</summary>
    public ProgramSample Sample { get; init; } = ProgramSample.None;
}
