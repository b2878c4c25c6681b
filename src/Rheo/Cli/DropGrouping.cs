namespace Rheo.Cli;

/// <summary>What a row of <c>rheo drops</c> stands for.</summary>
public enum DropGrouping
{
    /// <summary>A reason at a place, on an interface.</summary>
    Place,

    /// <summary>A reason, wherever.</summary>
    Reason,

    /// <summary>A flow that lost packets for a reason.</summary>
    Flow,
}
