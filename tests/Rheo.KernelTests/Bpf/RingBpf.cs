using System.Runtime.InteropServices;
using Rheo.Bpf;

namespace Rheo.KernelTests;

/// <summary>Orders to the programs of ring.bpf.c.</summary>
public sealed partial class RingBpf
{
    public const ulong NoWakeUp = 1; // BPF_RB_NO_WAKEUP
    public const ulong ForceWakeUp = 2; // BPF_RB_FORCE_WAKEUP

    /// <summary>Has records written; gives the order back with how many were, and how many the ring refused.</summary>
    public Order Produce(uint count, OrderFlag flags = 0, ulong wake = NoWakeUp)
    {
        var order = new Order { Count = count, Flags = (uint)flags, Wake = wake };
        Programs.Produce.TestRun(new TestRun { Context = MemoryMarshal.AsBytes(new Span<Order>(ref order)) });
        return order;
    }

    /// <summary>Has one record reserved, and written only when <c>State.Release</c> is set: run it on a thread of its own.</summary>
    public void Hold()
    {
        var order = default(Order);
        Programs.Hold.TestRun(new TestRun { Context = MemoryMarshal.AsBytes(new Span<Order>(ref order)) });
    }
}
