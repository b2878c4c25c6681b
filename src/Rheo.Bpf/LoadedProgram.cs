using System.Text;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>A program in the kernel, whoever loaded it.</summary>
/// <remarks>Kernel: 4.13; CAP_SYS_ADMIN to look programs up by their ids. Threads: any.</remarks>
/// <param name="Id">The kernel's number, as bpftool shows it.</param>
/// <param name="Name">The C function's name, cut at 15 characters.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Maps">The ids of the maps that it uses, in no order.</param>
/// <param name="Statistics">What the kernel has counted for it.</param>
public sealed record LoadedProgram(uint Id, string Name, ProgramType Type, IReadOnlyList<uint> Maps, ProgramStatistics Statistics)
{
    /// <summary>1,024: more maps than any program of ours or of the peers has; further ones are left out.</summary>
    private const int MostMaps = 1024;

    /// <summary>Gives all programs that are loaded now.</summary>
    /// <exception cref="BpfException">This process may not look (CAP_SYS_ADMIN).</exception>
    public static IEnumerable<LoadedProgram> All()
    {
        for (var id = Next(0); id != 0; id = Next(id))
        {
            if (Find(id) is { } program)
                yield return program;
        }
    }

    /// <summary>Finds a program; null when it is gone or this process may not look.</summary>
    /// <param name="id">Its id.</param>
    public static unsafe LoadedProgram? Find(uint id)
    {
        using var handle = Open(id);
        if (handle.IsInvalid)
            return null;
        // SAFETY: room for MostMaps ids on this stack, the count given to the kernel.
        var maps = stackalloc uint[MostMaps];
        var info = new LoadedProgramInfo { MapCount = MostMaps, MapIds = (ulong)maps };
        var attribute = new InfoAttribute { Descriptor = handle.Descriptor, Length = (uint)sizeof(LoadedProgramInfo), Info = (ulong)(&info) };
        if (BpfSyscall.Call(BpfCommand.BPF_OBJ_GET_INFO_BY_FD, ref attribute) < 0)
            return null;
        var ids = new ReadOnlySpan<uint>(maps, (int)Math.Min(info.MapCount, MostMaps)).ToArray();
        var statistics = new ProgramStatistics((long)info.RunTimeNs, (long)info.RunCount, (long)info.RecursionMisses, (int)info.VerifiedInstructions);
        return new LoadedProgram(info.Id, Text(new ReadOnlySpan<byte>(info.Name, LoadedProgramInfo.NameLength)), (ProgramType)info.Type, ids, statistics);
    }

    /// <summary>The name of a program; null when it is gone, has none, or this process may not look.</summary>
    /// <param name="id">Its id.</param>
    public static string? NameOf(uint id) => ProgramName.Find(id);

    /// <summary>The name of a map, cut at 15 characters; null when it is gone or this process may not look.</summary>
    /// <param name="id">Its id.</param>
    public static unsafe string? MapName(uint id)
    {
        var attribute = new ObjectById { Id = id };
        using var handle = new DescriptorHandle(BpfSyscall.Call(BpfCommand.BPF_MAP_GET_FD_BY_ID, ref attribute));
        if (handle.IsInvalid || BpfSyscall.Info<MapInfo>(handle.Descriptor, out var info) < 0)
            return null;
        // SAFETY: the bytes are inside our own copy of the struct.
        return Text(new ReadOnlySpan<byte>(info.Name, MapInfo.NameLength));
    }

    private static uint Next(uint id)
    {
        var attribute = new ObjectById { Id = id };
        var result = BpfSyscall.Call(BpfCommand.BPF_PROG_GET_NEXT_ID, ref attribute);
        return result switch
        {
            >= 0 => attribute.NextId,
            -Errno.ENOENT => 0,
            _ => throw new BpfException("list", "programs", -result, AttachAdvice.For(-result, Capability.SysAdmin)),
        };
    }

    private static DescriptorHandle Open(uint id)
    {
        var attribute = new ObjectById { Id = id };
        return new DescriptorHandle(BpfSyscall.Call(BpfCommand.BPF_PROG_GET_FD_BY_ID, ref attribute));
    }

    private static string Text(ReadOnlySpan<byte> name)
    {
        var end = name.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
    }
}
