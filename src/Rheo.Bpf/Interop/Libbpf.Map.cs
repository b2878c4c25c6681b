using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>The functions of libbpf that work on the maps of an object.</summary>
internal static unsafe partial class Libbpf
{
    [LibraryImport(Library)]
    public static partial byte* bpf_map__name(nint map);

    [LibraryImport(Library)]
    public static partial int bpf_map__fd(nint map);

    [LibraryImport(Library)]
    public static partial uint bpf_map__type(nint map);

    [LibraryImport(Library)]
    public static partial uint bpf_map__key_size(nint map);

    [LibraryImport(Library)]
    public static partial uint bpf_map__value_size(nint map);

    [LibraryImport(Library)]
    public static partial uint bpf_map__max_entries(nint map);

    [LibraryImport(Library)]
    public static partial int bpf_map__set_max_entries(nint map, uint entries);

    [LibraryImport(Library)]
    public static partial uint bpf_map__map_flags(nint map);

    [LibraryImport(Library)]
    public static partial int bpf_map__reuse_fd(nint map, int fd);

    [LibraryImport(Library)]
    public static partial byte* bpf_map__initial_value(nint map, nuint* size);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool bpf_map__is_internal(nint map);
}
