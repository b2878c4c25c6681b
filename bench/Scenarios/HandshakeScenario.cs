using System.Buffers.Binary;
using Rheo.Bench.Measure;
using Rheo.Bench.Programs;
using Rheo.Bench.Traffic;
using Rheo.Bpf;
using Rheo.Capture;
using Rheo.Measured;

namespace Rheo.Bench.Scenarios;

/// <summary>What the flow program takes for each packet of a short connection, as a server's interface sees it: most of them change its state.</summary>
internal sealed class HandshakeScenario : IScenario
{
    private const int Connections = 20_000; // a round
    private const byte Fin = 1, Syn = 2, Psh = 8, Ack = 16;
    private const int AddressAt = 26, PortsAt = 34, FlagsAt = 47, OptionsAt = 54, Stamped = 12, Sack = 24;

    // What nginx and a client say to each other that closes after one answer; then what a client would say that lacks something.
    private static readonly (string Name, bool IsFromClient, byte Flags, int Payload)[] Packets =
    [
        ("SYN", true, Syn, 0),
        ("SYN-ACK", false, Syn | Ack, 0),
        ("ACK of the handshake", true, Ack, 0),
        ("request", true, Psh | Ack, 100),
        ("ACK of the request", false, Ack, 0),
        ("answer", false, Psh | Ack, 1200),
        ("first FIN", false, Fin | Ack, 0),
        ("ACK of the answer", true, Ack, 0),
        ("second FIN", true, Fin | Ack, 0),
        ("last ACK", false, Ack, 0),
        (DuplicateAck, true, Ack, 0),
    ];

    private const string DuplicateAck = "ACK with a SACK block, its connection's first";
    private const int Said = 10;

    public string Name => "handshake";

    public string What => "ns that the flow program takes for each packet of a short connection, over an empty program";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        using var baseline = BaselineBpf.Open();
        baseline.Load();
        using var flow = new FlowProgram();
        var times = new List<double>[Packets.Length];
        for (var packet = 0; packet < Packets.Length; packet++)
            times[packet] = [];
        var floors = new List<double>();
        uint client = 0x0a000000;
        for (var round = -4; round < rounds; round++) // the first ones fill the tables
        {
            floors.Add(Floor(baseline.Programs.Pass));
            var sums = Connect(flow, ref client);
            for (var packet = 0; packet < Packets.Length && round >= 0; packet++)
                times[packet].Add(sums[packet] - floors[^1]);
        }

        return
        [
            .. Packets.Select((packet, at) => new Figure(Name, $"flow program, {packet.Name}: added", "ns", Spread.Of([.. times[at]]))),
            new(Name, "flow program, all ten packets: added", "ns", Spread.Of([.. Enumerable.Range(0, rounds).Select(round => times[..Said].Sum(one => one[round]))])),
        ];
    }

    private static double[] Connect(FlowProgram flow, ref uint client)
    {
        var packets = Packets.Select(packet => Build(packet.IsFromClient, packet.Flags, packet.Payload, packet.Name == DuplicateAck ? Sack : Stamped)).ToArray();
        var samples = Packets.Select(_ => new long[Connections]).ToArray();
        for (var connection = 0; connection < Connections; connection++)
        {
            client++;
            for (var at = 0; at < packets.Length; at++)
            {
                var (_, isFromClient, _, _) = Packets[at];
                BinaryPrimitives.WriteUInt32BigEndian(packets[at].AsSpan(AddressAt + (isFromClient ? 0 : 4)), client);
                samples[at][connection] = (isFromClient ? flow.Program : flow.Egress).TestRun(packets[at]).DurationNs;
            }
        }

        return [.. samples.Select(Middle)];
    }

    private static double Floor(BpfProgram empty)
    {
        var packet = Build(true, Ack, 0, Stamped);
        var samples = new long[Connections];
        for (var run = 0; run < samples.Length; run++)
            samples[run] = empty.TestRun(packet).DurationNs;
        return Middle(samples);
    }

    // The mean of the middle half: interrupts come on top.
    private static double Middle(long[] samples)
    {
        Array.Sort(samples);
        return samples[(samples.Length / 4)..(samples.Length * 3 / 4)].Average();
    }

    private static byte[] Build(bool isFromClient, byte flags, int payload, int options)
    {
        var packet = new byte[OptionsAt + options + payload];
        packet[12] = 0x08;
        packet[14] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(16), (ushort)(packet.Length - 14));
        packet[22] = 64;
        packet[23] = 6;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(AddressAt + (isFromClient ? 4 : 0)), 0x0b000001);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(PortsAt + (isFromClient ? 0 : 2)), 40_000);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(PortsAt + (isFromClient ? 2 : 0)), 80);
        packet[FlagsAt - 1] = (byte)((20 + options) / 4 << 4);
        ((ReadOnlySpan<byte>)[1, 1, 8, 10]).CopyTo(packet.AsSpan(OptionsAt));
        if (options == Sack)
            ((ReadOnlySpan<byte>)[1, 1, 5, 10, 0, 0, 1, 0, 0, 0, 2, 0]).CopyTo(packet.AsSpan(OptionsAt + Stamped));
        packet[FlagsAt] = flags;
        return packet;
    }
}
