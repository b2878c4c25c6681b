using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Rheo.KernelTests.Drops;

/// <summary>Traffic that is made to be dropped.</summary>
internal static class Datagrams
{
    internal static void Send(IPEndPoint to, int count, int size = 64)
    {
        // A socket that is not connected hears of no ICMP errors.
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var payload = new byte[size];
        for (var sent = 0; sent < count; sent++)
            SendOne(sender, payload, to);
    }

    /// <summary>Whole IP packets, as they are.</summary>
    internal static void SendRaw(byte[] packet, string to, int count) => SendRaw(Enumerable.Repeat(packet, count), to);

    /// <summary>Whole IP packets, as they are.</summary>
    internal static void SendRaw(IEnumerable<byte[]> packets, string to)
    {
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Raw);
        sender.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.HeaderIncluded, true);
        var address = new IPEndPoint(IPAddress.Parse(to), 0);
        foreach (var packet in packets)
            SendOne(sender, packet, address);
    }

    /// <summary>An IPv4 packet with a UDP header and eight bytes; the checksum is not checked if it is 0.</summary>
    internal static byte[] Frame(string from, string to, ushort port, ushort checksum = 0)
    {
        var packet = new byte[36];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = 17;
        IPAddress.Parse(from).TryWriteBytes(packet.AsSpan(12), out _);
        IPAddress.Parse(to).TryWriteBytes(packet.AsSpan(16), out _);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(20), 40_000);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(22), port);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(24), 16);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(26), checksum);
        return packet;
    }

    internal static int CountWaiting(Socket socket)
    {
        var count = 0;
        var buffer = new byte[2048];
        for (; socket.Available > 0; count++)
            socket.Receive(buffer);
        return count;
    }

    /// <summary>Connections that are begun at once and closed after a second, whatever became of them.</summary>
    internal static void Knock(IPEndPoint to, int count)
    {
        var sockets = Enumerable.Range(0, count)
            .Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false }).ToList();
        foreach (var socket in sockets)
        {
            try
            {
                socket.Connect(to);
            }
            catch (SocketException begun) when (begun.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
            }
        }

        Thread.Sleep(1500); // a SYN is sent again after a second
        sockets.ForEach(socket => socket.Dispose());
    }

    // A full queue below is told to the sender, who then tries no more: the packet counts as sent and dropped.
    private static void SendOne(Socket sender, byte[] packet, IPEndPoint to)
    {
        try
        {
            sender.SendTo(packet, to);
        }
        catch (SocketException full) when (full.SocketErrorCode is SocketError.NoBufferSpaceAvailable)
        {
        }
    }
}
