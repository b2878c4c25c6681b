using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>A device whose packets the test writes: what is written comes in by it.</summary>
internal sealed partial class TapDevice : IDisposable
{
    /// <summary>IP packets without a link layer: IFF_TUN, IFF_NO_PI.</summary>
    internal const short Tun = 0x0001 | 0x1000;

    /// <summary>Ethernet frames; what is written in pieces becomes a packet in pieces: IFF_TAP, IFF_NAPI, IFF_NAPI_FRAGS, IFF_NO_PI.</summary>
    internal const short TapInPieces = 0x0002 | 0x0010 | 0x0020 | 0x1000;

    private const nuint TUNSETIFF = 0x4004_54CA;
    private const int NameSize = 16;

    private readonly SafeFileHandle _file;

    private TapDevice(SafeFileHandle file) => _file = file;

    internal static unsafe TapDevice Open(TestNamespace space, string name, short flags) => space.Run(() =>
    {
        var file = File.OpenHandle("/dev/net/tun", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Span<byte> request = stackalloc byte[40]; // struct ifreq: the name, then the flags
        Encoding.ASCII.GetBytes(name, request);
        MemoryMarshal.Write(request[NameSize..], flags);
        // SAFETY: the request lives on this stack for the call and is as long as the kernel's struct ifreq.
        fixed (byte* bytes = request)
        {
            if (ioctl(file, TUNSETIFF, bytes) != 0)
                throw new InvalidOperationException($"TUNSETIFF {name}: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        return new TapDevice(file);
    });

    /// <summary>Lets a packet in, cut at these offsets: the first piece is the linear part.</summary>
    internal unsafe void Write(byte[] packet, params int[] cuts)
    {
        int[] edges = [0, .. cuts, packet.Length];
        var pieces = stackalloc Piece[edges.Length - 1];
        // SAFETY: the pieces lie in the packet, which is pinned for the call, and there is one less of them than edges.
        fixed (byte* bytes = packet)
        {
            for (var at = 0; at < edges.Length - 1; at++)
                pieces[at] = new Piece { Start = bytes + edges[at], Length = (nuint)(edges[at + 1] - edges[at]) };
            if (writev(_file, pieces, edges.Length - 1) != packet.Length)
                throw new InvalidOperationException($"writev: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int ioctl(SafeFileHandle file, nuint request, byte* argument);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial nint writev(SafeFileHandle file, Piece* pieces, int count);

    private unsafe struct Piece // struct iovec
    {
        public byte* Start;
        public nuint Length;
    }
}
