using Rheo.Model;

namespace Rheo.Capture;

/// <summary>The interfaces under watch, as the reader of flows sees them. Threads: the polling thread.</summary>
internal interface IInterfaces
{
    /// <summary>Lines for people: what is attached now.</summary>
    IReadOnlyList<string> Attached { get; }

    /// <summary>What could not be done, or was found amiss, each told once.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Interfaces that went since the last look, to be retired and removed by the reader.</summary>
    List<int> Gone { get; }

    /// <summary>More is to be attached, or attached again, than was yet.</summary>
    bool IsAttaching { get; }

    /// <summary>The tunnels that this host has devices for; null when they have not changed since the last call.</summary>
    IReadOnlySet<TunnelId>? TakeTunnels();

    /// <summary>What others have put in our way.</summary>
    InterferenceState Interference { get; }

    /// <summary>What the programs cost.</summary>
    ProgramSample Sample { get; }

    /// <summary>The name of an interface, also of one that is gone. Threads: any.</summary>
    string Name(int index);

    /// <summary>Applies what has happened since. Cheap when there is nothing.</summary>
    void Apply();

    /// <summary>Looks whether the attachments are still as they were made, when it is time.</summary>
    void Audit();
}
