using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Rheo.KernelTests.EndToEnd;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.Drops;

/// <summary>Segments that the kernel drops after it has used their fields otherwise, or with a socket that is none any more.</summary>
public sealed class TcpQueueDropTests
{
    private const string Left = "10.9.9.1", Right = "10.9.9.2";
    private const uint Strange = 1_000_000; // beyond what any of the two ends expects

    // The segment that leaves the queue stood in a tree, whose pointers lie where the device was.
    [RootFact(Kernel = "5.17")]
    public void ASegmentThatAnotherOneReplacesInTheQueueIsOfItsOwnDevice()
    {
        using var wire = DroppingWire.Create();
        using var talk = new TcpTalk(wire.Left, wire.Right, Right);
        var (client, server) = talk.Open();
        using var one = client;
        using var other = server;
        var (next, heard) = Numbers(client);

        foreach (var (offset, length) in ((uint, int)[])[(3000, 10), (1000, 10), (5000, 10), (3000, 20)])
            wire.Left.Run(() => Datagrams.SendRaw([Segment(Left, Port(client), Right, TcpTalk.ServerPort, next + offset, heard, length)], Right));

        Assert.Equal(1, wire.Lost("TCP_OFOMERGE"));
        var place = Assert.Single(wire.Read().Places, place => place.Reason == "TCP_OFOMERGE" && place.Interface == wire.Right.Ifindex("right"));
        Assert.Equal((1UL, "TCP_OFOMERGE"), (place.Packets, place.Reason));
    }

    // What stands for a connection in TIME_WAIT is smaller than a socket: a user read there is somebody's memory.
    [RootFact(Kernel = "6.11")]
    public void AConnectionThatIsOverHasNoUser()
    {
        using var wire = DroppingWire.Create();
        using var talk = new TcpTalk(wire.Left, wire.Right, Right);
        var (client, server) = talk.Open();
        var port = Port(client);
        client.Shutdown(SocketShutdown.Send);
        server.Receive(new byte[1]);
        server.Dispose();
        client.Receive(new byte[1]);
        client.Dispose();

        wire.Right.Run(() => Datagrams.SendRaw([Segment(Right, TcpTalk.ServerPort, Left, port, Strange, 0, 10)], Left));

        var told = wire.Read().Examples.Where(example => example.Packet.Flow is { } flow && (flow.Source.Port, flow.Destination.Port) == (TcpTalk.ServerPort, port)).ToList();
        Assert.NotEmpty(told);
        Assert.All(told, example => Assert.Null(example.Uid));
    }

    private static int Port(Socket client) => ((IPEndPoint)client.LocalEndPoint!).Port;

    private static byte[] Segment(string from, int port, string to, int toPort, uint sequence, uint acknowledged, int length) =>
        Frame.Ethernet().Ip4(from, to).Tcp((ushort)port, (ushort)toPort, TcpFlags.Ack, sequence: sequence, acknowledgement: acknowledged)
            .Payload(length).Build()[14..];

    // The numbers of the next bytes that it sends and receives, as a process learns them that is moved to another machine.
    private static (uint Sent, uint Received) Numbers(Socket socket)
    {
        const int Tcp = 6, Repair = 19, RepairQueue = 20, QueueSequence = 21, ReceiveQueue = 1, SendQueue = 2, OffWithoutProbe = -1;
        Set(Repair, 1);
        var numbers = (Get(SendQueue), Get(ReceiveQueue));
        Set(Repair, OffWithoutProbe);
        return numbers;

        void Set(int option, int value) => socket.SetRawSocketOption(Tcp, option, BitConverter.GetBytes(value));

        uint Get(int queue)
        {
            Set(RepairQueue, queue);
            var number = new byte[4];
            socket.GetRawSocketOption(Tcp, QueueSequence, number);
            return BinaryPrimitives.ReadUInt32LittleEndian(number);
        }
    }
}
