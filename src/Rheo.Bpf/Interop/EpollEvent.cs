using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>struct epoll_event: packed on x86-64 (12 bytes), naturally aligned elsewhere (16 bytes).</summary>
internal static class EpollEvent
{
    public const int MaxSize = 16;
    private static readonly int _tokenOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    public static void Write(Span<byte> change, uint events, ulong token)
    {
        MemoryMarshal.Write(change, events);
        MemoryMarshal.Write(change[_tokenOffset..], token);
    }

    public static ulong Token(ReadOnlySpan<byte> ready) => Unsafe.ReadUnaligned<ulong>(in ready[_tokenOffset]);
}
