using System.Text;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>Loads the smallest programs there are, to see what the kernel says.</summary>
internal static unsafe class ProbeProgram
{
    /// <summary>4 KiB: a probe's log is a few lines.</summary>
    private const int LogSize = 4096;

    /// <summary><c>r0 = 0; exit</c>, eight bytes an instruction.</summary>
    private static ReadOnlySpan<ulong> ReturnZero => [0x0000_0000_0000_00B7, 0x95];

    /// <summary>Loads <c>return 0</c>. The descriptor, or the negative errno.</summary>
    internal static int LoadEmpty(ProgramType type, AttachType expected, uint flags, out string log) =>
        Load(ReturnZero, type, expected, flags, out log);

    /// <summary>Loads <c>r0 = helper(); exit</c>. The descriptor, or the negative errno.</summary>
    internal static int LoadCall(ProgramType type, AttachType expected, uint flags, uint helper, out string log) =>
        Load([(ulong)helper << 32 | 0x85, 0x95], type, expected, flags, out log);

    private static int Load(ReadOnlySpan<ulong> instructions, ProgramType type, AttachType expected, uint flags, out string log)
    {
        // SAFETY: instructions and license are pinned, the log is on this stack with the length given; all outlive the call.
        var buffer = stackalloc byte[LogSize];
        buffer[0] = 0;
        fixed (ulong* code = instructions)
        fixed (byte* license = "GPL"u8)
        {
            var attribute = new ProgramLoad
            {
                Type = (uint)type,
                InstructionCount = (uint)instructions.Length,
                Instructions = (ulong)code,
                License = (ulong)license,
                LogLevel = 1,
                LogSize = LogSize,
                LogBuffer = (ulong)buffer,
                // Kprobe programs had to name their kernel before 5.0; no kernel we run on looks at it.
                Flags = flags,
                ExpectedAttachType = expected,
            };
            var result = BpfSyscall.Call(BpfCommand.BPF_PROG_LOAD, ref attribute);
            log = Encoding.UTF8.GetString(new ReadOnlySpan<byte>(buffer, LogSize).Slice(0, Length(buffer)));
            return result;
        }
    }

    private static int Length(byte* text)
    {
        var end = new ReadOnlySpan<byte>(text, LogSize).IndexOf((byte)0);
        return end < 0 ? LogSize : end;
    }
}
