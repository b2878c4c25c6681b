namespace Rheo.Model;

/// <summary>A key of the filter language, as a help text or a completion shows it.</summary>
/// <param name="Name">The word before the colon.</param>
/// <param name="Meaning">What it asks of a conversation.</param>
/// <param name="Values">What fits after the colon.</param>
/// <param name="Words">All values, where they can be counted; else none.</param>
public sealed record FilterKeyInfo(string Name, string Meaning, string Values, IReadOnlyList<string> Words);
