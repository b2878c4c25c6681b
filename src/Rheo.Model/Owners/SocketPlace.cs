namespace Rheo.Model.Owners;

/// <summary>Where a socket stands in the table's indexes.</summary>
internal enum SocketPlace
{
    /// <summary>Its port is not known.</summary>
    Nowhere,

    /// <summary>Connected: under both its ends.</summary>
    Tuple,

    /// <summary>Under its port.</summary>
    Port,
}
