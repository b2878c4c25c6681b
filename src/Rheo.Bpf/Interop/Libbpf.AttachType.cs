using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>The hook that a program was written for, as libbpf reads it from the section's name.</summary>
internal static unsafe partial class Libbpf
{
    [LibraryImport(Library)]
    public static partial AttachType bpf_program__expected_attach_type(nint program);

    [LibraryImport(Library)]
    public static partial int bpf_program__set_expected_attach_type(nint program, AttachType type);
}
