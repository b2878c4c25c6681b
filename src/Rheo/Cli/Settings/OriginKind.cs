namespace Rheo.Cli.Settings;

/// <summary>Where a value comes from; what stands later outweighs what stands before.</summary>
public enum OriginKind
{
    /// <summary>Nothing was said.</summary>
    Default,

    /// <summary>A line of the configuration file.</summary>
    File,

    /// <summary>A variable of the environment.</summary>
    Environment,

    /// <summary>A flag.</summary>
    Flag,
}
