using Rheo.Bench.Machine;
using Rheo.Bpf;

namespace Rheo.Bench.Traffic;

/// <summary>Changing and looking at a wire while its packets never stop.</summary>
internal static class LiveWire
{
    extension(Wire wire)
    {
        /// <summary>Puts a program where packets come in.</summary>
        public TcxLink Attach(BpfProgram program) => wire.Receiver.Run(() => TcxLink.Attach(program, wire.ReceiverIndex, TcDirection.Ingress));

        /// <summary>What comes through in some time of a stream that goes on.</summary>
        public PacketSample Sample(PacketSource source, TimeSpan length)
        {
            var (offered, received, napi) = (source.Offered, wire.ReceivedPackets, wire.NapiNs);
            Clock.Sleep(length);
            var end = (wire.ReceivedPackets, wire.NapiNs);
            return new PacketSample(source.Offered - offered, end.ReceivedPackets - received, end.NapiNs - napi);
        }
    }
}
