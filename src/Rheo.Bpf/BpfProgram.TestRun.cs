using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>Running a program on crafted input.</summary>
public sealed partial class BpfProgram
{
    /// <summary>Runs the program once on a packet.</summary>
    /// <param name="packet">The packet, from its Ethernet header on, at least 14 bytes.</param>
    /// <returns>The verdict and the length the packet had afterwards.</returns>
    /// <exception cref="BpfException">The kernel cannot run this kind of program, or refused the input.</exception>
    public TestRunResult TestRun(ReadOnlySpan<byte> packet) => TestRun(new TestRun { Data = packet });

    /// <summary>Runs the program on crafted input, without attaching it anywhere.</summary>
    /// <remarks>Threads: any. Cost: one system call for all repetitions, no allocation. Kernel: CAP_BPF or CAP_NET_ADMIN by program type.</remarks>
    /// <param name="run">Input, repetitions, and room for the output.</param>
    /// <returns>Verdict, duration and lengths. A <see cref="TestRun.DataOut"/> that was too small holds the first bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="TestRun.Repeat"/> or <see cref="TestRun.BatchSize"/> is out of range.</exception>
    /// <exception cref="BpfException">The kernel cannot run this kind of program, refused the input, or a signal ended a long run.</exception>
    public unsafe TestRunResult TestRun(in TestRun run)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(run.Repeat);
        ArgumentOutOfRangeException.ThrowIfNegative(run.BatchSize);
        // SAFETY: all four buffers are pinned for the call, and their lengths are passed beside them.
        fixed (byte* data = run.Data, dataOut = run.DataOut, context = run.Context, contextOut = run.ContextOut)
        {
            var attribute = Describe(run);
            attribute.Data = (ulong)data;
            attribute.DataOut = (ulong)dataOut;
            attribute.Context = (ulong)context;
            attribute.ContextOut = (ulong)contextOut;
            return Complete(BpfSyscall.Call(BpfCommand.BPF_PROG_TEST_RUN, ref attribute), attribute);
        }
    }

    private TestRunAttribute Describe(in TestRun run) => new()
    {
        Program = FileDescriptor,
        DataLength = (uint)run.Data.Length,
        DataOutLength = (uint)run.DataOut.Length,
        ContextLength = (uint)run.Context.Length,
        ContextOutLength = (uint)run.ContextOut.Length,
        Repeat = RepeatsItself(run) ? (uint)run.Repeat : 0,
        BatchSize = (uint)run.BatchSize,
        Flags = (run.LiveFrames ? TestRunAttribute.LiveFrames : 0) | (run.Cpu is null ? 0 : TestRunAttribute.OnCpu),
        Cpu = (uint)(run.Cpu ?? 0),
    };

    // Raw tracepoints and syscall programs refuse the field altogether, while 0 and 1 mean the same elsewhere (live frames excepted).
    private static bool RepeatsItself(in TestRun run) => run.Repeat > 1 || run.LiveFrames;

    // ENOSPC comes when the output was cut off; all results are there nevertheless (bpf_test_finish in net/bpf/test_run.c).
    private TestRunResult Complete(int result, in TestRunAttribute attribute)
    {
        if (result < 0 && result != -Errno.ENOSPC)
            throw new BpfException("run program", Name, -result);
        return new TestRunResult((int)attribute.ReturnValue, attribute.DurationNs, (int)attribute.DataOutLength, (int)attribute.ContextOutLength);
    }
}
