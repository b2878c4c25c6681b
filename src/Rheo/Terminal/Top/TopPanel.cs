namespace Rheo.Terminal.Top;

/// <summary>What lies over the rows.</summary>
public enum TopPanel
{
    /// <summary>Nothing: the rows are seen.</summary>
    None,

    /// <summary>All about one conversation.</summary>
    Details,

    /// <summary>The keys.</summary>
    Help,
}
