namespace Rheo.Cli;

/// <summary>The shapes in which <c>rheo flows</c> prints.</summary>
public enum OutputFormat
{
    /// <summary>The columns that fit a terminal of 80 to 120.</summary>
    Table,

    /// <summary>All columns.</summary>
    Wide,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>One YAML document a conversation, with the keys of the JSON.</summary>
    Yaml,

    /// <summary>RFC 4180, with a header.</summary>
    Csv,
}
