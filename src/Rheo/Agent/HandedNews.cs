using Rheo.Capture;

namespace Rheo.Agent;

/// <summary>A kernel object as it crosses from process to process: what its descriptors are called, in their order beside the message.</summary>
/// <param name="Name">The object.</param>
/// <param name="Descriptors">A name for each descriptor.</param>
/// <param name="Facts">What the loader knows.</param>
internal sealed record HandedNews(string Name, IReadOnlyList<string> Descriptors, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>Says what is handed over.</summary>
    internal static HandedNews Of(HandedObject handed) => new(handed.Name, [.. handed.Descriptors.Keys], handed.Facts);

    /// <summary>The object again, by the numbers that its descriptors have here.</summary>
    internal HandedObject With(IEnumerable<int> descriptors) =>
        new(Name, Descriptors.Zip(descriptors).ToDictionary(pair => pair.First, pair => pair.Second)) { Facts = Facts };
}
