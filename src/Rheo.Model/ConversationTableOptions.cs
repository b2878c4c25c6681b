namespace Rheo.Model;

/// <summary>Bounds and time-outs of a <see cref="ConversationTable"/>.</summary>
public sealed record ConversationTableOptions
{
    /// <summary>The most conversations that a table can be asked to hold: 16 Mi, what an index of 24 bits reaches.</summary>
    public const int MaxConversationsLimit = 1 << 24;

    /// <summary>Conversations held at once; beyond it the longest idle are folded into <see cref="ConversationTable.Other"/>.</summary>
    /// <remarks>Default 131,072: about 40 MB where each is seen at one point a direction, and 20 more while all are active for seconds.</remarks>
    public int MaxConversations { get; init; } = 131_072;

    /// <summary>Idle time after which an established TCP connection is taken as ended; default 15 min.</summary>
    public long EstablishedIdleNs { get; init; } = 900_000_000_000;

    /// <summary>Idle time after which any other conversation is taken as ended; default 60 s.</summary>
    public long IdleNs { get; init; } = 60_000_000_000;

    /// <summary>How long a conversation stays visible after FIN or RST; default 5 s, several ticks, so that its last packets find it.</summary>
    /// <remarks>It begins anew with what comes when a quarter of it has passed.</remarks>
    public long LingerNs { get; init; } = 5_000_000_000;

    /// <summary>Seed of the hash; 0 takes a random one. A fixed seed is for tests: with it anybody can aim at a bucket.</summary>
    public ulong Seed { get; init; }
}
