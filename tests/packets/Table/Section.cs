using System.Collections;

namespace Rheo.Packets;

/// <summary>A part of the table, written as a collection of {name, frame, expectation}.</summary>
internal sealed class Section : IEnumerable<NamedPacket>
{
    private readonly List<NamedPacket> _packets = [];

    public void Add(string name, Frame frame, ExpectedFlow expected)
    {
        var bytes = frame.Build();
        _packets.Add(new NamedPacket(name, bytes, expected) { KeyLength = frame.KeyLength, HeadersLength = frame.HeadersLength });
    }

    public void Add(NamedPacket packet) => _packets.Add(packet);

    public IEnumerator<NamedPacket> GetEnumerator() => _packets.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
