using System.Runtime.CompilerServices;

namespace Rheo.Model.Connections;

/// <summary>The last readings of a connection's round trip, for their median: the kernel keeps a moving mean alone.</summary>
internal struct RttSamples
{
    /// <summary>15: half a minute and less of a connection that moves, in 60 bytes.</summary>
    private const int Most = 15;

    private Readings _readings;
    private byte _count;
    private byte _next;

    /// <summary>Remembers a reading, and forgets the oldest.</summary>
    public void Add(long rttNs)
    {
        _readings[_next] = (uint)Math.Min(rttNs / 1000, uint.MaxValue);
        _next = (byte)((_next + 1) % Most);
        _count = (byte)Math.Min(_count + 1, Most);
    }

    /// <summary>The one in the middle, in nanoseconds; 0 before the first.</summary>
    public readonly long MedianNs
    {
        get
        {
            Span<uint> sorted = stackalloc uint[Most];
            sorted = sorted[.._count];
            ((ReadOnlySpan<uint>)_readings)[.._count].CopyTo(sorted);
            sorted.Sort();
            return _count == 0 ? 0 : sorted[_count / 2] * 1000L;
        }
    }

    [InlineArray(Most)]
    private struct Readings
    {
        private uint _first;
    }
}
