namespace Rheo.Cli;

/// <summary>The shapes in which a report is printed.</summary>
public enum ReportFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>One JSON object.</summary>
    Json,
}
