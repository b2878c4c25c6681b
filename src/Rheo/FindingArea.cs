namespace Rheo;

/// <summary>What a finding is about; decides the exit code when it fails.</summary>
public enum FindingArea
{
    /// <summary>What the kernel and our rights allow: exit code 3.</summary>
    Support,

    /// <summary>Other programs at our hooks. Never fails.</summary>
    Neighbours,

    /// <summary>Probe packets through a capture of our own: exit code 1.</summary>
    SelfTest,

    /// <summary>The running agent and its balance: exit code 1.</summary>
    Agent,
}
