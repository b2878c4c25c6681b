using System.Runtime.InteropServices;
using Rheo.Bpf;

namespace Rheo.KernelTests.Bpf;

/// <summary>struct order of ring.bpf.c: what its programs shall write, and what they have written.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct RingOrder
{
    public const uint DiscardOdd = 1;
    public const uint Wide = 2;
    public const ulong NoWakeUp = 1; // BPF_RB_NO_WAKEUP
    public const ulong ForceWakeUp = 2; // BPF_RB_FORCE_WAKEUP

    public uint Count;
    public uint Flags;
    public ulong Wake;
    public uint Written;
    public uint Refused;

    /// <summary>Runs the program that writes; gives the order back with its results.</summary>
    public static RingOrder Produce(BpfObject obj, uint count, uint flags = 0, ulong wake = NoWakeUp)
    {
        var order = new RingOrder { Count = count, Flags = flags, Wake = wake };
        obj.Program("produce").TestRun(new TestRun { Context = MemoryMarshal.AsBytes(new Span<RingOrder>(ref order)) });
        return order;
    }
}
