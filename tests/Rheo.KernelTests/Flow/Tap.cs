using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Rheo.Bpf;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.Flow;

/// <summary>
/// A network device, in a namespace of its own, whose wire this test holds. What is written to it comes in as a packet of
/// which only the first bytes lie in the skb's linear part and the others in page fragments, as many drivers do it.
/// </summary>
/// <remarks>Source: IFF_NAPI_FRAGS in drivers/net/tun.c: one fragment for each piece of a vectored write but the first.</remarks>
internal sealed unsafe partial class Tap : IDisposable
{
    private const string Name = "tap0";
    private const uint SetInterface = 0x400454ca; // TUNSETIFF
    private const short Flags = 0x0002 | 0x1000 | 0x0010 | 0x0020; // IFF_TAP, IFF_NO_PI, IFF_NAPI, IFF_NAPI_FRAGS

    /// <summary>The kernel takes pieces of at most a page.</summary>
    private const int Piece = 4_096;

    /// <summary>MAX_SKB_FRAGS of the usual configuration, and the linear part.</summary>
    private const int MaxPieces = 18;

    private readonly TestNamespace _space;
    private readonly SafeFileHandle _file;
    private readonly TcLink _link;

    private Tap(TestNamespace space, BpfProgram program)
    {
        _space = space;
        _file = space.Run(Open);
        space.Sysctl($"net/ipv6/conf/{Name}/disable_ipv6", "1");
        space.Execute($"ethtool -K {Name} gro off");
        space.Ip($"link set {Name} mtu 65521 up");
        _link = space.Run(() => TcLink.Attach(program, space.Ifindex(Name), TcDirection.Ingress));
    }

    /// <summary>The longest frame that can be written: ETH_MAX_MTU less NET_SKB_PAD and NET_IP_ALIGN (tun_napi_alloc_frags).</summary>
    public static int Longest => 65_535 - 64 - 2;

    /// <summary>Makes the device and attaches a program to its way in.</summary>
    public static Tap Create(BpfProgram program)
    {
        var space = TestNamespace.Create();
        try
        {
            return new Tap(space, program);
        }
        catch
        {
            space.Dispose();
            throw;
        }
    }

    /// <summary>Lets a frame come in; the program has seen it when this returns.</summary>
    /// <param name="linear">How many bytes are to lie in the linear part, at least an Ethernet header's 14.</param>
    public void Write(ReadOnlySpan<byte> frame, int linear)
    {
        // SAFETY: the frame is pinned for the call; the pieces lie within it and are at most MaxPieces.
        fixed (byte* bytes = frame)
        {
            var pieces = stackalloc IoVector[MaxPieces];
            var count = 0;
            for (var at = 0; at < frame.Length; count++)
            {
                var length = Math.Min(at == 0 ? linear : Piece, frame.Length - at);
                pieces[count] = new IoVector { Base = bytes + at, Length = (nuint)length };
                at += length;
            }
            if (writev(_file, pieces, count) != frame.Length)
                throw new InvalidOperationException($"write {frame.Length} bytes to {Name}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public void Dispose()
    {
        _link.Dispose();
        _file.Dispose();
        _space.Dispose();
    }

    private static SafeFileHandle Open()
    {
        var file = File.OpenHandle("/dev/net/tun", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        // struct ifreq: the name in 16 bytes, then the flags, 40 bytes in all.
        Span<byte> request = stackalloc byte[40];
        request.Clear();
        Encoding.ASCII.GetBytes(Name, request);
        MemoryMarshal.Write(request[16..], Flags);
        // SAFETY: the request is 40 bytes on this stack, as TUNSETIFF reads and writes it.
        fixed (byte* pointer = request)
        {
            if (ioctl(file, SetInterface, pointer) < 0)
                throw new InvalidOperationException($"TUNSETIFF: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        return file;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeFileHandle file, nuint request, byte* argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint writev(SafeFileHandle file, IoVector* pieces, int count);

    /// <summary>struct iovec.</summary>
    private struct IoVector
    {
        public byte* Base;
        public nuint Length;
    }
}
