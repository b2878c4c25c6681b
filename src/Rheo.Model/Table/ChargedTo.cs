namespace Rheo.Model.Table;

/// <summary>Where the traffic of an end is counted.</summary>
internal enum ChargedTo : byte
{
    /// <summary>Nowhere: it is no end on this host, as far as is known.</summary>
    Nobody,

    /// <summary>With those whose owner is not known.</summary>
    Unattributed,

    /// <summary>With its owner.</summary>
    Owner,

    /// <summary>Where the table before has counted it: there it stays.</summary>
    Before,
}
