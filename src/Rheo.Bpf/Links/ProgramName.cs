using System.Text;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>The names of other people's programs.</summary>
internal static unsafe class ProgramName
{
    /// <summary>The name of the program with an id; null when it is gone or this process may not look (that needs CAP_SYS_ADMIN).</summary>
    internal static string? Find(uint id)
    {
        var attribute = new ObjectById { Id = id };
        var descriptor = BpfSyscall.Call(BpfCommand.BPF_PROG_GET_FD_BY_ID, ref attribute);
        if (descriptor < 0)
            return null;
        using var handle = new DescriptorHandle(descriptor);
        return BpfSyscall.Info<NamedProgramInfo>(descriptor, out var info) >= 0 ? Read(info) : null;
    }

    private static string? Read(NamedProgramInfo info)
    {
        // SAFETY: the bytes are inside our own copy of the struct.
        var name = new ReadOnlySpan<byte>(info.Name, NamedProgramInfo.NameLength);
        var end = name.IndexOf((byte)0);
        return end == 0 ? null : Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
    }
}
