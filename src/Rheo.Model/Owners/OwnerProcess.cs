namespace Rheo.Model.Owners;

/// <summary>A process in the table: who it is, once that was told.</summary>
internal sealed class OwnerProcess(ProcessKey key)
{
    internal ProcessKey Key { get; } = key;

    /// <summary>Null until it was told.</summary>
    internal SocketProcess? Facts
    {
        get;
        set
        {
            field = value;
            Alone = value is null ? [] : [value];
        }
    }

    /// <summary>The answer to most questions: this process and no other. Empty until it was told.</summary>
    internal IReadOnlyList<SocketProcess> Alone { get; private set; } = [];

    /// <summary>When it ended.</summary>
    internal long EndedNs { get; set; } = long.MaxValue;

    /// <summary>When it was last heard of.</summary>
    internal long HeardNs { get; set; }

    /// <summary>Where it listens: a child that is forked may accept from these.</summary>
    internal HashSet<SocketUsers> Listening { get; } = [];

    internal bool HasEnded => EndedNs != long.MaxValue;
}
