using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>The functions of libbpf that work on the programs of an object.</summary>
internal static unsafe partial class Libbpf
{
    [LibraryImport(Library)]
    public static partial byte* bpf_program__name(nint program);

    [LibraryImport(Library)]
    public static partial byte* bpf_program__section_name(nint program);

    [LibraryImport(Library)]
    public static partial int bpf_program__fd(nint program);

    [LibraryImport(Library)]
    public static partial uint bpf_program__type(nint program);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool bpf_program__autoload(nint program);

    [LibraryImport(Library)]
    public static partial int bpf_program__set_autoload(nint program, [MarshalAs(UnmanagedType.U1)] bool autoload);
}
