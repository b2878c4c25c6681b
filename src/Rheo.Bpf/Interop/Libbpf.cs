using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>The functions of libbpf that work on objects. Pointers stay inside this assembly; failures are negative errnos (libbpf 1.x).</summary>
internal static unsafe partial class Libbpf
{
    private const string Library = LibraryResolver.Libbpf;

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint bpf_object__open_mem(byte* bytes, nuint size, BpfObjectOpenOptions* options);

    [LibraryImport(Library)]
    public static partial int bpf_object__load(nint obj);

    [LibraryImport(Library)]
    public static partial void bpf_object__close(nint obj);

    [LibraryImport(Library)]
    public static partial nint bpf_object__next_map(nint obj, nint map);

    [LibraryImport(Library)]
    public static partial nint bpf_object__next_program(nint obj, nint program);

    [LibraryImport(Library)]
    public static partial nint bpf_object__find_map_by_name(nint obj, byte* name);

    [LibraryImport(Library)]
    public static partial int libbpf_num_possible_cpus();

    [LibraryImport(Library)]
    public static partial nint libbpf_set_print(delegate* unmanaged<int, byte*, nint, int> print);
}
