namespace Rheo.Model.Table;

/// <summary>Which time-out a conversation is under.</summary>
internal enum AgeClass : byte
{
    /// <summary>The ordinary idle time-out.</summary>
    Ordinary = 0,

    /// <summary>The long one of established TCP connections.</summary>
    Established = 1,

    /// <summary>Ended, and still visible for a while.</summary>
    Ended = 2,
}
