using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rheo.Model.Table;

/// <summary>A conversation in the table: 160 bytes, and 64 for each point.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct ConversationEntry
{
    public ConversationKey Key;
    public Sides Sides;
    public long FirstNs;
    public long LastNs;
    public uint Hash;
    public uint Generation;
    public int Previous; // in its age list
    public int Next;
    public int Rates; // index of its rates, or -1
    public int Tags; // index of its VLAN and tunnel, or -1
    public uint EndMs; // when it ended, in ms since the table's first tick
    public uint RttUs; // plus one; 0: unknown
    public byte SynRetransmits;
    public byte SynAckRetransmits;
    public Marks Marks;
    public EndReason End;
    public AgeClass Age;
    public bool SuccessorIsKnown; // its first packet was seen: its time is no estimate

    public readonly bool Has(Marks mark) => (Marks & mark) != 0;

    public readonly int SourceSide => Has(Marks.SourceIsSide1) ? 1 : 0;

    public readonly Traffic Traffic => Sides[0].Traffic + Sides[1].Traffic;

    public readonly TcpWireState State => Key.IsTcp ? TcpWireStates.Of(Sides[SourceSide].Flags, Sides[1 - SourceSide].Flags, Marks) : TcpWireState.None;

    public void SetSource(int side) => Marks = side == 1 ? Marks | Marks.SourceIsSide1 : Marks & ~Marks.SourceIsSide1;

    public void SetOpener(int side)
    {
        SetSource(side);
        Marks = (Marks | Marks.OpenerKnown) & ~Marks.OpenerInDoubt;
    }
}

/// <summary>The two directions, by the side that sends.</summary>
[InlineArray(2)]
internal struct Sides
{
    private SideEntry _element;
}
