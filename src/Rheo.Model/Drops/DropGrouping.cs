namespace Rheo.Model.Drops;

/// <summary>What a row of drops stands for.</summary>
public enum DropGrouping
{
    /// <summary>A reason at a place, on an interface.</summary>
    Place,

    /// <summary>A reason, wherever.</summary>
    Reason,

    /// <summary>A flow that lost packets for a reason.</summary>
    Flow,

    /// <summary>A process that lost packets for a reason; those without a socket, or of an unknown one, are one row.</summary>
    Process,
}
