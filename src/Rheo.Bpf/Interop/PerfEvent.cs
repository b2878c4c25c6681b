using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>perf_event_open(2) and the two commands that hang a program on an event.</summary>
internal static unsafe partial class PerfEvent
{
    internal const uint PERF_TYPE_TRACEPOINT = 2;
    private const nuint PERF_EVENT_IOC_ENABLE = 0x2400; // _IO('$', 0)
    private const nuint PERF_EVENT_IOC_SET_BPF = 0x4004_2408; // _IOW('$', 8, __u32)
    private const nuint PERF_FLAG_FD_CLOEXEC = 8;

    private static readonly nint s_number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 298,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 241,
        var other => throw new PlatformNotSupportedException($"perf_event_open(2) has no known number on {other}"),
    };

    /// <summary>
    /// Opens an event for all processes. It is listed under the first CPU, yet a program on a tracepoint or uprobe runs on every CPU.
    /// (One for a process would see a single thread of it.)
    /// </summary>
    /// <returns>The descriptor, or the negative errno.</returns>
    internal static int Open(perf_event_attr attribute)
    {
        attribute.size = (uint)sizeof(perf_event_attr);
        var result = syscall(s_number, (nint)(&attribute), -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
        return result >= 0 ? (int)result : -Marshal.GetLastPInvokeError();
    }

    /// <summary>Hangs a program on an event without a link (kernels before 5.15). 0 or the negative errno.</summary>
    internal static int SetProgram(int descriptor, int program) => Control(descriptor, PERF_EVENT_IOC_SET_BPF, program);

    /// <summary>Lets an event fire. 0 or the negative errno.</summary>
    internal static int Enable(int descriptor) => Control(descriptor, PERF_EVENT_IOC_ENABLE, 0);

    private static int Control(int descriptor, nuint request, nint argument) =>
        ioctl(descriptor, request, argument) < 0 ? -Marshal.GetLastPInvokeError() : 0;

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint attribute, nint process, nint cpu, nint group, nuint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int descriptor, nuint request, nint argument);
}
