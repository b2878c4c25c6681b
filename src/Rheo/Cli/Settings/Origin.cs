namespace Rheo.Cli.Settings;

/// <summary>Where a value comes from.</summary>
/// <param name="Kind">Which of the sources.</param>
/// <param name="Place">The file with line and column, the variable, or the flag.</param>
public readonly record struct Origin(OriginKind Kind, string Place)
{
    /// <summary>Nothing was said.</summary>
    public static readonly Origin Default = new(OriginKind.Default, "default");

    /// <summary>A place in the configuration file, counted from 1.</summary>
    public static Origin File(string path, long line, long column) => new(OriginKind.File, $"{path}:{line}:{column}");

    /// <inheritdoc/>
    public override string ToString() => Place;
}
