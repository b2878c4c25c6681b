namespace Rheo.Agent;

/// <summary>How <c>rheo flows</c> shows what it sees: as it comes, or once at the end.</summary>
internal interface IFlowsView
{
    /// <summary>As much was printed as was asked for.</summary>
    bool IsFull { get; }

    /// <summary>A round is over; there may be news.</summary>
    void Scanned();

    /// <summary>The last scan was made: print what is left.</summary>
    void End();
}
