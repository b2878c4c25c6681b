namespace Rheo.Model;

/// <summary>Names a flow at one point in a <see cref="ConversationTable"/>, so that counting needs no look-up.</summary>
/// <remarks>The default value is never valid. A reference goes stale when its conversation leaves the table; that is safe and is noticed.</remarks>
public readonly struct FlowRef
{
    internal FlowRef(int index, uint generation)
    {
        Index = index;
        Generation = generation;
    }

    /// <summary>Whether this was given out by a table at all.</summary>
    public bool IsSet => Generation != 0;

    /// <summary>A number that no other reference of the same table has, for who must name it elsewhere; 0 only where none is set.</summary>
    public ulong Number => ((ulong)Generation << 32) | (uint)Index;

    internal int Index { get; }

    internal uint Generation { get; }
}
