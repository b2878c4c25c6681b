namespace Rheo.Bpf;

/// <summary>The answer of a feature probe.</summary>
public enum Support
{
    /// <summary>The probe could not tell: most often this process lacks a right that the probe needs.</summary>
    Unknown,

    /// <summary>The kernel has it.</summary>
    Yes,

    /// <summary>The kernel does not have it.</summary>
    No,
}
