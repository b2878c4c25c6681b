using Rheo.Model;

namespace Rheo;

/// <summary>What one interface carried of one class in one direction.</summary>
/// <param name="Index">The interface's index: two with the same name, one after the other, differ here.</param>
/// <param name="Name">Its name.</param>
/// <param name="Egress">True: transmitted; false: received.</param>
/// <param name="Class">The class.</param>
/// <param name="Traffic">How much; only grows while the index lives.</param>
public readonly record struct InterfaceTraffic(int Index, string Name, bool Egress, TrafficClass Class, Traffic Traffic);
