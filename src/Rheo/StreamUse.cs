namespace Rheo;

/// <summary>Other processes that watch through the agent.</summary>
/// <param name="Readers">Those that do now.</param>
/// <param name="Dropped">Those that were dropped because they did not keep up; only grows.</param>
public readonly record struct StreamUse(int Readers, long Dropped);
