namespace Rheo.Capture;

/// <summary>
/// The privileged half of an optional part: its object loaded, and attached. It reads nothing that traffic could have written.
/// Threads: one. Disposing detaches and lets go of everything.
/// </summary>
public interface IPartHooks : IDisposable
{
    /// <summary>What a reader needs; the descriptors stay this object's own.</summary>
    HandedObject Handed { get; }

    /// <summary>Lines for people: what could not be done, or was found amiss. Only grows.</summary>
    IReadOnlyList<string> Warnings => [];

    /// <summary>The descriptors of what is attached, this object's own: for another version that goes on with it.</summary>
    IReadOnlyList<int> Links { get; }

    /// <summary>Looks after what is attached: what has come, what has gone. Called each second or more often; has milliseconds.</summary>
    void Tend()
    {
    }
}
