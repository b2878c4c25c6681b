namespace Rheo.Model.Filters;

/// <summary>What a value after the qualifiers means.</summary>
internal enum FilterKind
{
    /// <summary>None given: an address or a network.</summary>
    None,

    /// <summary><c>host</c>.</summary>
    Host,

    /// <summary><c>net</c>.</summary>
    Net,

    /// <summary><c>port</c>.</summary>
    Port,

    /// <summary><c>portrange</c>.</summary>
    PortRange,

    /// <summary><c>proto</c>.</summary>
    Proto,
}
