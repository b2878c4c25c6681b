namespace Rheo.Measured;

/// <summary>A program that is compared, or would have been.</summary>
/// <param name="Name">What it is called in the results.</param>
/// <param name="Command">How it was run; DEVICE stands for the interface.</param>
/// <param name="State">What became of it.</param>
/// <param name="Note">Why it could not be run; empty otherwise.</param>
public sealed record Watcher(string Name, string Command, WatcherState State, string Note = "");
