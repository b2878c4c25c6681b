using Rheo.Model.Drops;

namespace Rheo.Agent;

/// <summary>Where drops come from, as <c>rheo drops</c> sees it. Threads: one.</summary>
internal interface IDropSource : IDisposable
{
    /// <summary>By whom they come, for the start-up line; empty when this process itself watches.</summary>
    string Through => "";

    /// <summary>What could not be done, a line each.</summary>
    IReadOnlyList<string> Warnings => [];

    /// <summary>What had been dropped before the watching began.</summary>
    DropSnapshot Before => DropSnapshot.Empty;

    /// <summary>Reads what has come meanwhile: a few times a second, or rings overflow.</summary>
    void Poll()
    {
    }

    /// <summary>All that was dropped so far.</summary>
    DropSnapshot Read();
}
