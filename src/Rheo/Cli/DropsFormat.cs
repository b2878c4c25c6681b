namespace Rheo.Cli;

/// <summary>The shapes in which <c>rheo drops</c> prints.</summary>
public enum DropsFormat
{
    /// <summary>Columns for a person.</summary>
    Table,

    /// <summary>One JSON object a line.</summary>
    Json,
}
