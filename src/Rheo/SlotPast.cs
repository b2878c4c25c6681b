using Rheo.Model;

namespace Rheo;

/// <summary>What has been told to the model of a slot of the kernel's tables: who reads on begins to count there.</summary>
public readonly record struct SlotPast
{
    /// <summary>It is of the table of wide flows.</summary>
    public bool IsWide { get; init; }

    /// <summary>Its number in its table.</summary>
    public int Slot { get; init; }

    /// <summary>Which of the flows that stood there one after the other.</summary>
    public uint Version { get; init; }

    /// <summary>What was told of it.</summary>
    public Traffic Told { get; init; }

    /// <summary>Packets with SYN that were told, as the slot counts them.</summary>
    public ushort Syn { get; init; }

    /// <summary>Packets with FIN.</summary>
    public ushort Fin { get; init; }

    /// <summary>Packets with RST.</summary>
    public ushort Rst { get; init; }

    /// <summary>The class that its interface counts it in.</summary>
    public TrafficClass Class { get; init; }

    /// <summary>It is a conversation's, or was.</summary>
    public bool IsConversation { get; init; }

    /// <summary>Where it was seen; null when the interface is gone.</summary>
    public ObservationPoint? Point { get; init; }

    /// <summary>The interface, gone or not.</summary>
    public int Interface { get; init; }

    /// <summary>What the model calls it; stale when its conversation is over.</summary>
    public FlowRef Flow { get; init; }
}
