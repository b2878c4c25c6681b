using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>
/// Maps the import name "libbpf" to the shared library where it is not linked in. A NativeAOT program that names libbpf in
/// DirectPInvoke has the symbols in itself and never asks; everything else loads libbpf.so.1.
/// </summary>
internal static class LibraryResolver
{
    public const string Libbpf = "libbpf";
    private const string SharedObject = "libbpf.so.1";

#pragma warning disable CA2255 // A module initializer in a library: the resolver must stand before the first import, whoever calls it.
    [ModuleInitializer]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(LibraryResolver).Assembly, Resolve);
#pragma warning restore CA2255

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Libbpf)
            return 0;
        if (NativeLibrary.TryLoad(SharedObject, out var handle))
            return handle;
        throw new DllNotFoundException($"{SharedObject} was not found: install libbpf 1.1 or later (Debian: libbpf1)");
    }
}
