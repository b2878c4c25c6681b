namespace Rheo.Agent;

/// <summary>
/// Where traffic comes from, as the commands see it: one round at a time feeds the model.
/// Threads: all members belong to the polling thread, except <see cref="Wake"/>.
/// </summary>
public interface ITrafficSource : IDisposable
{
    /// <summary>What is being watched and how, for the start-up lines: <c>eth0 (tcx)</c>. Grows when interfaces appear.</summary>
    IReadOnlyList<string> Attached { get; }

    /// <summary>What could not be done, one line each, in the order it happened. Only grows.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>
    /// One round: waits at most <paramref name="wait"/> for news, drains the rings, scans the flow table when due,
    /// feeds the model and lets its time pass.
    /// </summary>
    void Poll(TimeSpan wait);

    /// <summary>Makes a running or the next <see cref="Poll"/> return at once. From any thread.</summary>
    void Wake();

    /// <summary>The name of an interface; <c>if7</c> when it is gone and was never known.</summary>
    string InterfaceName(int interfaceIndex);
}
