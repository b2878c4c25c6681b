namespace Rheo.Bench.Interop;

/// <summary><c>struct timespec</c> of a 64-bit Linux.</summary>
internal struct Timespec
{
    public long Seconds;
    public long Nanoseconds;

    public readonly long TotalNs => (Seconds * 1_000_000_000) + Nanoseconds;

    public static Timespec FromNs(long ns) => new() { Seconds = ns / 1_000_000_000, Nanoseconds = ns % 1_000_000_000 };
}
