namespace Rheo.Cli;

/// <summary>The shapes in which <c>rheo config</c> prints.</summary>
public enum ConfigFormat
{
    /// <summary>Setting, value, origin.</summary>
    Table,

    /// <summary>A file that could be used as it is, origins as comments.</summary>
    Yaml,

    /// <summary>An object for each setting.</summary>
    Json,
}
