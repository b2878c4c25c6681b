using System.Numerics;
using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// The flows of dropped packets as the kernel keeps them, a shard a CPU. It is mapped while it is read and no longer, since nobody asks
/// most of the time. Threads: any.
/// </summary>
internal sealed class DropFlows(BpfMap map)
{
    /// <summary>Over all CPUs: 1.8 MiB.</summary>
    private const int MostFlows = 1 << 14;

    private const int MostSetsOfACpu = 1 << 10;
    private const int LeastSetsOfACpu = 1 << 5;

    // A slot changes hands within some ten nanoseconds, unless its writer's CPU is taken from it meanwhile.
    private const int MostLooks = 8;

    /// <summary>Sizes the table for this machine and seeds its hash, before it is loaded.</summary>
    internal static void Prepare(DropBpf bpf)
    {
        var cpus = PossibleCpus.Numbers;
        var sets = Math.Clamp(MostFlows / (int)DropLimit.Ways / cpus, LeastSetsOfACpu, MostSetsOfACpu);
        var bits = BitOperations.Log2((uint)sets);
        bpf.Object.Map("drop_flows").MaxEntries = cpus << bits;
        bpf.Rodata.DropShift = 64 - (uint)bits;
        HashSeed.Fill(bpf.Rodata.DropSeed);
    }

    /// <summary>All that are there. A flow whose packets are dropped on several CPUs comes once for each.</summary>
    /// <param name="ofSockets">Only those of these sockets; null: all.</param>
    internal List<(DropFlow Key, DropCounts Counts)> Read(IReadOnlySet<ulong>? ofSockets = null)
    {
        var found = new List<(DropFlow, DropCounts)>();
        using var table = new MappedArray<DropSet>(map);
        foreach (ref readonly var set in table.Span)
        {
            foreach (ref readonly var slot in (ReadOnlySpan<DropSlot>)set.Slot)
            {
                if (TryCopy(in slot, out var copy) && (ofSockets is null || ofSockets.Contains(copy.Flow.Socket)))
                    found.Add((copy.Flow, copy.Counts));
            }
        }

        return found;
    }

    private static bool TryCopy(ref readonly DropSlot slot, out DropSlot copy)
    {
        copy = default;
        for (var look = 0; look < MostLooks; look++)
        {
            var version = Volatile.Read(in slot.Version);
            if (version == 0)
                return false;
            copy = slot;
            Interlocked.MemoryBarrier();
            if ((version & 1) == 0 && Volatile.Read(in slot.Version) == version)
                return true;
        }

        return false;
    }
}
