using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// Tells whether the process that made a filter still lives. A filter outlives a killed process; an abstract unix socket does not. So each
/// filter's name carries a random token, and its owner holds the socket of that name in the interface's network namespace: where the name
/// can be bound again, the owner is dead. Unlike a process id it means the same in every container.
/// </summary>
internal sealed unsafe class FilterToken : IDisposable
{
    private const int AF_UNIX = 1;
    private const int SOCK_DGRAM = 2;

    private readonly DescriptorHandle _socket;

    private FilterToken(DescriptorHandle socket, string text) => (_socket, Text) = (socket, text);

    /// <summary>16 hexadecimal digits.</summary>
    internal string Text { get; }

    /// <summary>Makes a token that lives until it is disposed of or the process ends.</summary>
    internal static FilterToken Create()
    {
        var text = Guid.NewGuid().ToString("N")[..16]; // from the kernel, without a libssl
        var errno = TryBind(text, out var socket);
        return errno == 0 ? new FilterToken(socket, text) : throw new BpfException("bind a unix socket", "filter token", errno);
    }

    /// <summary>True when a process holds the token, or when that cannot be told.</summary>
    internal static bool IsAlive(string text)
    {
        var errno = TryBind(text, out var socket);
        socket.Dispose();
        return errno != 0;
    }

    public void Dispose() => _socket.Dispose();

    private static int TryBind(string text, out DescriptorHandle socket)
    {
        socket = new DescriptorHandle(NetlinkCalls.socket(AF_UNIX, SOCK_DGRAM | NetlinkNumbers.SOCK_CLOEXEC, 0));
        if (socket.IsInvalid)
            return Marshal.GetLastPInvokeError();
        // struct sockaddr_un: the family, then a name that begins with a zero byte and has no file.
        var name = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(char)AF_UNIX}\0\0rheo.bpf/{text}"));
        // SAFETY: the array is pinned for the call and its own length bounds it. The family is little-endian, as on all machines we run on.
        fixed (byte* address = name)
            return NetlinkCalls.bind(socket, address, (uint)name.Length) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }
}
