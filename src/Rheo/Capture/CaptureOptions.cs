namespace Rheo.Capture;

/// <summary>What to watch and how large the kernel's flow table is.</summary>
public sealed record CaptureOptions
{
    /// <summary>16,384 flows of 64 bytes: 1 MiB a CPU, which the second-level cache of most machines holds.</summary>
    public const int DefaultTableEntries = 16_384;

    /// <summary>Patterns of interface names (<c>*</c>, <c>?</c>) to watch; none: all.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    /// <summary>Patterns of interface names to leave alone.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>
    /// IPv4 flows that the kernel's table holds, a CPU; rounded up to a power of two from 32 to 1,048,576. A quarter of it is added for wide
    /// flows (IPv6, tunnels), of 128 bytes each.
    /// </summary>
    public int TableEntries { get; init; } = DefaultTableEntries;

    /// <summary>From one sample of the programs' cost to the next; zero: none.</summary>
    public TimeSpan SampleInterval { get; init; }

    /// <summary>Attach as filters (cls_bpf) also where the kernel has tcx: the way of kernels below 6.6.</summary>
    public bool AsFilters { get; init; }

    /// <summary>How often the tables are read, once the first second is over.</summary>
    public TimeSpan ScanInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same while nothing flows; less than <see cref="ScanInterval"/>: as often as ever.</summary>
    public TimeSpan QuietInterval { get; init; }
}
