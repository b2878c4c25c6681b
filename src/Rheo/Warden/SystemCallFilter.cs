using System.Runtime.InteropServices;
using Rheo.Warden.Interop;

namespace Rheo.Warden;

/// <summary>
/// The list of system calls that the core may make (seccomp): what computing, files, sockets and threads need, and of bpf(2) the reading.
/// No program, no process, no mount, no trace, no netlink. What is not on it fails with EPERM, as for anybody without rights.
/// </summary>
internal static unsafe class SystemCallFilter
{
    // linux/seccomp.h, linux/audit.h, linux/sched.h, linux/prctl.h, asm-generic/ioctls.h
    private const uint Allow = 0x7fff_0000;
    private const uint KillProcess = 0x8000_0000;
    private const uint Errno = 0x0005_0000;
    private const uint Refuse = Errno | 1; // EPERM
    private const uint Absent = Errno | 38; // ENOSYS: the C library then takes the older way
    private const uint ArchitectureX64 = 0xC000_003E;
    private const uint ArchitectureArm64 = 0xC000_00B7;
    private const uint ForeignNumbers = 0x4000_0000; // __X32_SYSCALL_BIT
    private const uint CloneThread = 0x1_0000;
    private const uint TerminalFlags = 0x5401, WindowSize = 0x5413, BytesToRead = 0x541B, NonBlocking = 0x5421;
    private const uint SetName = 15, GetName = 16, NameMemory = 0x5356_4D41;
    private const uint Unix = 1, Ip4 = 2, Ip6 = 10;
    private const uint NumberAt = 0, ArchitectureAt = 4, FirstArgumentAt = 16;

    // enum bpf_cmd: look up, next key, test run (the clock), information, look up a batch, begin a walk.
    private static readonly uint[] s_bpfCommands = [1, 4, 10, 15, 24, 33];

    /// <summary>Puts the filter on all threads of this process, for ever.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    internal static void Enter()
    {
        var instructions = Build((uint)Environment.ProcessId).ToArray();
        // SAFETY: the kernel copies the pinned array during the call; its length stands beside it.
        fixed (Instruction* first = instructions)
        {
            var program = new Program { Length = (ushort)instructions.Length, Instructions = first };
            const int SetFilter = 1, AllThreads = 1; // SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC
            var result = ProcessCalls.syscall(SystemCalls.Seccomp, SetFilter, AllThreads, (nint)(&program));
            if (result != 0)
                throw new IOException($"cannot bar system calls: {(result > 0 ? $"thread {result}" : Marshal.GetLastPInvokeErrorMessage())}");
        }
    }

    /// <summary>The filter as the kernel runs it. Shape: each rule either returns or goes on to the next.</summary>
    internal static List<Instruction> Build(uint process)
    {
        var filter = new List<Instruction>
        {
            Instruction.Load(ArchitectureAt),
            Instruction.SkipIfEqual(SystemCalls.IsArm ? ArchitectureArm64 : ArchitectureX64, 1),
            Instruction.Return(KillProcess),
            Instruction.Load(NumberAt),
            Instruction.SkipIfBelow(ForeignNumbers, 1),
            Instruction.Return(Refuse),
        };
        AllowIf(filter, SystemCalls.Bpf, s_bpfCommands);
        AllowIf(filter, SystemCalls.Kill, process);
        AllowIf(filter, SystemCalls.TgKill, process);
        AllowIf(filter, SystemCalls.Prctl, SetName, GetName, NameMemory);
        AllowIf(filter, SystemCalls.Ioctl, TerminalFlags, WindowSize, BytesToRead, NonBlocking);
        AllowIf(filter, SystemCalls.Socket, Unix, Ip4, Ip6);
        Rule(filter, SystemCalls.Clone, [Instruction.Load(FirstArgumentAt), Instruction.SkipUnlessSet(CloneThread, 1), Instruction.Return(Allow), Instruction.Return(Refuse)]);
        Rule(filter, SystemCalls.Clone3, [Instruction.Return(Absent)]); // its flags are in memory, which a filter cannot read
        foreach (var number in SystemCalls.Ordinary)
            Rule(filter, number, [Instruction.Return(Allow)]);
        filter.Add(Instruction.Return(Refuse));
        return filter;
    }

    private static void AllowIf(List<Instruction> filter, int number, params uint[] firstArguments)
    {
        var body = new List<Instruction> { Instruction.Load(FirstArgumentAt) };
        foreach (var argument in firstArguments)
        {
            body.Add(Instruction.SkipUnlessEqual(argument, 1));
            body.Add(Instruction.Return(Allow));
        }

        body.Add(Instruction.Return(Refuse));
        Rule(filter, number, body);
    }

    private static void Rule(List<Instruction> filter, int number, IReadOnlyCollection<Instruction> body)
    {
        filter.Add(Instruction.SkipUnlessEqual((uint)number, (byte)body.Count));
        filter.AddRange(body);
    }

    /// <summary>struct sock_fprog.</summary>
    private struct Program
    {
        public ushort Length;
        public Instruction* Instructions;
    }

    /// <summary>struct sock_filter: one instruction of the old packet filter.</summary>
    internal readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value)
    {
        // linux/bpf_common.h: BPF_LD|BPF_W|BPF_ABS, BPF_JMP|BPF_JEQ|BPF_K and its like, BPF_RET|BPF_K
        public static Instruction Load(uint at) => new(0x20, 0, 0, at);

        public static Instruction SkipIfEqual(uint value, byte count) => new(0x15, count, 0, value);

        public static Instruction SkipUnlessEqual(uint value, byte count) => new(0x15, 0, count, value);

        public static Instruction SkipIfBelow(uint value, byte count) => new(0x35, 0, count, value);

        public static Instruction SkipUnlessSet(uint bits, byte count) => new(0x45, 0, count, bits);

        public static Instruction Return(uint value) => new(0x06, 0, 0, value);
    }
}
