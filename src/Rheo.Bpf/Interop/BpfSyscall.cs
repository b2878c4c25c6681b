using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>The raw bpf(2) system call: for what libbpf lacks, and for maps that no libbpf object owns.</summary>
internal static unsafe class BpfSyscall
{
    private static readonly nint _number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 321,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 280,
        var other => throw new PlatformNotSupportedException($"bpf(2) has no known number on {other}"),
    };

    /// <summary>
    /// Calls bpf(2) with one of the attribute structs. The kernel takes a shorter union bpf_attr than its own as one that is zero
    /// at the end, so each struct ends where its command's fields end.
    /// </summary>
    /// <returns>The result, at least 0; or the negative errno, as libbpf returns it.</returns>
    public static int Call<TAttribute>(BpfCommand command, ref TAttribute attribute)
        where TAttribute : unmanaged
    {
        // SAFETY: the attribute is pinned for the call; pointers inside it are the caller's to keep alive.
        fixed (TAttribute* pointer = &attribute)
        {
            var result = Libc.syscall(_number, (nint)command, (nint)pointer, sizeof(TAttribute));
            return result >= 0 ? (int)result : -Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>BPF_OBJ_GET_INFO_BY_FD: fills as much of <paramref name="info"/> as the kernel knows; the rest stays zero.</summary>
    public static int Info<TInfo>(int fd, out TInfo info)
        where TInfo : unmanaged
    {
        info = default;
        // SAFETY: the kernel writes at most sizeof(TInfo) bytes into the pinned out parameter.
        fixed (TInfo* pointer = &info)
        {
            var attribute = new InfoAttribute { Descriptor = fd, Length = (uint)sizeof(TInfo), Info = (ulong)pointer };
            return Call(BpfCommand.BPF_OBJ_GET_INFO_BY_FD, ref attribute);
        }
    }
}
