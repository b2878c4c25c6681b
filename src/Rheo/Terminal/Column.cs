namespace Rheo.Terminal;

/// <summary>One column of a printed table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Right">Numbers stand at the right edge.</param>
/// <param name="Shrinks">May be cut in its middle, with an ellipsis, when the terminal is narrow.</param>
/// <param name="Spare">Left out when the terminal is narrow, the highest number first; 0: never.</param>
/// <param name="Least">Its width at least.</param>
public readonly record struct Column(string Title, bool Right = false, bool Shrinks = false, int Spare = 0, int Least = 0);
