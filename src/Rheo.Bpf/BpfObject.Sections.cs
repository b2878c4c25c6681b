using System.Runtime.InteropServices;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>The global variables of an object.</summary>
public sealed partial class BpfObject
{
    /// <summary>
    /// Gives the memory of a section of global variables. Before <see cref="Load"/> it is the initial image, to be written freely;
    /// after it, <c>.bss</c> and <c>.data</c> are the very memory that the programs use.
    /// </summary>
    /// <remarks>
    /// Shape: the section as the compiler laid it out, little endian on the machines we run on. After loading, <c>.rodata</c> is
    /// frozen in the kernel: the span still shows it, and writing to it changes nothing. The address does not change by loading, so
    /// that a span taken before goes on to be good until the object is disposed of. Programs write at the same time from other CPUs:
    /// read single words with <see cref="Volatile"/>. Cost: no system call and no allocation.
    /// </remarks>
    /// <param name="name">The section: <c>.rodata</c>, <c>.data</c>, <c>.bss</c>, or a section of its own such as <c>.data.config</c>.</param>
    /// <exception cref="ArgumentException">The object has no such section, or it is an ordinary map.</exception>
    public unsafe Span<byte> Section(string name)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        var bytes = Map(name).InitialValue(out var size);
        if (bytes == null)
            throw new ArgumentException($"{name} of object {Name} is a map, not a section of global variables", nameof(name));
        // SAFETY: libbpf maps the section for as long as the object is open, `size` bytes, page-aligned.
        return new Span<byte>(bytes, checked((int)size));
    }

    // libbpf holds the initial image in private memory. Mapping the loaded map over it, at the same address, is what its own
    // skeletons do; bpf_object__close unmaps either. .rodata keeps its private copy, since a write to the frozen map would be fatal.
    private void MakeSectionsLive()
    {
        foreach (var map in _maps.Values)
        {
            if (map is { IsSection: true, IsMemoryMappable: true } && !map.Name.StartsWith(".rodata", StringComparison.Ordinal)
                && map.Name != ".kconfig")
                MakeLive(map);
        }
    }

    private unsafe void MakeLive(BpfMap map)
    {
        var address = (nint)map.InitialValue(out var size);
        if (address == 0)
            return;
        var length = MappingLength.OfPages(size);
        // SAFETY: replaces exactly the pages that libbpf mapped for this section, with the same length.
        var result = Libc.mmap(address, length, Libc.ProtRead | Libc.ProtWrite, Libc.MapShared | Libc.MapFixed, map.FileDescriptor, 0);
        if (result == -1)
            throw new BpfException("map section", $"{map.Name} of {Name}", Marshal.GetLastPInvokeError());
    }
}
