using Rheo.Model;
using Rheo.Model.Owners;

namespace Rheo.Agent;

/// <summary>
/// Where traffic comes from, as the commands see it: one round at a time feeds the model.
/// Threads: all members belong to the polling thread, except <see cref="Wake"/> and <see cref="InterfaceName"/>.
/// </summary>
public interface ITrafficSource : IDisposable
{
    /// <summary>What is being watched and how, for the start-up lines: <c>eth0 (tcx)</c>. Grows when interfaces appear.</summary>
    IReadOnlyList<string> Attached { get; }

    /// <summary>More interfaces are there than are attached yet: the next rounds attach them.</summary>
    bool IsAttaching => false;

    /// <summary>The last round found nothing new.</summary>
    bool IsResting => false;

    /// <summary>What could not be done, one line each, in the order it happened. Only grows.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>
    /// One round: waits at most <paramref name="wait"/> for news, drains the rings, and, when
    /// <see cref="TrafficSourceOptions.ScanInterval"/> has passed, scans the flow table and lets the model's time pass.
    /// </summary>
    void Poll(TimeSpan wait);

    /// <summary>Drains, scans and lets the model's time pass now: everything that the kernel has counted so far is in the model.</summary>
    void Scan();

    /// <summary>Hears all that is told to the model from now on; null: nobody. Sources that cannot be listened to ignore it.</summary>
    ITrafficJournal? Journal
    {
        set { }
    }

    /// <summary>Why no traffic will come any more, though nobody asked for the end; null while it comes.</summary>
    string? Ended => null;

    /// <summary>By whom the traffic comes, for the start-up line; empty when this process itself watches.</summary>
    string Through => "";

    /// <summary>Makes a running or the next <see cref="Poll"/> return at once. From any thread.</summary>
    void Wake();

    /// <summary>The conversations.</summary>
    ConversationTable Conversations { get; }

    /// <summary>Who tells whose the ends of conversations are; null where nobody can, or where the conversations come with their owners.</summary>
    ISocketOwners? Owners => Conversations.Owners;

    /// <summary>What each interface carried.</summary>
    InterfaceTotals Interfaces { get; }

    /// <summary>The capture's books as of the last scan.</summary>
    Ledger Ledger { get; }

    /// <summary>How the capture itself is doing, as of the last scan.</summary>
    CaptureHealth Health => CaptureHealth.Empty;

    /// <summary>Of each optional kernel object that was asked for, whether it is at work.</summary>
    IReadOnlyList<PartState> Parts => [];

    /// <summary>The reader of an optional kernel object, by its type or by what it implements; null: it is not at work here.</summary>
    T? Part<T>()
        where T : class => null;

    /// <summary>Waits until all optional kernel objects that could be loaded are at work, but no longer than this. From any thread but the polling one.</summary>
    void AwaitParts(TimeSpan most)
    {
    }

    /// <summary>Time of the last scan in nanoseconds since the Unix epoch; 0 before the first.</summary>
    long ScannedNs { get; }

    /// <summary>The name of an interface; <c>if7</c> when it is gone and was never known. From any thread.</summary>
    string InterfaceName(int interfaceIndex);
}
