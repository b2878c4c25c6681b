using System.Runtime.InteropServices;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>Makes the kernel time every eBPF program for as long as it is held, by <c>BPF_ENABLE_STATS</c>.</summary>
/// <remarks>Cost: two clock readings for each run of each program on the machine (58 ns a run on our test machine); hold it for a
/// second now and then. It ends with the process at the latest. Kernel: 5.8, CAP_SYS_ADMIN.</remarks>
public sealed class StatisticsSwitch : SafeHandle
{
    private StatisticsSwitch(int descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    /// <summary>True if the switch holds nothing.</summary>
    public override bool IsInvalid => handle < 0;

    /// <summary>Turns the statistics on until the result is disposed of.</summary>
    /// <exception cref="BpfException">This process lacks CAP_SYS_ADMIN.</exception>
    public static StatisticsSwitch TurnOn()
    {
        var attribute = new StatisticsAttribute { Type = StatisticsAttribute.RunTime };
        var result = BpfSyscall.Call(BpfCommand.BPF_ENABLE_STATS, ref attribute);
        return result >= 0 ? new StatisticsSwitch(result) : throw new BpfException("enable", "program statistics", -result, Advice(-result));
    }

    /// <summary>Turns the statistics off, unless somebody else holds them on.</summary>
    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;

    private static string? Advice(int errno) =>
        errno == Errno.EPERM && !Capabilities.Has(Capability.SysAdmin) ? "needs CAP_SYS_ADMIN" : ErrorAdvice.For(errno);
}
