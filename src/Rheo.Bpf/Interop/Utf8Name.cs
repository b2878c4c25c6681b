using System.Text;

namespace Rheo.Bpf.Interop;

/// <summary>Names between C and C#: zero-terminated UTF-8.</summary>
internal static unsafe class Utf8Name
{
    public static byte[] Terminated(string name) => Encoding.UTF8.GetBytes(name + '\0');

    public static string Read(byte* name) =>
        name == null ? "" : Encoding.UTF8.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
}
