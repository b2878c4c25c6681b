namespace Rheo;

/// <summary>How full something of a fixed size is.</summary>
/// <param name="Name">What it is, one lower-case word or two.</param>
/// <param name="Used">How much of it is in use.</param>
/// <param name="Size">How much there is.</param>
public readonly record struct Fill(string Name, long Used, long Size);
