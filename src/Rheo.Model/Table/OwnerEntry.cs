using System.Runtime.CompilerServices;

namespace Rheo.Model.Table;

/// <summary>Whose the ends of a conversation are: 56 bytes, and only where owners can be told.</summary>
internal struct OwnerEntry
{
    private const uint FirstPauseMs = 250;
    private const int MostPauses = 6; // 16 s
    private const int ChargedBits = 2;

    public OwnedEnds Ends;
    public uint DueMs; // when to ask again, in ms since the table's first tick
    public byte Asked;
    public bool IsNews; // waits to be told
    public bool IsUnattributed; // an end on this host has no known owner
    private byte _charged; // a ChargedTo for each end

    /// <summary>Whether it is time to ask. The clock wraps after 49 days; nothing waits so long.</summary>
    public readonly bool IsDue(uint nowMs) => Asked == 0 || (int)(nowMs - DueMs) >= 0;

    /// <summary>Where all that an end has carried is counted.</summary>
    public readonly ChargedTo ChargedTo(int side) => (ChargedTo)((_charged >> (side * ChargedBits)) & ((1 << ChargedBits) - 1));

    public void ChargeTo(int side, ChargedTo now)
    {
        var others = _charged & ~(((1 << ChargedBits) - 1) << (side * ChargedBits));
        _charged = (byte)(others | ((int)now << (side * ChargedBits)));
    }

    /// <summary>Asks again later, and later each time: owners seldom change, and most of what is not known never will be.</summary>
    public void Postpone(uint nowMs)
    {
        DueMs = nowMs + (FirstPauseMs << Asked);
        if (Asked < MostPauses)
            Asked++;
    }
}

/// <summary>The two ends, by side of the key.</summary>
[InlineArray(2)]
internal struct OwnedEnds
{
    private OwnedEnd _element;
}
