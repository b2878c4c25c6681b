namespace Rheo;

/// <summary>What is known of interference. Immutable.</summary>
public sealed record InterferenceState
{
    /// <summary>Nothing found.</summary>
    public static InterferenceState None { get; } = new();

    /// <summary>What stands in the way now.</summary>
    public IReadOnlyList<Interference> Present { get; init; } = [];

    /// <summary>How often each kind was noticed since the start; the index is the <see cref="InterferenceKind"/>. Numbers only grow.</summary>
    public IReadOnlyList<ulong> Noticed { get; init; } = new ulong[(int)InterferenceKind.SecondAgent + 1];

    /// <summary>How often a program of ours that was taken away was attached again. Only grows.</summary>
    public ulong Reattached { get; init; }
}
