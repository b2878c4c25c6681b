using System.Text;
using Rheo.Warden;

namespace Rheo.Agent;

/// <summary>
/// Sockets on which the core of the version before has listened, by where it was asked to: an address, a path. What nobody takes is
/// closed. Threads: any.
/// </summary>
internal sealed class LeftDoors
{
    private const char Separator = '\n';

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _doors = [];

    /// <summary>What a core says of them to the warden, which hands it on as it is.</summary>
    internal static byte[] Write(IEnumerable<string> places) => Encoding.UTF8.GetBytes(string.Join(Separator, places));

    /// <summary>They have come; they are ours now.</summary>
    internal void Add(string places, IReadOnlyList<int> descriptors)
    {
        lock (_lock)
        {
            foreach (var (place, descriptor) in places.Split(Separator).Zip(descriptors))
                _doors[place] = descriptor;
        }
    }

    /// <summary>The one at this place, which is the caller's then; null: there is none.</summary>
    internal int? Take(string place)
    {
        lock (_lock)
            return _doors.Remove(place, out var descriptor) ? descriptor : null;
    }

    /// <summary>Closes what nobody took: we are asked to listen somewhere else.</summary>
    internal void CloseRest()
    {
        lock (_lock)
        {
            Descriptors.CloseAll(_doors.Values);
            _doors.Clear();
        }
    }
}
